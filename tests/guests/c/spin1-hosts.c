/* Calls the host interfaces of Spin 1.0, one or some for each path, and answers with what they gave. */
#include "spin1.h"

/* What an import writes: a tag, and what follows it at the place that its type is aligned to. */
typedef union {
  uint8_t tag;
  uint8_t bytes[64];
  uint32_t words[16];
  uint64_t longs[8];
} area;

IMPORT("key-value", "open") void kv_open(const char *, size_t, area *);
IMPORT("key-value", "get") void kv_get(uint32_t, const char *, size_t, area *);
IMPORT("key-value", "set") void kv_set(uint32_t, const char *, size_t, const char *, size_t, area *);
IMPORT("key-value", "delete") void kv_delete(uint32_t, const char *, size_t, area *);
IMPORT("key-value", "exists") void kv_exists(uint32_t, const char *, size_t, area *);
IMPORT("key-value", "get-keys") void kv_get_keys(uint32_t, area *);
IMPORT("key-value", "close") void kv_close(uint32_t);
IMPORT("spin-config", "get-config") void get_config(const char *, size_t, area *);
IMPORT("wasi-outbound-http", "request")
void http_request(uint32_t, const char *, size_t, field *, size_t, field *, size_t, uint32_t, const char *, size_t, area *);
IMPORT("outbound-redis", "get") void redis_get(const char *, size_t, const char *, size_t, area *);
IMPORT("outbound-redis", "set") void redis_set(const char *, size_t, const char *, size_t, const char *, size_t, area *);
IMPORT("outbound-redis", "sadd") void redis_sadd(const char *, size_t, const char *, size_t, text *, size_t, area *);
IMPORT("outbound-redis", "smembers") void redis_smembers(const char *, size_t, const char *, size_t, area *);
IMPORT("outbound-redis", "del") void redis_del(const char *, size_t, text *, size_t, area *);
IMPORT("outbound-redis", "execute") void redis_execute(const char *, size_t, const char *, size_t, void *, size_t, area *);
IMPORT("outbound-redis", "incr") void redis_incr(const char *, size_t, const char *, size_t, area *);
IMPORT("outbound-pg", "query") void pg_query(const char *, size_t, const char *, size_t, void *, size_t, area *);
IMPORT("sqlite", "open") void sqlite_open(const char *, size_t, area *);
IMPORT("sqlite", "execute") void sqlite_execute(uint32_t, const char *, size_t, void *, size_t, area *);
IMPORT("sqlite", "close") void sqlite_close(uint32_t);
IMPORT("llm", "infer")
void infer(const char *, size_t, const char *, size_t, uint32_t, uint32_t, float, uint32_t, float, uint32_t, float, area *);

#define TEXT(chars) chars, sizeof(chars) - 1

/* `value` of sqlite: 16 bytes. */
typedef struct {
  uint8_t tag;
  union {
    int64_t integer;
    double real;
    text string;
  };
} value;

static FILE *out;
static area got;

static void show_error(const char *what) {
  if (got.tag == 0) fprintf(out, "%s ok\n", what);
  else fprintf(out, "%s error %u %.*s\n", what, got.bytes[4], got.words[3] < 200 ? (int)got.words[3] : 0, (char *)got.words[2]);
}

static void key_value(void) {
  kv_open(TEXT("none"), &got);
  fprintf(out, "open none: %u %u\n", got.tag, got.bytes[4]);
  kv_open(TEXT("default"), &got);
  uint32_t store = got.words[1];
  kv_get(store, TEXT("missing"), &got);
  fprintf(out, "get missing: %u %u\n", got.tag, got.bytes[4]);
  kv_set(store, TEXT("b"), TEXT("value of b"), &got);
  kv_set(store, TEXT("a"), TEXT(""), &got);
  kv_get(store, TEXT("b"), &got);
  fprintf(out, "get b: %u %.*s\n", got.tag, (int)got.words[2], (char *)got.words[1]);
  kv_get_keys(store, &got);
  text *keys = (text *)got.words[1];
  for (uint32_t i = 0; i < got.words[2]; i++) fprintf(out, "key %.*s\n", (int)keys[i].len, keys[i].ptr);
  kv_exists(store, TEXT("a"), &got);
  fprintf(out, "exists a: %u %u\n", got.tag, got.bytes[4]);
  kv_delete(store, TEXT("a"), &got);
  kv_delete(store, TEXT("b"), &got);
  kv_exists(store, TEXT("a"), &got);
  fprintf(out, "exists a: %u %u\n", got.tag, got.bytes[4]);
  kv_close(store);
  kv_get(store, TEXT("b"), &got);
  fprintf(out, "get closed: %u %u\n", got.tag, got.bytes[4]);
}

static void config(void) {
  get_config(TEXT("greeting"), &got);
  fprintf(out, "greeting: %u %.*s\n", got.tag, (int)got.words[2], (char *)got.words[1]);
  get_config(TEXT("other"), &got);
  show_error("other:");
  get_config(TEXT("No-Name"), &got);
  show_error("No-Name:");
}

