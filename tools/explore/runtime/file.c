/* What is done to files by their names.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/file.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/file_copy.h"
#include "explore/runtime/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int failed(int error)
{
    errno = error;
    return -1;
}

/* A way to a copy that the kernel knows. */
static const char *way(const struct state_file *f, char path[64])
{
    snprintf(path, 64, "/proc/self/fd/%d", f->real);
    return path;
}

static int reopen(const struct state_file *f, int flags)
{
    char path[64];
    flags &= ~(O_CREAT | O_EXCL | O_NOFOLLOW);
    return open(way(f, path), flags | O_CLOEXEC);
}

static bool may_change_folder(const char *name)
{
    char folder[PATH_MAX];
    size_t n = (size_t)(strrchr(name, '/') + 1 - name);
    memcpy(folder, name, n);
    folder[n] = '\0';
    return faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0;
}

static int make(const char *name, int flags, mode_t mode)
{
    if (!may_change_folder(name))
        return -1;
    mode_t mask = umask(0);
    umask(mask);
    struct state_file *f = file_entry(name);
    file_put(f, file_empty());
    int real = reopen(f, flags);
    return fchmod(f->real, mode & ~mask & 07777) == 0 ? real : -1;
}

static bool changes(int flags)
{
    return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
}

static struct file_opened outside(const char *path, int flags, mode_t mode)
{
    int real = open(path, flags | O_CLOEXEC, mode);
    bool doubtful = real >= 0 && !file_is_own(real) &&
                    (changes(flags) || !process_is_constant(real));
    return (struct file_opened){real, doubtful};
}

static struct file_opened read_only(const char *name, int flags)
{
    struct file_opened o = outside(name, flags, 0);
    if (o.real >= 0 && !file_is_own(o.real))
        file_entry(name)->read = true;
    return o;
}

/* Whether what is on the disk may be opened so. */
static bool may_open(const char *name, int flags)
{
    static const int how[] = {
        [O_RDONLY] = R_OK, [O_WRONLY] = W_OK, [O_RDWR] = R_OK | W_OK};
    if ((flags & O_CREAT) && (flags & O_EXCL))
        return failed(EEXIST) == 0;
    return faccessat(AT_FDCWD, name, how[flags & O_ACCMODE], AT_EACCESS) == 0;
}

static int open_copy(struct state_file *f, const char *name, int flags,
                     mode_t mode)
{
    if (f && f->real >= 0)
        return (flags & O_CREAT) && (flags & O_EXCL) ? failed(EEXIST)
                                                     : reopen(f, flags);
    return flags & O_CREAT ? make(name, flags, mode) : failed(ENOENT);
}

struct file_opened file_open(const char *path, int flags, mode_t mode)
{
    char name[PATH_MAX];
    if ((flags & (O_PATH | O_DIRECTORY)) || (flags & O_ACCMODE) == O_ACCMODE)
        return outside(path, flags, mode);
    if (!file_name(path, !(flags & O_NOFOLLOW), name))
        return (struct file_opened){-1, false};
    struct state_file *f = file_find(name);
    if (file_on_disk(f) && !changes(flags))
        return read_only(name, flags);
    if (file_on_disk(f) &&
        faccessat(AT_FDCWD, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        if (!may_open(name, flags))
            return (struct file_opened){-1, false};
        f = file_take(name);
        if (!f)
            return outside(name, flags, mode);
    }
    return (struct file_opened){open_copy(f, name, flags, mode), false};
}

int file_remove(const char *path)
{
    char name[PATH_MAX];
    struct stat st;
    if (!file_name(path, false, name))
        return -1;
    struct state_file *f = file_find(name);
    if (file_on_disk(f) && lstat(name, &st) != 0)
        return -1;
    if (file_on_disk(f) && S_ISDIR(st.st_mode))
        return failed(EISDIR);
    if (!file_on_disk(f) && f->real < 0)
        return failed(ENOENT);
    if (!may_change_folder(name))
        return -1;
    file_put(file_entry(name), -1);
    return 0;
}

static int rename_outside(const char *from, const char *to)
{
    doubt(DOUBT_FILES, "rename");
    return rename(from, to);
}

static bool is_folder(const char *name)
{
    struct stat st;
    return file_on_disk(file_find(name)) && lstat(name, &st) == 0 &&
           S_ISDIR(st.st_mode);
}

int file_rename(const char *from, const char *to)
{
    char old[PATH_MAX], new[PATH_MAX];
    if (!file_name(from, false, old) || !file_name(to, false, new))
        return -1;
    struct state_file *f = file_find(old);
    if (!file_on_disk(f) && f->real < 0)
        return failed(ENOENT);
    if (is_folder(new))
        return is_folder(old) ? rename_outside(old, new) : failed(EISDIR);
    if (!may_change_folder(old) || !may_change_folder(new))
        return -1;
    if (file_on_disk(f) && !(f = file_take(old)))
        return errno == EINVAL ? rename_outside(old, new) : -1;
    if (strcmp(old, new) == 0)
        return 0;
    file_put(file_entry(new), f->real);
    f->real = -1;
    return 0;
}

int file_truncate(const char *path, off_t size)
{
    struct file_opened o = file_open(path, O_WRONLY, 0);
    if (o.real < 0)
        return -1;
    if (o.doubtful)
        doubt(DOUBT_FILES, "truncate");
    int result = ftruncate(o.real, size), error = errno;
    close(o.real);
    errno = error;
    return result;
}

int file_look(const char *path, struct stat *st, bool follows)
{
    char name[PATH_MAX];
    if (!file_name(path, follows, name))
        return -1;
    const struct state_file *f = file_find(name);
    if (!file_on_disk(f) && f->real < 0)
        return failed(ENOENT);
    int result = file_on_disk(f) ? lstat(name, st) : fstat(f->real, st);
    if (result == 0)
        file_even(st);
    return result;
}

int file_access(const char *path, int how)
{
    char name[PATH_MAX], copy[64];
    if (!file_name(path, true, name))
        return -1;
    const struct state_file *f = file_find(name);
    if (!file_on_disk(f) && f->real < 0)
        return failed(ENOENT);
    return access(file_on_disk(f) ? name : way(f, copy), how);
}
