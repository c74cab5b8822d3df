/* Finds the children of this process by /proc.
 * SPDX-License-Identifier: MIT */
#include "os/sweep.h"

#include "os/raw.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* By "pid (name) state ppid": the name may hold anything, so what is behind it
 * is found from the last ')'. */
static bool is_child(const char *stat, long n, long parent)
{
    while (n > 0 && stat[n - 1] != ')')
        n--;
    if (n == 0)
        return false;
    const char *p = stat + n;
    for (p += *p ? 3 : 0; *p == ' '; p++)
        ;
    long ppid = 0;
    for (; *p >= '0' && *p <= '9'; p++)
        ppid = 10 * ppid + (*p - '0');
    return ppid == parent;
}

static long to_pid(const char *name)
{
    long pid = 0;
    for (; *name >= '0' && *name <= '9'; name++)
        pid = 10 * pid + (*name - '0');
    return *name ? 0 : pid;
}

static bool kill_if_child(int proc, const char *name, long parent)
{
    char path[32], stat[512];
    long pid = to_pid(name);
    size_t n = strlen(name);
    if (pid <= 0 || n + sizeof "/stat" > sizeof path)
        return false;
    memcpy(path, name, n + 1);
    memcpy(path + n, "/stat", sizeof "/stat");
    long fd = RAW(openat, proc, path, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0)
        return false;
    long got = RAW(read, (int)fd, stat, sizeof stat - 1);
    RAW(close, (int)fd);
    stat[got > 0 ? got : 0] = '\0';
    return is_child(stat, got, parent) && RAW(kill, (int)pid, SIGKILL) == 0;
}

struct entry { /* the kernel's struct linux_dirent64 */
    uint64_t ino, off;
    unsigned short length;
    unsigned char type;
    char name[];
};

int sweep_children(void)
{
    _Alignas(struct entry) char entries[8192];
    long self = RAW(getpid), n;
    int killed = 0;
    long proc =
        RAW(openat, AT_FDCWD, "/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (proc < 0)
        return 0;
    while ((n = RAW(getdents64, (int)proc, entries, sizeof entries)) > 0) {
        for (long at = 0; at < n;) {
            struct entry *d = (void *)(entries + at);
            killed += kill_if_child((int)proc, d->name, self);
            at += d->length;
        }
    }
    RAW(close, (int)proc);
    return killed;
}
