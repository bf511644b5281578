/* `/N` answers with N KiB, each of a letter of its own. A body is counted. */
#include "spin1.h"

EXPORT("handle-http-request")
response *handle(uint32_t method, char *uri, uint32_t uri_len, field *headers, uint32_t header_count, field *params,
                 uint32_t param_count, uint32_t has_body, char *body, uint32_t body_len) {
  (void)method, (void)headers, (void)header_count, (void)params, (void)param_count, (void)has_body;
  if (body_len > 0) {
    char *sum = malloc(64);
    uint32_t total = 0;
    for (uint32_t i = 0; i < body_len; i++) total += (uint8_t)body[i];
    return respond(200, sum, snprintf(sum, 64, "%u bytes, sum %u", body_len, total));
  }
  uint32_t kib = 0;
  for (uint32_t i = 1; i < uri_len; i++) kib = kib * 10 + (uri[i] - '0');
  char *out = malloc(kib * 1024);
  for (uint32_t i = 0; i < kib; i++) memset(out + i * 1024, 'a' + i % 26, 1024);
  return respond(200, out, kib * 1024);
}
