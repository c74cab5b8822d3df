/* Recognises a program that waits for ever.
 * SPDX-License-Identifier: MIT */
#include "os/blocked.h"

#include "os/clock.h"
#include "os/tree.h"
#include "os/wait_call.h"

#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SHADOW_KIB (UINT64_C(16) << 30) /* 16 TiB */
#define REAL_TIME_SIGNALS UINT64_C(0xfffffffe00000000)

/* From /proc/PID/task/TID/status. */
struct status {
    uint64_t size;     /* address space, KiB */
    uint64_t blocked;  /* mask of signals */
    uint64_t switches; /* both kinds */
};

static uint64_t field(const char *text, const char *name, int base)
{
    const char *at = strstr(text, name);
    return at ? strtoull(at + strlen(name), NULL, base) : 0;
}

static bool read_status(pid_t pid, pid_t tid, struct status *s)
{
    char path[64], text[8192];
    snprintf(path, sizeof path, "/proc/%d/task/%d/status", pid, tid);
    if (!tree_read(path, text, sizeof text))
        return false;
    s->size = field(text, "\nVmSize:", 10);
    s->blocked = field(text, "\nSigBlk:", 16);
    s->switches = field(text, "\nvoluntary_ctxt_switches:", 10) +
                  field(text, "\nnonvoluntary_ctxt_switches:", 10);
    return true;
}

/* See os/blocked.h. It is not asked of a thread that is blocked for ever. */
static bool is_tsan_helper(size_t index, const struct wait_call *c,
                           const struct status *s)
{
    return index == 1 && s->size > SHADOW_KIB &&
           (s->blocked & REAL_TIME_SIGNALS) == REAL_TIME_SIGNALS &&
           !(c->known && c->number == SYS_clock_nanosleep);
}

static void mix(uint64_t *hash, uint64_t value) /* FNV-1a, by words */
{
    *hash = (*hash ^ value) * UINT64_C(0x100000001b3);
}

static void count_thread(struct blocked *b, pid_t tid,
                         const struct wait_call *c, uint64_t ticks,
                         uint64_t switches)
{
    b->threads++;
    b->cpu_ticks += ticks;
    b->switches += switches;
    mix(&b->calls, (uint64_t)tid);
    mix(&b->calls, (uint64_t)c->number);
    for (int i = 0; i < 6; i++)
        mix(&b->calls, c->args[i]);
}

/* Whether the thread, the index-th of pid, does not speak against a hang. */
static bool add_thread(struct blocked *b, pid_t pid, pid_t tid, size_t index)
{
    struct tree_stat stat;
    struct status status;
    if (!tree_stat(pid, tid, &stat))
        return false;
    if (strchr("ZX", stat.state))
        return true;
    struct wait_call call = wait_call_of(pid, tid);
    bool still = stat.state == 'S' && wait_call_is_for_ever(&call, pid);
    if ((!still && index != 1) || !read_status(pid, tid, &status))
        return false;
    if (still)
        count_thread(b, tid, &call, stat.ticks, status.switches);
    return still || is_tsan_helper(index, &call, &status);
}

static bool add_process(struct blocked *b, pid_t pid)
{
    struct pids tids = {0};
    bool still = true;
    tree_threads(pid, &tids);
    for (size_t i = 0; i < tids.n && still; i++)
        still = add_thread(b, pid, tids.v[i], i);
    vec_fini(&tids);
    return still;
}

/* The supervisor of proc_run stands between us and the leader; its children
 * are the leader and the orphans of the leader's tree. */
static void list_tree(pid_t leader, struct pids *tree)
{
    struct tree_stat s, above;
    if (!tree_stat(leader, 0, &s))
        return;
    if (tree_stat(s.parent, 0, &above) && above.parent == getpid()) {
        tree_descendants(s.parent, tree);
        return;
    }
    vec_push(tree, leader);
    tree_descendants(leader, tree);
}

static bool take(struct blocked *b, pid_t leader)
{
    struct pids tree = {0};
    bool still = true;
    list_tree(leader, &tree);
    for (size_t i = 0; i < tree.n && still; i++)
        still = add_process(b, tree.v[i]);
    vec_fini(&tree);
    return still && b->threads > 0;
}

bool blocked_sample(struct blocked *b, pid_t leader, double seconds)
{
    struct blocked now = {.since = clock_now()};
    if (!take(&now, leader)) {
        *b = (struct blocked){0};
        return false;
    }
    if (now.threads != b->threads || now.cpu_ticks != b->cpu_ticks ||
        now.switches != b->switches || now.calls != b->calls) {
        *b = now;
        return false;
    }
    return now.since - b->since >= seconds;
}
