// Answers four chunks, and waits 20 ms before each.

#include "http.h"

IMPORT("wasi:clocks/monotonic-clock@0.3.0", "[async-lower]wait-for") i32 sleep(u64 nanoseconds);

static void begin(i32 request) { respond(200, fields_new()); }

static i32 step(i32 number, i32 result) {
  if (number == 8) return end_body();
  if (number > 8) return -1;
  return number % 2 == 0 ? call(sleep(20000000)) : write_text(TEXT("chunk\n"));
}
