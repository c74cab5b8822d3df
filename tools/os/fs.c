/* Files and folders.
 * SPDX-License-Identifier: MIT */
#include "os/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum err fs_read(const char *path, struct buf *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_from_errno(errno);
    char chunk[65536];
    ssize_t n;
    while ((n = read(fd, chunk, sizeof chunk)) > 0)
        buf_add(out, chunk, (size_t)n);
    enum err e = n < 0 ? err_from_errno(errno) : ERR_OK;
    close(fd);
    return e;
}

static enum err write_all(int fd, const char *data, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, data, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w < 0)
            return err_from_errno(errno);
        data += w;
        n -= (size_t)w;
    }
    return ERR_OK;
}

enum err fs_write(const char *path, const void *data, size_t n)
{
    char *temporary = str_fmt("%s.XXXXXX", path);
    enum err e = ERR_OK;
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) {
        e = err_from_errno(errno);
        free(temporary);
        return e;
    }
    e = write_all(fd, data, n);
    if (e == ERR_OK && (fchmod(fd, 0644) != 0 || fsync(fd) != 0))
        e = err_from_errno(errno);
    if (close(fd) != 0 && e == ERR_OK)
        e = err_from_errno(errno);
    if (e == ERR_OK && rename(temporary, path) != 0)
        e = err_from_errno(errno);
    if (e != ERR_OK)
        unlink(temporary);
    free(temporary);
    return e;
}

static enum err make_dir(const char *path)
{
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && fs_is_dir(path)))
        return ERR_OK;
    return err_from_errno(errno);
}

enum err fs_mkdirs(const char *path)
{
    char *copy = str_dup(path);
    enum err e = ERR_OK;
    for (char *p = copy; e == ERR_OK; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char kept = *p;
        *p = '\0';
        if (p > copy || !kept) /* not before the first slash of "/a" */
            e = make_dir(copy);
        *p = kept;
        if (!kept)
            break;
    }
    free(copy);
    return e;
}

static bool has_mode(const char *path, mode_t type)
{
    struct stat st;
    return stat(path, &st) == 0 && (st.st_mode & S_IFMT) == type;
}

bool fs_is_dir(const char *path)
{
    return has_mode(path, S_IFDIR);
}

bool fs_is_file(const char *path)
{
    return has_mode(path, S_IFREG);
}

bool fs_is_executable(const char *path)
{
    return fs_is_file(path) && access(path, X_OK) == 0;
}

enum err fs_list(const char *dir, struct strv *names)
{
    DIR *d = opendir(dir);
    if (!d)
        return err_from_errno(errno);
    struct strv found = {0};
    for (struct dirent *entry; (entry = readdir(d));)
        if (!str_eq(entry->d_name, ".") && !str_eq(entry->d_name, ".."))
            strv_add(&found, entry->d_name);
    closedir(d);
    strv_sort(&found);
    strv_add_all(names, &found);
    strv_fini(&found);
    return ERR_OK;
}

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path) == 0 || errno == ENOENT ? 0 : -1;
}

enum err fs_remove(const char *path)
{
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0)
        return ERR_OK;
    return errno == ENOENT ? ERR_OK : err_from_errno(errno);
}

/* Of the open file, not of the process: another thread's attempt fails too. */
enum err fs_lock(const char *path, int *fd)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (opened < 0)
        return err_from_errno(errno);
    if (fcntl(opened, F_OFD_SETLK, &whole) != 0) {
        int number = errno;
        close(opened);
        return number == EAGAIN || number == EACCES ? ERR_EXISTS
                                                    : err_from_errno(number);
    }
    *fd = opened;
    return ERR_OK;
}

bool fs_is_locked(const char *path)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool told = fcntl(fd, F_OFD_GETLK, &whole) == 0;
    close(fd);
    return told && whole.l_type != F_UNLCK;
}

bool fs_is_full(const char *path)
{
    struct statvfs v;
    return statvfs(path, &v) == 0 && v.f_bavail * v.f_frsize < 64 * 1024;
}

char *fs_join(const char *dir, const char *name)
{
    bool bare = !*dir || str_ends(dir, "/");
    return str_fmt(bare ? "%s%s" : "%s/%s", dir, name);
}

char *fs_real(const char *path)
{
    return realpath(path, NULL);
}

char *fs_which(const char *command)
{
    if (strchr(command, '/'))
        return fs_is_executable(command) ? str_dup(command) : NULL;
    const char *path = getenv("PATH");
    struct strv dirs = {0};
    char *found = NULL;
    strv_split(&dirs, path ? path : "/usr/bin:/bin", ':');
    for (size_t i = 0; i < dirs.n && !found; i++) {
        char *candidate = fs_join(dirs.v[i], command);
        if (fs_is_executable(candidate))
            found = candidate;
        else
            free(candidate);
    }
    strv_fini(&dirs);
    return found;
}

char *fs_program_dir(void)
{
    char *exe = fs_real("/proc/self/exe");
    if (!exe)
        return NULL;
    char *dir = str_dup(dirname(exe));
    free(exe);
    return dir;
}
