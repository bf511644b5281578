// wasi:http@0.3.0 for guests: a task that answers, step by step.

#include "abi.h"

#define HTTP "wasi:http/types@0.3.0"

IMPORT(HTTP, "[constructor]fields") i32 fields_new(void);
IMPORT(HTTP, "[method]fields.append") void fields_append(i32 self, const char *name, size name_length, const char *value, size value_length, void *result);
IMPORT(HTTP, "[method]request.get-headers") i32 request_headers(i32 self);
IMPORT(HTTP, "[method]request.get-path-with-query") void request_path(i32 self, void *result);
IMPORT(HTTP, "[method]fields.clone") i32 fields_clone(i32 self);
IMPORT(HTTP, "[static]request.consume-body") void request_consume_body(i32 self, i32 result, void *body);
IMPORT(HTTP, "[future-new-0][static]request.consume-body") u64 request_result_new(void);
IMPORT(HTTP, "[static]response.new") void response_new(i32 headers, i32 some, i32 stream, i32 trailers, void *result);
IMPORT(HTTP, "[method]response.set-status-code") i32 response_set_status(i32 self, i32 status);
IMPORT(HTTP, "[stream-new-0][static]response.new") u64 body_new(void);
IMPORT(HTTP, "[async-lower][stream-write-0][static]response.new") u32 body_write(i32 body, const void *at, size length);
IMPORT(HTTP, "[stream-drop-writable-0][static]response.new") void body_end(i32 body);
IMPORT(HTTP, "[future-new-1][static]response.new") u64 trailers_new(void);
IMPORT(HTTP, "[async-lower][future-write-1][static]response.new") u32 trailers_write(i32 trailers, const void *result);
IMPORT(HTTP, "[future-drop-writable-1][static]response.new") void trailers_end(i32 trailers);
IMPORT(HTTP, "[future-drop-readable-2][static]response.new") void response_sent_drop(i32 future);
IMPORT("[export]wasi:http/handler@0.3.0", "[task-return]handle")
void return_result(i32 is_error, i32 value, i32 a, u64 b, i32 c, i32 d, i32 e, i32 f);

// Both ends of a stream or a future come in one number.
#define READABLE(ends) ((i32)(ends))
#define WRITABLE(ends) ((i32)((ends) >> 32))

// `ok(none)`, as trailers that are none are written.
static const u64 no_trailers[4];

// What the guest does next: one `step` after another, each of which says what it waits for.
static i32 waitables;
static i32 waiting_for;
static i32 writer, trailers_writer;

// One step: 0 when the task goes on at once, 1 when it waits for `waiting_for`, -1 when it is over.
static i32 step(i32 number, i32 result);
static void begin(i32 request);

static i32 on;

static i32 go_on(i32 result) {
  for (;;) {
    i32 waits = step(on++, result);
    result = 0;
    if (waits < 0) return EXIT;
    if (waits == 0) continue;
    waitable_join(waiting_for, waitables);
    return WAIT(waitables);
  }
}

EXPORT("[async-lift]wasi:http/handler@0.3.0#handle") i32 handle(i32 request) {
  waitables = waitable_set_new();
  begin(request);
  return go_on(0);
}

EXPORT("[callback][async-lift]wasi:http/handler@0.3.0#handle") i32 handle_event(i32 event, i32 waitable, i32 payload) {
  if (event == EVENT_SUBTASK) {
    if (payload != RETURNED) return WAIT(waitables);
    waitable_join(waitable, 0);
    subtask_drop(waitable);
  }
  return go_on(payload);
}

// Gives the response, whose body is written afterwards with `write_text` and ended with `end_body`.
static void respond(i32 status, i32 headers) {
  u64 body = body_new(), trailers = trailers_new();
  i32 made[2];
  response_new(headers, 1, READABLE(body), READABLE(trailers), made);
  response_set_status(made[0], status);
  response_sent_drop(made[1]);
  writer = WRITABLE(body);
  trailers_writer = WRITABLE(trailers);
  return_result(0, made[0], 0, 0, 0, 0, 0, 0);
}

static i32 wait_for(i32 waitable) {
  waiting_for = waitable;
  return 1;
}

static i32 write_text(text bytes) {
  return body_write(writer, bytes.at, bytes.length) == BLOCKED ? wait_for(writer) : 0;
}

static i32 end_body(void) {
  body_end(writer);
  return trailers_write(trailers_writer, no_trailers) == BLOCKED ? wait_for(trailers_writer) : 0;
}

// Of an import that is lowered with `async`: whether the task has to wait for it.
static i32 call(i32 result) {
  return (result & 15) == RETURNED ? 0 : wait_for(result >> 4);
}
