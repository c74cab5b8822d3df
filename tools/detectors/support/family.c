/* The process tree with its parents, in an order that does not change.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/family.h"

#include "base/str.h"
#include "os/fs.h"
#include "os/tree.h"

#include <string.h>

static int by_pid(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    return (x->pid > y->pid) - (x->pid < y->pid);
}

void family_of(pid_t leader, struct members *out)
{
    struct pids descendants = {0};
    struct member first = {.pid = leader};
    size_t start = out->n;
    vec_push(out, first);
    tree_descendants(leader, &descendants);
    for (size_t i = 0; i < descendants.n; i++) {
        struct tree_stat stat;
        struct member m = {.pid = descendants.v[i]};
        if (!tree_stat(m.pid, 0, &stat))
            continue;
        m.parent = stat.parent;
        vec_push(out, m);
    }
    qsort(out->v + start + 1, out->n - start - 1, sizeof *out->v, by_pid);
    vec_fini(&descendants);
}

bool family_is_valgrind(pid_t pid)
{
    struct buf text = {0};
    char *path = str_fmt("/proc/%d/maps", (int)pid);
    bool found = fs_read(path, &text) == ERR_OK &&
                 strstr(buf_str(&text), "/vgpreload_core");
    free(path);
    buf_fini(&text);
    return found;
}
