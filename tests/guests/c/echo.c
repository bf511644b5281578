// Gives back the request's body and trailers, at /headers also its headers, and is over at once.

#include "http.h"

static void begin(i32 request) {
  struct { i32 some; const char *at; size length; } path;
  request_path(request, &path);
  i32 headers = path.length > 1 ? fields_clone(request_headers(request)) : fields_new();
  i32 body[2], made[2];
  request_consume_body(request, READABLE(request_result_new()), body);
  response_new(headers, 1, body[0], body[1], made);
  response_sent_drop(made[1]);
  return_result(0, made[0], 0, 0, 0, 0, 0, 0);
}

static i32 step(i32 number, i32 result) { return -1; }
