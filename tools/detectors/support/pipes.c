/* Pipes are told apart by the inode in the link /proc/PID/fd/N.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/pipes.h"

#include "base/str.h"
#include "os/fs.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "pipe:[812]" or a path; "" when it cannot be read. */
static void link_text(const char *path, char *out, size_t size)
{
    ssize_t n = readlink(path, out, size - 1);
    out[n > 0 ? n : 0] = '\0';
}

/* The access mode of an open file, or -1. */
static int mode_of(pid_t pid, const char *fd)
{
    struct buf text = {0};
    char *path = str_fmt("/proc/%d/fdinfo/%s", (int)pid, fd);
    int mode = -1;
    if (fs_read(path, &text) == ERR_OK) {
        const char *flags = strstr(buf_str(&text), "flags:");
        if (flags)
            mode = (int)strtol(flags + strlen("flags:"), NULL, 8) & O_ACCMODE;
    }
    free(path);
    buf_fini(&text);
    return mode;
}

bool pipes_has_end(pid_t pid, int fd, pid_t other, bool for_writing)
{
    char wanted[64], have[64];
    struct strv names = {0};
    bool found = false;
    char *path = str_fmt("/proc/%d/fd/%d", (int)pid, fd);
    link_text(path, wanted, sizeof wanted);
    free(path);
    char *dir = str_fmt("/proc/%d/fd", (int)other);
    if (str_starts(wanted, "pipe:") && fs_list(dir, &names) == ERR_OK)
        for (size_t i = 0; i < names.n && !found; i++) {
            path = fs_join(dir, names.v[i]);
            link_text(path, have, sizeof have);
            int mode = mode_of(other, names.v[i]);
            found =
                str_eq(wanted, have) &&
                (mode == O_RDWR || mode == (for_writing ? O_WRONLY : O_RDONLY));
            free(path);
        }
    strv_fini(&names);
    free(dir);
    return found;
}
