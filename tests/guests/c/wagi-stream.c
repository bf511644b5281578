/* `?N&P`: prints N KiB line by line, and pauses P milliseconds before the last one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(int count, char **args) {
  int kib = count > 1 ? atoi(args[1]) : 1;
  int pause = count > 2 ? atoi(args[2]) : 0;
  char line[1024];
  printf("content-type: text/plain\n\n");
  for (int i = 0; i < kib; i++) {
    if (i == kib - 1) {
      struct timespec time = {pause / 1000, pause % 1000 * 1000000L};
      nanosleep(&time, 0);
    }
    memset(line, 'a' + i % 26, sizeof line);
    line[sizeof line - 1] = '\n';
    fwrite(line, 1, sizeof line, stdout);
  }
  return 0;
}
