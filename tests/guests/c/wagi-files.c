/* Prints the file that its path names below the mount, or the names in the directory; writes are refused. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  const char *path = getenv("PATH_INFO");
  struct stat found;
  if (stat(path, &found) != 0) {
    printf("status: 404 Not Found\n\n%s: %s\n", path, strerror(errno));
    return 0;
  }
  printf("content-type: text/plain\nx-size: %lld\nx-time: %lld\n\n", found.st_size, (long long)found.st_mtime);
  if (S_ISDIR(found.st_mode)) {
    DIR *directory = opendir(path);
    for (struct dirent *entry; (entry = readdir(directory)) != 0;) printf("%s %d\n", entry->d_name, entry->d_type);
    closedir(directory);
    FILE *file = fopen("/new.txt", "w");
    printf("write: %s\n", file ? "done" : strerror(errno));
    printf("remove: %s\n", unlink("/page.txt") == 0 ? "done" : strerror(errno));
    return 0;
  }
  FILE *file = fopen(path, "r");
  char buffer[100];
  size_t length;
  fseek(file, -4, SEEK_END);
  long end = ftell(file);
  rewind(file);
  while ((length = fread(buffer, 1, sizeof buffer, file)) > 0) fwrite(buffer, 1, length, stdout);
  printf("|%ld", end);
  return 0;
}
