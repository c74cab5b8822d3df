/* The name is asked about, then opened; then the file itself.
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <sys/stat.h>

int wrong(const char *name)
{
    struct stat is;
    if (lstat(name, &is) < 0) /* HIT */
        return -1;
    return open(name, O_RDONLY); /* HIT */
}

int right(const char *name, const char *other)
{
    struct stat is;
    stat(other, &is);
    int file = open(name, O_RDONLY);
    return fstat(file, &is) < 0 ? -1 : file;
}
