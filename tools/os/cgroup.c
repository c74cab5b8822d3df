/* Child cgroups of our own, by the files of the cgroup v2 hierarchy.
 * SPDX-License-Identifier: MIT */
#include "os/cgroup.h"

#include "base/str.h"
#include "os/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* How long the last processes of a cgroup may take to go: rounds of 1 ms. */
#define REMOVE_ROUNDS 5000

/* /proc/self/mountinfo writes blanks in paths as \040 and the like. */
static void unescape(char *s)
{
    char *to = s;
    for (; *s; s++) {
        if (s[0] == '\\' && strspn(s + 1, "01234567") >= 3) {
            *to++ = (char)((s[1] - '0') * 64 + (s[2] - '0') * 8 + s[3] - '0');
            s += 3;
        } else {
            *to++ = *s;
        }
    }
    *to = '\0';
}

/* The folder of the cgroup `own` below the mount that the line is about. */
static char *below_mount(const char *line, const char *own)
{
    char *root = NULL, *point = NULL, *path = NULL;
    if (!strstr(line, " - cgroup2 ") ||
        sscanf(line, "%*s %*s %*s %ms %ms", &root, &point) != 2)
        goto out;
    unescape(root);
    unescape(point);
    size_t n = str_eq(root, "/") ? 0 : strlen(root);
    if (strncmp(own, root, n) == 0 && (own[n] == '/' || own[n] == '\0'))
        path = str_fmt("%s%s", point, str_eq(own + n, "/") ? "" : own + n);
out:
    free(root);
    free(point);
    return path;
}

/* Our cgroup as the hierarchy names it: the line "0::/path". */
static char *own_name(void)
{
    struct buf text = {0};
    struct strv lines = {0};
    char *name = NULL;
    if (fs_read("/proc/self/cgroup", &text) == ERR_OK)
        strv_split(&lines, buf_str(&text), '\n');
    for (size_t i = 0; i < lines.n && !name; i++)
        if (str_starts(lines.v[i], "0::"))
            name = str_dup(lines.v[i] + 3);
    strv_fini(&lines);
    buf_fini(&text);
    return name;
}

char *cgroup_own(void)
{
    struct buf text = {0};
    struct strv lines = {0};
    char *path = NULL, *name = own_name();
    if (name && fs_read("/proc/self/mountinfo", &text) == ERR_OK)
        strv_split(&lines, buf_str(&text), '\n');
    for (size_t i = 0; i < lines.n && !path; i++)
        path = below_mount(lines.v[i], name);
    strv_fini(&lines);
    buf_fini(&text);
    free(name);
    return path;
}

static void kill_at_once(const char *path)
{
    char *file = fs_join(path, "cgroup.kill");
    int fd = open(file, O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t written = write(fd, "1", 1);
        (void)written; /* the rounds of the caller see what it did */
        close(fd);
    }
    free(file);
}

/* False when it holds a process of a foreign PID namespace, which reads as 0:
 * such a cgroup is none of ours. */
static bool kill_all(const char *path)
{
    char *file = fs_join(path, "cgroup.procs");
    struct buf text = {0};
    struct strv pids = {0};
    bool ours = fs_read(file, &text) == ERR_OK;
    strv_split(&pids, buf_str(&text), '\n');
    for (size_t i = 0; i < pids.n && ours; i++)
        ours = atoi(pids.v[i]) > 0;
    if (ours)
        kill_at_once(path);
    for (size_t i = 0; i < pids.n && ours; i++)
        kill(atoi(pids.v[i]), SIGKILL);
    strv_fini(&pids);
    buf_fini(&text);
    free(file);
    return ours;
}

/* A program that runs lockstep itself leaves cgroups in its own. */
static void remove_children(const char *path, void (*remove)(const char *))
{
    struct strv names = {0};
    if (fs_list(path, &names) == ERR_OK) {
        for (size_t i = 0; i < names.n; i++) {
            char *child = fs_join(path, names.v[i]);
            if (fs_is_dir(child))
                remove(child);
            free(child);
        }
    }
    strv_fini(&names);
}

static void kill_and_remove(const char *path)
{
    struct timespec nap = {.tv_nsec = 1000 * 1000};
    if (rmdir(path) == 0 || errno == ENOENT)
        return;
    remove_children(path, kill_and_remove);
    for (int i = 0; i < REMOVE_ROUNDS; i++) {
        if (rmdir(path) == 0 || errno == ENOENT || !kill_all(path))
            return;
        nanosleep(&nap, NULL);
    }
}

/* The pid in "lockstep-<pid>-<n>", else 0. */
static pid_t maker_of(const char *name)
{
    int pid = 0, end = 0;
    unsigned n;
    if (sscanf(name, "lockstep-%d-%u%n", &pid, &n, &end) != 2 || name[end])
        return 0;
    return pid;
}

void cgroup_clean(const char *dir)
{
    struct strv names = {0};
    fs_list(dir, &names);
    for (size_t i = 0; i < names.n; i++) {
        pid_t maker = maker_of(names.v[i]);
        if (maker <= 0 || kill(maker, 0) == 0 || errno != ESRCH)
            continue;
        char *path = fs_join(dir, names.v[i]);
        kill_and_remove(path);
        free(path);
    }
    strv_fini(&names);
}

static void clean_own(void)
{
    char *own = cgroup_own();
    if (own)
        cgroup_clean(own);
    free(own);
}

static bool open_files(struct cgroup *c)
{
    c->dir = open(c->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (c->dir < 0)
        return false;
    c->procs = openat(c->dir, "cgroup.procs", O_WRONLY | O_CLOEXEC);
    c->kill = openat(c->dir, "cgroup.kill", O_WRONLY | O_CLOEXEC);
    return c->procs >= 0;
}

/* The name may be in use by a lockstep of another PID namespace. */
static bool make_folder(struct cgroup *c, const char *own)
{
    static atomic_uint made;
    for (int tries = 0; tries < 100; tries++) {
        c->path = str_fmt("%s/lockstep-%d-%u", own, (int)getpid(),
                          atomic_fetch_add(&made, 1));
        if (mkdir(c->path, 0755) == 0)
            return true;
        int error = errno;
        free(c->path);
        c->path = NULL;
        if (error != EEXIST)
            return false;
    }
    return false;
}

enum err cgroup_new(struct cgroup *c)
{
    static pthread_once_t cleaned = PTHREAD_ONCE_INIT;
    *c = CGROUP_NONE;
    char *own = cgroup_own();
    if (!own)
        return ERR_UNSUPPORTED;
    pthread_once(&cleaned, clean_own);
    bool usable = make_folder(c, own) && open_files(c);
    free(own);
    if (!usable)
        cgroup_free(c);
    return usable ? ERR_OK : ERR_UNSUPPORTED;
}

void cgroup_free(struct cgroup *c)
{
    int fds[] = {c->dir, c->procs, c->kill};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    if (c->path)
        kill_and_remove(c->path);
    free(c->path);
    *c = CGROUP_NONE;
}
