// Counts its requests in the default store, and answers "n " with the number, which has one digit, and the variable
// `greeting`.

#include "http.h"

#define KEY_VALUE "spin:key-value/key-value@3.0.0"
IMPORT(KEY_VALUE, "[async-lower][static]store.open") i32 store_open(const char *label, size length, void *result);
IMPORT(KEY_VALUE, "[async-lower][method]store.get") i32 store_get(i32 self, const char *key, size length, void *result);
IMPORT(KEY_VALUE, "[async-lower][method]store.set") i32 store_set(void *parameters, void *result);
IMPORT("spin:variables/variables@3.0.0", "[async-lower]get")
i32 variable_get(const char *name, size length, void *result);

static struct { i32 is_error; i32 store; i32 error[4]; } opened;
static struct { i32 is_error; i32 some; u8 *at; size length; } got;
static struct { i32 is_error; i32 error[4]; } stored;
static struct { i32 is_error; const char *at; size length; i32 error[2]; } variable;
static struct { i32 self; text key; const u8 *at; size length; } parameters;
static u8 count[2] = "0 ";

static void begin(i32 request) {}

static i32 step(i32 number, i32 result) {
  switch (number) {
    case 0: return call(store_open(BYTES("default"), &opened));
    case 1:
      if (opened.is_error) __builtin_trap();
      return call(store_get(opened.store, BYTES("count"), &got));
    case 2:
      count[0] = got.some ? got.at[0] + 1 : '1';
      parameters.self = opened.store;
      parameters.key = TEXT("count");
      parameters.at = count;
      parameters.length = 1;
      return call(store_set(&parameters, &stored));
    case 3: return call(variable_get(BYTES("greeting"), &variable));
    case 4:
      respond(stored.is_error ? 500 : 200, fields_new());
      return write_text((text){(char *)count, 2});
    case 5: return variable.is_error ? 0 : write_text((text){variable.at, variable.length});
    case 6: return end_body();
    default: return -1;
  }
}
