/* Prints its arguments, all of its environment in order, and what it reads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int main(int count, char **args) {
  printf("content-type: text/plain; charset=utf-8\r\nX-Wagi: yes\r\n\r\n");
  for (int i = 0; i < count; i++) printf("arg %d=%s\n", i, args[i]);
  int variables = 0;
  while (environ[variables] != 0) variables++;
  qsort(environ, variables, sizeof(char *), compare);
  for (int i = 0; i < variables; i++) printf("%s\n", environ[i]);
  char buffer[4096];
  size_t length;
  printf("---\n");
  while ((length = fread(buffer, 1, sizeof buffer, stdin)) > 0) fwrite(buffer, 1, length, stdout);
  return 0;
}
