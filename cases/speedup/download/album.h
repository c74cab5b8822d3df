/* The album: each page is written to a temporary file, and gets its name when
 * it is there in full. Whoever looks into the folder sees whole pages only.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DOWNLOAD_ALBUM_H
#define LOCKSTEP_DOWNLOAD_ALBUM_H

#include "list.h"

#include <fcntl.h>
#include <unistd.h>

struct album_file {
    int fd; /* -1: none */
    int folder;
    int error;          /* the errno of the first call that failed, or 0 */
    char temporary[48]; /* its name until it has come */
};

/* Unique, as a page is written by one process at a time; and no page has a name
 * that begins with a dot. */
static inline void album_temporary(char out[48], long pid, long index)
{
    snprintf(out, 48, ".part-%ld-%ld", pid, index);
}

/* A new file, never one that stands there already or that a link leads to. */
static inline bool album_open(struct album_file *f, int folder,
                              const struct page *page)
{
    f->folder = folder;
    album_temporary(f->temporary, getpid(), page->index);
    f->fd = openat(folder, f->temporary,
                   O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    f->error = f->fd < 0 ? errno : 0;
    return f->fd >= 0;
}

static inline bool album_write(struct album_file *f, const char *data, size_t n)
{
    while (n > 0 && f->error == 0) {
        ssize_t some = write(f->fd, data, n);
        if (some >= 0) {
            data += some;
            n -= (size_t)some;
        } else if (errno != EINTR) {
            f->error = errno;
        }
    }
    return f->error == 0;
}

/* Gives the file its name if it came whole, and removes it if not. Returns the
 * errno of whatever went wrong with it, or 0: a full disk may be told by the
 * last call only. */
static inline int album_close(struct album_file *f, const struct page *page,
                              bool whole)
{
    int error = f->error;
    f->error = 0;
    if (f->fd < 0)
        return error;
    if (close(f->fd) != 0 && error == 0)
        error = errno;
    f->fd = -1;
    if (whole && error == 0 &&
        renameat(f->folder, f->temporary, f->folder, page->name) != 0)
        error = errno;
    if (!whole || error)
        unlinkat(f->folder, f->temporary, 0);
    return error;
}

#endif
