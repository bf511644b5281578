/* Ends in a way for each first argument of the query. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **args) {
  const char *how = count > 1 ? args[1] : "";
  if (strcmp(how, "silent") == 0) return 0;
  if (strcmp(how, "trap") == 0) __builtin_trap();
  if (strcmp(how, "redirect") == 0) {
    printf("Location: /elsewhere\n\n");
    return 0;
  }
  if (strcmp(how, "insufficient") == 0) {
    printf("x-other: 1\n\nbody");
    return 0;
  }
  fprintf(stderr, "ending by %s\n", how);
  printf("content-type: text/plain\nstatus: 418 I am a teapot\n\nprinted before the end\n");
  fflush(stdout);
  if (strcmp(how, "exit0") == 0) exit(0);
  if (strcmp(how, "exit1") == 0) exit(1);
  if (strcmp(how, "main1") == 0) return 1;
  return 0;
}
