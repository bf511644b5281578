// The canonical ABI of components, as far as guests of WASI 0.3 need it. Names are those that the tools which make a
// component out of a core module look for.

typedef unsigned char u8;
typedef unsigned short u16;
typedef int i32;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef unsigned long size;

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

// Results of reads and writes of streams and futures.
#define BLOCKED 0xffffffffu
#define COUNT(result) ((result) >> 4)
#define IS_DROPPED(result) (((result) & 15) == 1)

// What a task answers: that it is over, or waits for a set of waitables.
#define EXIT 0
#define WAIT(set) (2 | ((set) << 4))

// Events, and the state of a subtask that has returned.
enum { EVENT_NONE, EVENT_SUBTASK, EVENT_STREAM_READ, EVENT_STREAM_WRITE, EVENT_FUTURE_READ, EVENT_FUTURE_WRITE };
#define RETURNED 2

IMPORT("$root", "[waitable-set-new]") i32 waitable_set_new(void);
IMPORT("$root", "[waitable-join]") void waitable_join(i32 waitable, i32 set);
IMPORT("$root", "[subtask-drop]") void subtask_drop(i32 subtask);

typedef struct {
  const char *at;
  size length;
} text;

#define BYTES(literal) literal, sizeof(literal) - 1
#define TEXT(literal) ((text){BYTES(literal)})

// Memory is taken and never given back: an instance serves one request.
static u8 heap[1 << 20] __attribute__((aligned(16)));
static size taken;

EXPORT("cabi_realloc") void *take(void *old, size old_length, size align, size length) {
  taken = (taken + align - 1) & ~(align - 1);
  u8 *at = heap + taken;
  taken += length;
  if (taken > sizeof(heap)) __builtin_trap();
  for (size i = 0; i < old_length && i < length; i++) at[i] = ((u8 *)old)[i];
  return at;
}
