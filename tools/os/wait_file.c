/* Whether what a process has open can be moved by someone outside its tree.
 * SPDX-License-Identifier: MIT */
#include "os/wait_file.h"

#include "base/str.h"
#include "os/fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the descriptor stands for: "/a/path", "pipe:[7]", "socket:[8]"... */
static bool target_of(const char *dir, const char *fd, char *out, size_t size)
{
    char *path = fs_join(dir, fd);
    ssize_t n = readlink(path, out, size - 1);
    out[n > 0 ? n : 0] = '\0';
    free(path);
    return n > 0;
}

static bool is_ours(const char *target)
{
    struct strv fds = {0};
    char own[256];
    bool found = false;
    fs_list("/proc/self/fd", &fds);
    for (size_t i = 0; i < fds.n && !found; i++)
        found = target_of("/proc/self/fd", fds.v[i], own, sizeof own) &&
                str_eq(own, target);
    strv_fini(&fds);
    return found;
}

/* Unix sockets are listed with their inode in the seventh column. */
static bool is_unix_socket(pid_t pid, const char *target)
{
    unsigned long inode, listed;
    bool found = false;
    if (sscanf(target, "socket:[%lu]", &inode) != 1)
        return false;
    char *path = str_fmt("/proc/%d/net/unix", (int)pid), *line = NULL;
    size_t size = 0;
    FILE *f = fopen(path, "re");
    while (f && !found && getline(&line, &size, f) > 0)
        found = sscanf(line, "%*s %*s %*s %*s %*s %*s %lu", &listed) == 1 &&
                listed == inode;
    if (f)
        fclose(f);
    free(line);
    free(path);
    return found;
}

static bool is_inside(pid_t pid, const char *target)
{
    if (str_starts(target, "pipe:["))
        return !is_ours(target);
    return str_eq(target, "anon_inode:[eventfd]") ||
           str_eq(target, "anon_inode:[eventpoll]") ||
           is_unix_socket(pid, target);
}

static bool is_inert(const char *dir, const char *fd, const char *target)
{
    struct stat st;
    char *path = fs_join(dir, fd);
    bool plain =
        stat(path, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
    free(path);
    return plain || str_eq(target, "/dev/null") || str_eq(target, "/dev/zero");
}

bool wait_file_is_inside(pid_t pid, int fd)
{
    char dir[64], name[16], target[256];
    snprintf(dir, sizeof dir, "/proc/%d/fd", (int)pid);
    snprintf(name, sizeof name, "%d", fd);
    return target_of(dir, name, target, sizeof target) &&
           is_inside(pid, target);
}

bool wait_files_are_inside(pid_t pid)
{
    char dir[64], target[256];
    struct strv fds = {0};
    snprintf(dir, sizeof dir, "/proc/%d/fd", (int)pid);
    bool inside = fs_list(dir, &fds) == ERR_OK;
    for (size_t i = 0; i < fds.n && inside; i++)
        if (atoi(fds.v[i]) > STDERR_FILENO)
            inside =
                target_of(dir, fds.v[i], target, sizeof target) &&
                (is_inside(pid, target) || is_inert(dir, fds.v[i], target));
    strv_fini(&fds);
    return inside;
}
