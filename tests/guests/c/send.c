// Asks the application itself for /inner, and gives back what it answers; answers "inner\n" there.

#include "http.h"

IMPORT(HTTP, "[static]request.new")
void request_new(i32 headers, i32 some, i32 stream, i32 trailers, i32 some_options, i32 options, void *result);
IMPORT(HTTP, "[method]request.set-path-with-query") i32 request_set_path(i32 self, i32 some, const char *at, size length);
IMPORT(HTTP, "[future-drop-readable-2][static]request.new") void request_sent_drop(i32 future);
IMPORT(HTTP, "[future-new-1][static]request.new") u64 request_trailers_new(void);
IMPORT(HTTP, "[async-lower][future-write-1][static]request.new") u32 request_trailers_write(i32 future, const void *result);
IMPORT(HTTP, "[future-drop-writable-1][static]request.new") void request_trailers_end(i32 future);
IMPORT("wasi:http/client@0.3.0", "[async-lower]send") i32 send(i32 request, void *result);

static struct { u8 is_error; i32 response __attribute__((aligned(8))); i32 error[12]; } sent __attribute__((aligned(8)));
static i32 is_inner, request_trailers;

static void begin(i32 request) {
  struct { i32 some; const char *at; size length; } path;
  request_path(request, &path);
  is_inner = path.some && path.length > 1;
}

static i32 inner(i32 number) {
  if (number == 0) respond(203, fields_new());
  return number == 0 ? write_text(TEXT("inner\n")) : number == 1 ? end_body() : -1;
}

static i32 step(i32 number, i32 result) {
  if (is_inner) return inner(number);
  switch (number) {
    case 0: {
      u64 trailers = request_trailers_new();
      i32 made[2];
      request_new(fields_new(), 0, 0, READABLE(trailers), 0, 0, made);
      request_sent_drop(made[1]);
      request_set_path(made[0], 1, BYTES("/inner"));
      request_trailers = WRITABLE(trailers);
      return call(send(made[0], &sent));
    }
    case 1:
      if (sent.is_error) __builtin_trap();
      return_result(0, sent.response, 0, 0, 0, 0, 0, 0);
      return -1;
    default: return -1;
  }
}
