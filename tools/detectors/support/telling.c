/* Threads, waits and holders put into words.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/telling.h"

#include "base/str.h"

#include <linux/limits.h>
#include <stdio.h>
#include <unistd.h>

/* Of the program, that is: ThreadSanitizer starts a symbolizer. */
static bool has_many_processes(const struct wait_graph *g)
{
    size_t first = GRAPH_NOBODY;
    for (size_t i = 0; i < g->nodes.n; i++) {
        const struct graph_node *n = &g->nodes.v[i];
        if (!stacks_place(n->thread))
            continue;
        if (first != GRAPH_NOBODY && first != n->process)
            return true;
        first = n->process;
    }
    return false;
}

void tell_thread(const struct wait_graph *g, size_t node, struct buf *out)
{
    const struct graph_node *n = &g->nodes.v[node];
    buf_addf(out, "thread %u", n->thread->number);
    if (has_many_processes(g))
        buf_addf(out, " of process %zu", n->process + 1);
}

/* "thread 2 (consumer)". */
static char *label(const struct wait_graph *g, size_t node)
{
    const struct graph_node *n = &g->nodes.v[node];
    struct buf out = {0};
    tell_thread(g, node, &out);
    const struct frame *outermost = stacks_outermost(n->thread);
    if (n->thread->number == 1 &&
        n->thread->tid == g->processes.v[n->process].stacks.pid)
        buf_adds(&out, " (main)");
    else if (outermost && outermost->function)
        buf_addf(&out, " (%s)", outermost->function);
    return buf_take(&out);
}

static void tell_place(const struct frame *f, const char *word, struct buf *out)
{
    if (f && f->file && f->line > 0)
        buf_addf(out, "%s %s:%d", word, str_basename(f->file), f->line);
}

/* word and place of the code at site, or nothing. */
static void tell_site(const struct wait_graph *g, size_t process, uint64_t site,
                      const char *word, struct buf *out)
{
    struct frame f = {0};
    if (site == 0)
        return;
    stacks_describe(&g->processes.v[process].stacks, site - 1, &f);
    tell_place(&f, word, out);
    frame_fini(&f);
}

static void tell_other(const struct wait_graph *g, const struct graph_node *n,
                       struct buf *out)
{
    if (n->edges.n == 0 || n->edges.v[0].to == GRAPH_NOBODY)
        buf_adds(out, n->wait.kind == WAIT_CHILD ? " a child process"
                                                 : " another thread");
    else if (n->wait.kind == WAIT_CHILD)
        buf_addf(out, " process %zu", g->nodes.v[n->edges.v[0].to].process + 1);
    else {
        buf_adds(out, " ");
        tell_thread(g, n->edges.v[0].to, out);
    }
}

static void tell_descriptor(const struct wait_graph *g,
                            const struct graph_node *n, struct buf *out)
{
    char target[PATH_MAX];
    char *path =
        str_fmt("/proc/%d/fd/%d", (int)g->processes.v[n->process].stacks.pid,
                n->wait.fd);
    ssize_t size = readlink(path, target, sizeof target - 1);
    target[size > 0 ? size : 0] = '\0';
    if (str_starts(target, "pipe:"))
        buf_adds(out, " a pipe");
    else if (str_starts(target, "socket:"))
        buf_adds(out, " a socket");
    else
        buf_addf(out, " `%s`", target[0] ? target : "a file");
    free(path);
}

static const char *nameless(enum wait_kind k)
{
    switch (k) {
    case WAIT_MUTEX:
        return " a mutex";
    case WAIT_READ_LOCK:
    case WAIT_WRITE_LOCK:
        return " a read-write lock";
    default:
        return "";
    }
}

void tell_wait(const struct wait_graph *g, size_t node, struct buf *out)
{
    const struct graph_node *n = &g->nodes.v[node];
    tell_thread(g, node, out);
    buf_adds(out, " waits");
    tell_place(stacks_place(n->thread), " at", out);
    buf_addf(out, " %s", wait_text(n->wait.kind));
    if (n->wait.object)
        buf_addf(out, " `%s`", n->wait.object);
    else if (n->wait.kind == WAIT_JOIN || n->wait.kind == WAIT_CHILD)
        tell_other(g, n, out);
    else if (n->wait.fd >= 0)
        tell_descriptor(g, n, out);
    else
        buf_adds(out, nameless(n->wait.kind));
}

/* The process whose addresses the lock's site is of. */
static size_t site_process(const struct wait_graph *g, size_t node,
                           const struct graph_edge *e)
{
    size_t at = e->to == GRAPH_NOBODY ? node : e->to;
    return g->nodes.v[at].process;
}

/* Of a lock's holder that is gone: in a forked child it may never have been. */
static void tell_nobody(const struct wait_graph *g, size_t node,
                        struct buf *out)
{
    size_t process = g->nodes.v[node].process;
    if (process == 0)
        buf_adds(out, "a thread that has ended");
    else
        buf_addf(out, "a thread that process %zu does not have", process + 1);
}

void tell_holder(const struct wait_graph *g, size_t node,
                 const struct graph_edge *e, struct buf *out)
{
    enum wait_kind k = g->nodes.v[node].wait.kind;
    if (k == WAIT_JOIN || k == WAIT_CHILD || k == WAIT_TEAM)
        return;
    buf_adds(out, k == WAIT_READ || k == WAIT_WRITE
                      ? ", whose other end is held by "
                      : ", held by ");
    if (e->to == GRAPH_NOBODY) {
        tell_nobody(g, node, out);
        tell_site(g, site_process(g, node, e), e->site, "; taken at", out);
        return;
    }
    if (e->to == node)
        buf_adds(out, "itself");
    else
        tell_thread(g, e->to, out);
    tell_site(g, site_process(g, node, e), e->site, " since", out);
}

static struct access *new_access(struct findings *findings, enum role role)
{
    return accesses_add(&findings->v[findings->n - 1].accesses, role);
}

void tell_access(const struct wait_graph *g, size_t node, enum role role,
                 struct findings *findings)
{
    const struct frames *stack = &g->nodes.v[node].thread->stack;
    struct access *a = new_access(findings, role);
    a->thread = label(g, node);
    for (size_t i = 0; i < stack->n; i++)
        if (!stacks_is_recorder(&stack->v[i]))
            frames_add_copy(&a->stack, &stack->v[i]);
}

void tell_acquisition(const struct wait_graph *g, size_t node,
                      const struct graph_edge *e, struct findings *findings)
{
    if (e->site == 0)
        return;
    struct access *a = new_access(findings, ROLE_HOLDS);
    a->previous = true;
    if (e->to == GRAPH_NOBODY) {
        struct buf who = {0};
        tell_nobody(g, node, &who);
        a->thread = buf_take(&who);
    } else {
        a->thread = label(g, e->to);
    }
    stacks_describe(&g->processes.v[site_process(g, node, e)].stacks,
                    e->site - 1, frames_add(&a->stack));
}
