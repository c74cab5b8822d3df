/* The functions of files by their names.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/fd.h"
#include "explore/runtime/file.h"
#include "explore/runtime/point.h"
#include "explore/runtime/process.h"
#include "explore/runtime/threads.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PC ((uint64_t)__builtin_return_address(0))

static void enter(const char *path, uint64_t pc)
{
    access_plain((uint64_t)path, strlen(path) + 1, EVENT_READ, pc);
    process_file_point(false, pc);
}

int __wrap_unlink(const char *path);
int __wrap_unlink(const char *path)
{
    if (!active())
        return unlink(path);
    enter(path, PC);
    return file_remove(path);
}

int __wrap_rmdir(const char *path);
int __wrap_rmdir(const char *path)
{
    if (!active())
        return rmdir(path);
    enter(path, PC);
    doubt(DOUBT_FILES, "rmdir");
    return rmdir(path);
}

int __wrap_remove(const char *path);
int __wrap_remove(const char *path)
{
    if (!active())
        return remove(path);
    enter(path, PC);
    int result = file_remove(path);
    if (result == 0 || errno != EISDIR)
        return result;
    doubt(DOUBT_FILES, "remove");
    return rmdir(path);
}

int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to)
{
    if (!active())
        return rename(from, to);
    access_plain((uint64_t)from, strlen(from) + 1, EVENT_READ, PC);
    enter(to, PC);
    return file_rename(from, to);
}

int __wrap_truncate(const char *path, off_t size);
int __wrap_truncate(const char *path, off_t size)
{
    if (!active())
        return truncate(path, size);
    enter(path, PC);
    return file_truncate(path, size);
}

int __wrap_access(const char *path, int how);
int __wrap_access(const char *path, int how)
{
    if (!active())
        return access(path, how);
    enter(path, PC);
    return file_access(path, how);
}

static int look(const char *path, struct stat *st, bool follows, uint64_t pc)
{
    struct stat seen;
    enter(path, pc);
    int result = file_look(path, &seen, follows);
    if (result != 0)
        return result;
    access_plain((uint64_t)st, sizeof *st, EVENT_WRITE, pc);
    *st = seen;
    return 0;
}

int __wrap_stat(const char *path, struct stat *st);
int __wrap_stat(const char *path, struct stat *st)
{
    return active() ? look(path, st, true, PC) : stat(path, st);
}

int __wrap_lstat(const char *path, struct stat *st);
int __wrap_lstat(const char *path, struct stat *st)
{
    return active() ? look(path, st, false, PC) : lstat(path, st);
}

static const struct description *described(int fd)
{
    const struct description *d = fd_get(fd);
    if (!d)
        errno = EBADF;
    return d;
}

static _Noreturn void unmodelled(const char *name)
{
    doubt(DOUBT_UNMODELLED, name);
    point_end(SEARCH_ENDED_CAP);
}

/* What a descriptor refers to of the kernel's; -1 with errno. */
static int own(int fd, const char *name)
{
    const struct description *d = described(fd);
    if (!d)
        return -1;
    if (d->real < 0 || !file_is_own(d->real))
        unmodelled(name);
    return d->real;
}

int __wrap_ftruncate(int fd, off_t size);
int __wrap_ftruncate(int fd, off_t size)
{
    if (!active())
        return ftruncate(fd, size);
    process_file_point(false, PC);
    fd_used(fd, PC);
    int real = own(fd, "ftruncate");
    return real < 0 ? -1 : ftruncate(real, size);
}

/* What is in a copy is nowhere else. */
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
    if (!active())
        return fsync(fd);
    threads_test_cancel(PC);
    process_file_point(false, PC);
    fd_used(fd, PC);
    return own(fd, "fsync") < 0 ? -1 : 0;
}

int __wrap_fstat(int fd, struct stat *st);
int __wrap_fstat(int fd, struct stat *st)
{
    if (!active())
        return fstat(fd, st);
    process_file_point(false, PC);
    fd_used(fd, PC);
    const struct description *d = described(fd);
    struct stat seen;
    if (!d)
        return -1;
    if (d->real < 0 || fstat(d->real, &seen) != 0 || !S_ISREG(seen.st_mode))
        unmodelled("fstat");
    file_even(&seen);
    access_plain((uint64_t)st, sizeof *st, EVENT_WRITE, PC);
    *st = seen;
    return 0;
}