static void http(void) {
  field header = {literal("x-sent"), literal("by the guest")};
  http_request(1, TEXT("/echo?inner"), &header, 1, 0, 0, 1, TEXT("the body"), &got);
  fprintf(out, "inner: %u %u headers %u %u\n%.*s\n", got.tag, *(uint16_t *)(got.bytes + 4), got.bytes[8], got.words[4] > 0,
          (int)got.words[7], (char *)got.words[6]);
  http_request(0, TEXT("https://denied.test/"), 0, 0, 0, 0, 0, 0, 0, &got);
  fprintf(out, "denied: %u %u\n", got.tag, got.bytes[4]);
}

static void servers(void) {
  redis_get(TEXT("redis://denied.test"), TEXT("key"), &got);
  fprintf(out, "redis get: %u %u\n", got.tag, got.bytes[4]);
  redis_incr(TEXT("redis://denied.test"), TEXT("key"), &got);
  fprintf(out, "redis incr: %u %u\n", got.tag, got.bytes[8]);
  pg_query(TEXT("postgres://user@denied.test/db"), TEXT("SELECT 1"), 0, 0, &got);
  show_error("pg query:");
  infer(TEXT("llama2-chat"), TEXT("hello"), 1, 8, 1.5, 2, 0.5, 3, 0.25, &got);
  show_error("infer:");
}

#define REDIS TEXT("redis://localhost:6379")

static void redis(void) {
  text keys[] = {literal("set-key"), literal("number"), literal("members")};
  redis_del(REDIS, keys, 3, &got);
  redis_get(REDIS, TEXT("set-key"), &got);
  fprintf(out, "get nothing: %u %u\n", got.tag, got.words[2]);
  redis_set(REDIS, TEXT("set-key"), TEXT("kept"), &got);
  fprintf(out, "set: %u\n", got.tag);
  redis_get(REDIS, TEXT("set-key"), &got);
  fprintf(out, "get: %u %.*s\n", got.tag, (int)got.words[2], (char *)got.words[1]);
  redis_incr(REDIS, TEXT("number"), &got);
  redis_incr(REDIS, TEXT("number"), &got);
  fprintf(out, "incr: %u %llu\n", got.tag, got.longs[1]);
  redis_incr(REDIS, TEXT("set-key"), &got);
  fprintf(out, "incr text: %u %u\n", got.tag, got.bytes[8]);
  text members[] = {literal("one"), literal("two"), literal("one")};
  redis_sadd(REDIS, TEXT("members"), members, 3, &got);
  fprintf(out, "sadd: %u %llu\n", got.tag, got.longs[1]);
  redis_smembers(REDIS, TEXT("members"), &got);
  fprintf(out, "smembers: %u %u\n", got.tag, got.words[2]);
  value parameters[] = {{1, .string = literal("set-key")}};
  redis_execute(REDIS, TEXT("GET"), parameters, 1, &got);
  value *results = (value *)got.words[1];
  fprintf(out, "execute: %u %u %u %.*s\n", got.tag, got.words[2], results[0].tag, (int)results[0].string.len,
          results[0].string.ptr);
  redis_del(REDIS, keys, 3, &got);
  fprintf(out, "del: %u %llu\n", got.tag, got.longs[1]);
}

static void sqlite(void) {
  sqlite_open(TEXT("default"), &got);
  uint32_t connection = got.words[1];
  fprintf(out, "open: %u\n", got.tag);
  value given[] = {{0, .integer = -5}, {1, .real = 2.5}, {2, .string = literal("text")}, {4, .integer = 0}};
  sqlite_execute(connection, TEXT("SELECT ? AS i, ? AS r, ? AS t, ? AS n, x'0102' AS b"), given, 4, &got);
  fprintf(out, "select: %u\n", got.tag);
  if (got.tag == 0) {
    text *columns = (text *)got.words[1];
    for (uint32_t i = 0; i < got.words[2]; i++) fprintf(out, "%.*s ", (int)columns[i].len, columns[i].ptr);
    struct { value *values; uint32_t count; } *rows = (void *)got.words[3];
    value *row = rows[0].values;
    fprintf(out, "rows %u of %u: %lld %g %.*s %u %u\n", got.words[4], rows[0].count, row[0].integer, row[1].real,
            (int)row[2].string.len, row[2].string.ptr, row[3].tag, row[4].string.len);
  }
  sqlite_execute(connection, TEXT("NO SQL"), 0, 0, &got);
  fprintf(out, "wrong: %u %u\n", got.tag, got.bytes[4]);
  sqlite_close(connection);
}

EXPORT("handle-http-request")
response *handle(uint32_t method, char *uri, uint32_t uri_len, field *headers, uint32_t header_count, field *params,
                 uint32_t param_count, uint32_t has_body, char *body, uint32_t body_len) {
  (void)method, (void)headers, (void)header_count, (void)params, (void)param_count, (void)has_body;
  text path = {uri, uri_len};
  char *chars;
  size_t length;
  out = open_memstream(&chars, &length);
  if (is(path, "/key-value")) key_value();
  else if (is(path, "/config")) config();
  else if (is(path, "/http")) http();
  else if (is(path, "/servers")) servers();
  else if (is(path, "/redis")) redis();
  else if (is(path, "/sqlite")) sqlite();
  else fprintf(out, "%.*s got %.*s", (int)uri_len, uri, (int)body_len, body);
  fclose(out);
  return respond(200, chars, length);
}
