// Traps after the first part of its body.

#include "http.h"

static void begin(i32 request) { respond(200, fields_new()); }

static i32 step(i32 number, i32 result) {
  if (number == 0) return write_text(TEXT("a part\n"));
  __builtin_trap();
}
