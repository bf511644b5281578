/* `/echo` prints what it reads, `/args` its arguments, `/env` the variables that the query names, `/time` that it waited. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void echo(void) {
  char buffer[4096];
  size_t length;
  while ((length = fread(buffer, 1, sizeof buffer, stdin)) > 0) fwrite(buffer, 1, length, stdout);
}

static long milliseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int main(int count, char **args) {
  const char *path = getenv("PATH_INFO");
  printf("content-type: text/plain\n\n");
  if (strcmp(path, "/echo") == 0) echo();
  else if (strcmp(path, "/args") == 0)
    for (int i = 0; i < count; i++) printf("%s\n", args[i]);
  else if (strcmp(path, "/env") == 0)
    for (int i = 1; i < count; i++) printf("%s=%s\n", args[i], getenv(args[i]) ? getenv(args[i]) : "(none)");
  else if (strcmp(path, "/time") == 0) {
    long began = milliseconds();
    struct timespec time = {0, 30000000L};
    nanosleep(&time, 0);
    printf("%s\n", milliseconds() - began >= 29 ? "waited" : "did not wait");
  }
  return 0;
}
