/* Copies by their names.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/file_copy.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/file.h"
#include "explore/runtime/point.h"
#include "explore/runtime/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { LEAST_REAL = 600, COPIED = 16 << 20 /* bytes, at most */ };

/* What the clocks show at the start, as in timing.c. */
#define MADE_AT 1700000000

struct state_file *file_find(const char *name)
{
    struct state *s = state();
    for (uint32_t i = 0; i < s->files_count; i++)
        if (strcmp(s->files[i].name, name) == 0)
            return &s->files[i];
    return NULL;
}

static bool is_dots(const char *last)
{
    return !*last || strcmp(last, ".") == 0 || strcmp(last, "..") == 0;
}

bool file_name(const char *path, bool follows, char name[PATH_MAX])
{
    char folder[PATH_MAX], at[PATH_MAX];
    const char *slash = strrchr(path, '/');
    const char *last = slash ? slash + 1 : path;
    size_t n = (size_t)(last - path);
    if (is_dots(last) || n >= sizeof folder)
        return realpath(path, name) != NULL;
    memcpy(folder, n ? path : ".", n ? n : 1);
    folder[n ? n : 1] = '\0';
    if (!realpath(folder, at))
        return false;
    if (strlen(at) + strlen(last) + 2 > PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    stpcpy(stpcpy(stpcpy(folder, at[1] ? at : ""), "/"), last);
    if (!file_on_disk(file_find(folder)) || !follows || !realpath(folder, name))
        memcpy(name, folder, strlen(folder) + 1);
    return true;
}

static _Noreturn void too_many(void)
{
    doubt(DOUBT_MEMORY, "too many files, or too long a name");
    point_end(SEARCH_ENDED_CAP);
}

struct state_file *file_entry(const char *name)
{
    struct state *s = state();
    struct state_file *f = file_find(name);
    if (f)
        return f;
    if (s->files_count == STATE_FILES || strlen(name) >= sizeof f->name)
        too_many();
    f = &s->files[s->files_count++];
    memcpy(f->name, name, strlen(name) + 1);
    f->real = -1;
    f->read = false;
    return f;
}

/* Who reads it from the disk would have to see what is written to the copy. */
void file_put(struct state_file *f, int real)
{
    if (f->real >= 0)
        close(f->real);
    if (f->read && real >= 0)
        doubt(DOUBT_FILES, "a file that was opened to be read before");
    f->real = real;
    f->read = false;
}

/* Out of the way of what the program may have for standard streams. */
static int up(int fd)
{
    int kept = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, LEAST_REAL);
    if (fd >= 0)
        close(fd);
    return kept;
}

int file_empty(void)
{
    struct state *s = state();
    struct stat st;
    int real = up(memfd_create("lockstep-file", MFD_CLOEXEC));
    if (real < 0 || s->copies_count == STATE_COPIES || fstat(real, &st) != 0)
        too_many();
    s->copies[s->copies_count].device = st.st_dev;
    s->copies[s->copies_count++].inode = st.st_ino;
    return real;
}

static bool copy(int from, int to, const struct stat *st)
{
    off_t left = st->st_size;
    while (left > 0) {
        ssize_t n = sendfile(to, from, NULL, (size_t)left);
        if (n <= 0)
            return false;
        left -= n;
    }
    return fchmod(to, st->st_mode & 07777) == 0;
}

struct state_file *file_take(const char *name)
{
    struct stat st;
    if (lstat(name, &st) != 0)
        return NULL;
    int from = -1;
    if (S_ISREG(st.st_mode) && st.st_size <= COPIED && st.st_nlink == 1)
        from = open(name, O_RDONLY | O_CLOEXEC);
    int to = from < 0 ? -1 : file_empty();
    bool whole = to >= 0 && process_is_constant(from) && copy(from, to, &st);
    if (from >= 0)
        close(from);
    if (!whole) {
        if (to >= 0)
            close(to);
        errno = EINVAL;
        return NULL;
    }
    struct state_file *f = file_entry(name);
    file_put(f, to);
    return f;
}

/* Which copy it is, from 1 on; 0: none. */
static uint32_t number(const struct stat *st)
{
    const struct state *s = state();
    uint32_t i = s->copies_count;
    while (i > 0 && (s->copies[i - 1].inode != st->st_ino ||
                     s->copies[i - 1].device != st->st_dev))
        i--;
    return i;
}

bool file_is_copy(int real)
{
    struct stat st;
    return fstat(real, &st) == 0 && number(&st) > 0;
}

bool file_is_own(int real)
{
    struct stat st;
    return file_is_copy(real) ||
           (fstat(real, &st) == 0 && S_ISCHR(st.st_mode) &&
            st.st_rdev == makedev(1, 3));
}

static bool has_name(const struct stat *st)
{
    const struct state *s = state();
    struct stat other;
    for (uint32_t i = 0; i < s->files_count; i++)
        if (s->files[i].real >= 0 && fstat(s->files[i].real, &other) == 0 &&
            other.st_ino == st->st_ino)
            return true;
    return false;
}

void file_even(struct stat *st)
{
    uint32_t n = number(st);
    if (n > 0) {
        st->st_nlink = has_name(st);
        st->st_ino = n;
        st->st_mtim = (struct timespec){.tv_sec = MADE_AT};
        st->st_ctim = st->st_mtim;
    }
    st->st_atim = st->st_mtim;
}

void file_reset(void)
{
    struct state *s = state();
    while (s->files_count > 0)
        if (s->files[--s->files_count].real >= 0)
            close(s->files[s->files_count].real);
    s->copies_count = 0;
}
