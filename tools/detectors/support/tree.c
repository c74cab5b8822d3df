/* The process tree, read from /proc.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/tree.h"

#include "base/str.h"
#include "os/fs.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The parent by /proc/PID/stat; the name in it may hold anything, so what
 * follows its last parenthesis counts. 0 if there is no such process. */
static pid_t parent_of(const char *pid)
{
    struct buf text = {0};
    char *path = str_fmt("/proc/%s/stat", pid);
    int parent = 0;
    if (fs_read(path, &text) == ERR_OK) {
        const char *rest = strrchr(buf_str(&text), ')');
        if (!rest || sscanf(rest, ") %*c %d", &parent) != 1)
            parent = 0;
    }
    free(path);
    buf_fini(&text);
    return parent;
}

static int by_pid(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    return (x->pid > y->pid) - (x->pid < y->pid);
}

static void list_all(struct members *all)
{
    struct strv names = {0};
    if (fs_list("/proc", &names) == ERR_OK)
        for (size_t i = 0; i < names.n; i++)
            if (isdigit((unsigned char)names.v[i][0])) {
                struct member m = {
                    .pid = (pid_t)strtol(names.v[i], NULL, 10),
                    .parent = parent_of(names.v[i]),
                };
                vec_push(all, m);
            }
    strv_fini(&names);
}

void tree_of(pid_t leader, struct members *out)
{
    struct members all = {0};
    size_t first = out->n;
    struct member m = {.pid = leader};
    vec_push(out, m);
    list_all(&all);
    for (size_t at = first; at < out->n; at++)
        for (size_t i = 0; i < all.n; i++)
            if (all.v[i].parent == out->v[at].pid && all.v[i].pid != leader)
                vec_push(out, all.v[i]);
    qsort(out->v + first + 1, out->n - first - 1, sizeof *out->v, by_pid);
    vec_fini(&all);
}

bool tree_is_valgrind(pid_t pid)
{
    struct buf text = {0};
    char *path = str_fmt("/proc/%d/maps", (int)pid);
    bool found = fs_read(path, &text) == ERR_OK &&
                 strstr(buf_str(&text), "/vgpreload_core");
    free(path);
    buf_fini(&text);
    return found;
}
