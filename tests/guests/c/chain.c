// `/ask/HOST/REST` asks http://HOST/REST and hands the answer on; any other path is answered with itself, in two chunks.

#include "http.h"

IMPORT(HTTP, "[static]request.new")
void request_new(i32 headers, i32 some, i32 stream, i32 trailers, i32 some_options, i32 options, void *result);
IMPORT(HTTP, "[method]request.set-scheme") i32 request_set_scheme(i32 self, i32 some, i32 tag, const char *at, size length);
IMPORT(HTTP, "[method]request.set-authority") i32 request_set_authority(i32 self, i32 some, const char *at, size length);
IMPORT(HTTP, "[method]request.set-path-with-query") i32 request_set_path(i32 self, i32 some, const char *at, size length);
IMPORT(HTTP, "[future-drop-readable-2][static]request.new") void request_sent_drop(i32 future);
IMPORT(HTTP, "[future-new-1][static]request.new") u64 request_trailers_new(void);
IMPORT(HTTP, "[async-lower][future-write-1][static]request.new") u32 request_trailers_write(i32 future, const void *result);
IMPORT("wasi:http/client@0.3.0", "[async-lower]send") i32 send(i32 request, void *result);

static struct { u8 is_error; i32 response __attribute__((aligned(8))); i32 error[12]; } sent __attribute__((aligned(8)));
static struct { i32 some; const char *at; size length; } path;
static const char prefix[] = "/ask/";
static i32 is_asked;

static void begin(i32 request) {
  request_path(request, &path);
  is_asked = path.some && path.length > sizeof(prefix) - 1;
  for (size i = 0; is_asked && i < sizeof(prefix) - 1; i++) is_asked = path.at[i] == prefix[i];
}

static i32 ask(void) {
  const char *host = path.at + sizeof(prefix) - 1;
  size rest = path.length - (sizeof(prefix) - 1), length = 0;
  while (length < rest && host[length] != '/') length++;
  u64 trailers = request_trailers_new();
  i32 made[2];
  request_new(fields_new(), 0, 0, READABLE(trailers), 0, 0, made);
  request_sent_drop(made[1]);
  request_set_scheme(made[0], 1, 0, 0, 0);
  request_set_authority(made[0], 1, host, length);
  request_set_path(made[0], 1, host + length, rest - length);
  return call(send(made[0], &sent));
}

static i32 answer(i32 number) {
  switch (number) {
    case 0: respond(200, fields_new()); return 0;
    case 1: return write_text((text){path.at, path.length});
    case 2: return write_text(TEXT(" answered"));
    case 3: return end_body();
    default: return -1;
  }
}

static i32 step(i32 number, i32 result) {
  if (!is_asked) return answer(number);
  if (number == 0) return ask();
  if (number > 1) return -1;
  if (!sent.is_error) {
    return_result(0, sent.response, 0, 0, 0, 0, 0, 0);
    return -1;
  }
  // Why is for the log: a body of nothing.
  respond(500, fields_new());
  on = 3;
  is_asked = 0;
  return 0;
}
