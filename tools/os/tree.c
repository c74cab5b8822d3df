/* What /proc says of a process, its threads and its descendants.
 * SPDX-License-Identifier: MIT */
#include "os/tree.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A tree that forks faster than it is walked must not hold us for ever. */
#define TREE_MOST 8192

bool tree_read(const char *path, char *text, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    size_t len = 0;
    ssize_t n = 0;
    while (len + 1 < size && (n = read(fd, text + len, size - 1 - len)) > 0)
        len += (size_t)n;
    close(fd);
    text[len] = '\0';
    return n >= 0;
}

bool tree_stat(pid_t pid, pid_t tid, struct tree_stat *s)
{
    char path[64], text[1024];
    if (tid)
        snprintf(path, sizeof path, "/proc/%d/task/%d/stat", pid, tid);
    else
        snprintf(path, sizeof path, "/proc/%d/stat", pid);
    if (!tree_read(path, text, sizeof text))
        return false;
    unsigned long user, system;
    const char *end = strrchr(text, ')'); /* the name may hold blanks */
    if (!end ||
        sscanf(end + 1, " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
               &s->state, &s->parent, &user, &system) != 4)
        return false;
    s->ticks = user + system;
    return true;
}

static void list_numbers(const char *dir, struct pids *found)
{
    DIR *d = opendir(dir);
    if (!d)
        return;
    for (struct dirent *entry; (entry = readdir(d));)
        if (isdigit((unsigned char)entry->d_name[0]))
            vec_push(found, (pid_t)atoi(entry->d_name));
    closedir(d);
}

void tree_threads(pid_t pid, struct pids *tids)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    list_numbers(path, tids);
}

static bool has_pid(const struct pids *p, pid_t pid)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i] == pid)
            return true;
    return false;
}

static void add_numbers(const char *text, struct pids *found)
{
    for (char *end; *text; text = end) {
        pid_t pid = (pid_t)strtol(text, &end, 10);
        if (end == text)
            break;
        if (!has_pid(found, pid))
            vec_push(found, pid);
    }
}

/* Of one thread, as many as there are; the file has no known length. */
static void add_children_of(pid_t pid, pid_t tid, struct pids *found)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, tid);
    FILE *f = fopen(path, "re");
    if (!f)
        return;
    char *text = NULL;
    size_t size = 0;
    if (getdelim(&text, &size, '\0', f) > 0)
        add_numbers(text, found);
    free(text);
    fclose(f);
}

static void add_children(pid_t pid, struct pids *found)
{
    struct pids tids = {0};
    tree_threads(pid, &tids);
    for (size_t i = 0; i < tids.n; i++)
        add_children_of(pid, tids.v[i], found);
    vec_fini(&tids);
}

/* For a kernel without the files "children" (CONFIG_PROC_CHILDREN): as long
 * as a look at all processes finds one more. */
static void scan_all(pid_t root, struct pids *found)
{
    struct pids all = {0};
    list_numbers("/proc", &all);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < all.n; i++) {
            struct tree_stat s;
            if (has_pid(found, all.v[i]) || !tree_stat(all.v[i], 0, &s) ||
                (s.parent != root && !has_pid(found, s.parent)))
                continue;
            vec_push(found, all.v[i]);
            more = true;
        }
    }
    vec_fini(&all);
}

void tree_descendants(pid_t root, struct pids *found)
{
    size_t next = found->n;
    if (access("/proc/thread-self/children", R_OK) != 0) {
        scan_all(root, found);
        return;
    }
    add_children(root, found);
    for (; next < found->n && next < TREE_MOST; next++)
        add_children(found->v[next], found);
}

unsigned tree_count(pid_t root)
{
    struct pids found = {0};
    struct tree_stat s;
    unsigned alive = 0;
    tree_descendants(root, &found);
    for (size_t i = 0; i < found.n; i++)
        alive += tree_stat(found.v[i], 0, &s) && !strchr("ZX", s.state);
    vec_fini(&found);
    return alive;
}

size_t tree_rss(pid_t root)
{
    struct pids found = {0};
    size_t pages = 0;
    tree_descendants(root, &found);
    for (size_t i = 0; i < found.n; i++) {
        char path[64], text[256];
        unsigned long resident;
        snprintf(path, sizeof path, "/proc/%d/statm", found.v[i]);
        if (tree_read(path, text, sizeof text) &&
            sscanf(text, "%*u %lu", &resident) == 1)
            pages += resident;
    }
    vec_fini(&found);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}
