/* The ABI of wit-bindgen 0.2, as modules of Spin 1.0 have it: what each guest of this kind needs. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))

typedef struct {
  char *ptr;
  uint32_t len;
} text;

typedef struct {
  text name, value;
} field;

typedef struct {
  uint16_t status;
  /* An option is aligned to what it may hold. */
  _Alignas(4) uint8_t has_headers;
  field *headers;
  uint32_t header_count;
  uint8_t has_body;
  text body;
} response;

static uint32_t allocated, freed;

EXPORT("canonical_abi_realloc") void *canonical_abi_realloc(void *old, size_t old_size, size_t align, size_t size) {
  (void)old_size, (void)align;
  allocated++;
  return realloc(old, size);
}

EXPORT("canonical_abi_free") void canonical_abi_free(void *at, size_t size, size_t align) {
  (void)size, (void)align;
  freed++;
  free(at);
}

static text literal(const char *chars) {
  text copy = {strdup(chars), strlen(chars)};
  return copy;
}

__attribute__((unused)) static int is(text value, const char *chars) {
  return value.len == strlen(chars) && memcmp(value.ptr, chars, value.len) == 0;
}

static response answer;

static response *respond(uint16_t status, char *body, uint32_t length) {
  memset(&answer, 0, sizeof answer);
  answer.status = status;
  answer.has_body = 1;
  answer.body.ptr = body;
  answer.body.len = length;
  return &answer;
}

__attribute__((unused)) static void add_header(const char *name, const char *value) {
  answer.has_headers = 1;
  answer.headers = realloc(answer.headers, (answer.header_count + 1) * sizeof(field));
  answer.headers[answer.header_count++] = (field){literal(name), literal(value)};
}
