/* Fails, in a way for each path: a trap, its own end, a response out of nowhere, an address that is none. */
#include "spin1.h"

IMPORT("spin-config", "get-config") void get_config(const char *, size_t, void *);

EXPORT("handle-http-request")
response *handle(uint32_t method, char *uri, uint32_t uri_len, field *headers, uint32_t header_count, field *params,
                 uint32_t param_count, uint32_t has_body, char *body, uint32_t body_len) {
  (void)method, (void)headers, (void)header_count, (void)params, (void)param_count, (void)has_body, (void)body, (void)body_len;
  text path = {uri, uri_len};
  char area[16];
  if (is(path, "/trap")) __builtin_trap();
  if (is(path, "/exit")) exit(3);
  if (is(path, "/nowhere")) return (response *)0xfffffff0;
  if (is(path, "/pointer")) get_config((char *)0xfffffff0, 100, area);
  if (is(path, "/loop")) for (;;) __asm__("");
  if (is(path, "/grow")) for (;;) {
    /* Volatile: clang would leave out memory that nobody uses. */
    volatile char *more = malloc(1 << 20);
    if (more == 0) __builtin_trap();
    *more = 1;
  }
  if (is(path, "/header")) {
    respond(200, "x", 1);
    answer.body = literal("x");
    add_header("not a name", "value");
    return &answer;
  }
  return respond(200, strdup("well"), 4);
}
