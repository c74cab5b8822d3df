/* Copies of whole folders, entry by entry.
 * SPDX-License-Identifier: MIT */
#include "os/copy.h"

#include "base/str.h"
#include "os/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

struct copying {
    bool (*leave)(const char *path, bool is_dir, void *arg);
    void *arg;
    dev_t device; /* of the folder that is written, which is not read */
    ino_t inode;
};

static enum err copy_bytes(int in, int out)
{
    ssize_t n;
    while ((n = sendfile(out, in, NULL, 1 << 20)) > 0)
        ;
    return n == 0 ? ERR_OK : err_from_errno(errno);
}

static enum err fill_file(int in, int out, const struct stat *st)
{
    const struct timespec times[] = {st->st_atim, st->st_mtim};
    enum err e = copy_bytes(in, out);
    if (e == ERR_OK &&
        (fchmod(out, st->st_mode & 0777) != 0 || futimens(out, times) != 0))
        e = err_from_errno(errno);
    return e;
}

static enum err copy_file(const char *from, const char *to,
                          const struct stat *st)
{
    enum err e = ERR_OK;
    int in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return err_from_errno(errno);
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (out < 0) {
        e = err_from_errno(errno);
    } else {
        e = fill_file(in, out, st);
        if (close(out) != 0 && e == ERR_OK)
            e = err_from_errno(errno);
    }
    close(in);
    return e;
}

static enum err copy_link(const char *from, const char *to)
{
    char target[PATH_MAX];
    ssize_t n = readlink(from, target, sizeof target - 1);
    if (n < 0)
        return err_from_errno(errno);
    target[n] = '\0';
    return symlink(target, to) == 0 ? ERR_OK : err_from_errno(errno);
}

static enum err copy_entry(const struct copying *c, const char *from,
                           const char *to);

static enum err copy_all(const struct copying *c, const char *from,
                         const char *to, const struct strv *names)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < names->n && e == ERR_OK; i++) {
        char *in = fs_join(from, names->v[i]);
        char *out = fs_join(to, names->v[i]);
        e = copy_entry(c, in, out);
        free(in);
        free(out);
    }
    return e;
}

/* c->inode 0: `to` is the one not to be read. */
static enum err copy_folder(const struct copying *c, const char *from,
                            const char *to)
{
    struct copying own = *c;
    struct strv names = {0};
    struct stat st;
    enum err e = fs_list(from, &names);
    if (e == ERR_OK && mkdir(to, 0700) != 0)
        e = err_from_errno(errno);
    if (e == ERR_OK && own.inode == 0 && stat(to, &st) == 0) {
        own.device = st.st_dev;
        own.inode = st.st_ino;
    }
    if (e == ERR_OK)
        e = copy_all(&own, from, to, &names);
    strv_fini(&names);
    return e;
}

static enum err copy_entry(const struct copying *c, const char *from,
                           const char *to)
{
    struct stat st;
    if (lstat(from, &st) != 0)
        return errno == ENOENT ? ERR_OK : err_from_errno(errno);
    bool is_dir = S_ISDIR(st.st_mode);
    if ((st.st_dev == c->device && st.st_ino == c->inode) ||
        (c->leave && c->leave(from, is_dir, c->arg)))
        return ERR_OK;
    if (is_dir)
        return copy_folder(c, from, to);
    if (S_ISLNK(st.st_mode))
        return copy_link(from, to);
    return S_ISREG(st.st_mode) ? copy_file(from, to, &st) : ERR_OK;
}

enum err copy_tree(const char *from, const char *to,
                   bool (*leave)(const char *path, bool is_dir, void *arg),
                   void *arg)
{
    const struct copying c = {.leave = leave, .arg = arg};
    return copy_folder(&c, from, to);
}
