/* Answers with what it was asked: method, URI, headers, params and body. `/status/N` has the status N and no body. */
#include "spin1.h"

EXPORT("handle-http-request")
response *handle(uint32_t method, char *uri, uint32_t uri_len, field *headers, uint32_t header_count, field *params,
                 uint32_t param_count, uint32_t has_body, char *body, uint32_t body_len) {
  (void)params;
  if (uri_len > 8 && memcmp(uri, "/status/", 8) == 0) {
    int status = 0;
    for (uint32_t i = 8; i < uri_len; i++) status = status * 10 + (uri[i] - '0');
    respond(status, 0, 0)->has_body = 0;
    return &answer;
  }
  char *out;
  size_t length;
  FILE *file = open_memstream(&out, &length);
  fprintf(file, "method %u\nuri %.*s\nparams %u\nbody %u %.*s\n", method, (int)uri_len, uri, param_count, has_body,
          (int)body_len, body);
  for (uint32_t i = 0; i < header_count; i++)
    fprintf(file, "%.*s: %.*s\n", (int)headers[i].name.len, headers[i].name.ptr, (int)headers[i].value.len,
            headers[i].value.ptr);
  fclose(file);
  fprintf(stderr, "asked for %.*s\n", (int)uri_len, uri);
  respond(200, out, length);
  add_header("X-Twice", "first");
  add_header("x-twice", "second");
  add_header("content-type", "text/plain");
  return &answer;
}
