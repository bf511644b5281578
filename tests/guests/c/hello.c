// Answers "hello\n" with one header, without waiting.

#include "http.h"

static void begin(i32 request) {
  i32 headers = fields_new();
  i32 appended[8];
  fields_append(headers, BYTES("content-type"), BYTES("text/plain"), appended);
  respond(200, headers);
}

static i32 step(i32 number, i32 result) {
  switch (number) {
    case 0: return write_text(TEXT("hello\n"));
    case 1: return end_body();
    default: return -1;
  }
}
