/* Builds the wait-for graph.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/wait_graph.h"

#include "base/str.h"
#include "detectors/support/family.h"
#include "detectors/support/pipes.h"

#include <pthread.h>
#include <string.h>

static void add_edge(struct graph_node *n, size_t to, uint64_t site)
{
    struct graph_edge e = {.to = to, .site = site};
    vec_push(&n->edges, e);
}

/* The thread that calls itself own_tid, in that process; else, when other
 * processes may hold the object too, in any. */
static size_t find_thread(const struct wait_graph *g, pid_t own_tid,
                          size_t process, bool local)
{
    size_t found = GRAPH_NOBODY;
    for (size_t i = 0; i < g->nodes.n; i++) {
        const struct graph_node *n = &g->nodes.v[i];
        if (n->thread->own_tid != own_tid)
            continue;
        if (n->process == process)
            return i;
        if (!local)
            found = i;
    }
    return found;
}

/* A read-write lock's futex words lie within it; a mutex's is its beginning. */
static bool is_lock_of(const struct holder *h, const struct wait *w)
{
    size_t size = w->kind == WAIT_MUTEX ? 1 : sizeof(pthread_rwlock_t);
    return w->word >= h->lock && w->word - h->lock < size;
}

static uint64_t recorded_site(const struct wait_graph *g, size_t process,
                              pid_t own_tid, const struct wait *w)
{
    const struct holders *l = &g->processes.v[process].holders;
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].own_tid == own_tid && is_lock_of(&l->v[i], w))
            return l->v[i].site;
    return 0;
}

/* For locks that do not name their owner: whoever the recorder knows. A writer
 * is enough to stop a reader; readers stop one only behind a writer. */
static void add_recorded(const struct wait_graph *g, struct graph_node *n,
                         bool shared)
{
    const struct holders *l = &g->processes.v[n->process].holders;
    for (size_t i = 0; i < l->n; i++) {
        const struct holder *h = &l->v[i];
        if (h->shared != shared || !is_lock_of(h, &n->wait))
            continue;
        size_t to = h->ended ? GRAPH_NOBODY
                             : find_thread(g, h->own_tid, n->process, true);
        add_edge(n, to, h->site);
    }
}

/* A thread that took the lock and then forked has another id in the child. */
static void add_owner(const struct wait_graph *g, struct graph_node *n)
{
    const struct wait *w = &n->wait;
    size_t to = find_thread(g, w->owner, n->process, w->local);
    size_t process = to == GRAPH_NOBODY ? n->process : g->nodes.v[to].process;
    uint64_t site = recorded_site(g, process, w->owner, w);
    if (to == GRAPH_NOBODY && !site)
        add_recorded(g, n, false);
    if (n->edges.n == 0)
        add_edge(n, to, site);
}

static void add_lock_edges(const struct wait_graph *g, struct graph_node *n)
{
    if (n->wait.owner)
        add_owner(g, n);
    else
        add_recorded(g, n, false);
    if (n->edges.n == 0 && n->wait.kind != WAIT_MUTEX)
        add_recorded(g, n, true);
}

/* The thread of a process for which others wait: its main thread, or the first
 * that is left. */
static size_t speaker(const struct wait_graph *g, size_t process)
{
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.v[i].process == process)
            return i;
    return GRAPH_NOBODY;
}

static void add_child_edges(const struct wait_graph *g, struct graph_node *n)
{
    pid_t pid = g->processes.v[n->process].stacks.pid;
    for (size_t i = 0; i < g->processes.n; i++) {
        const struct graph_process *p = &g->processes.v[i];
        size_t to = speaker(g, i);
        if (p->parent == pid && to != GRAPH_NOBODY &&
            (n->wait.owner == 0 || n->wait.owner == p->stacks.own_pid ||
             n->wait.owner == p->stacks.pid))
            add_edge(n, to, 0);
    }
}

/* To the processes that hold the pipe's other end; to its own only when it is
 * the last one that does. */
static void add_pipe_edges(const struct wait_graph *g, size_t node)
{
    struct graph_node *n = &g->nodes.v[node];
    pid_t own = g->processes.v[n->process].stacks.pid;
    bool reads = n->wait.kind == WAIT_READ;
    bool held = false;
    for (size_t i = 0; i < g->processes.n; i++) {
        pid_t other = g->processes.v[i].stacks.pid;
        size_t to = speaker(g, i);
        if (!pipes_has_end(own, n->wait.fd, other, reads))
            continue;
        held = held || i == n->process;
        if (i != n->process && to != GRAPH_NOBODY)
            add_edge(n, to, 0);
    }
    if (held && n->edges.n == 0)
        add_edge(n, node, 0);
}

/* The end of a parallel region comes when all its threads have come to it. */
static void add_team_edges(const struct wait_graph *g, struct graph_node *n)
{
    if (!stacks_place(n->thread))
        return;
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.v[i].process == n->process &&
            g->nodes.v[i].wait.kind != WAIT_TEAM &&
            stacks_place(g->nodes.v[i].thread))
            add_edge(n, i, 0);
}

static void add_edges(struct wait_graph *g, size_t node)
{
    struct graph_node *n = &g->nodes.v[node];
    switch (n->wait.kind) {
    case WAIT_MUTEX:
    case WAIT_READ_LOCK:
    case WAIT_WRITE_LOCK:
        add_lock_edges(g, n);
        break;
    case WAIT_JOIN: {
        size_t to = find_thread(g, n->wait.owner, n->process, true);
        if (to != GRAPH_NOBODY)
            add_edge(n, to, 0);
        break;
    }
    case WAIT_TEAM:
        add_team_edges(g, n);
        break;
    case WAIT_CHILD:
        add_child_edges(g, n);
        break;
    case WAIT_READ:
    case WAIT_WRITE:
        add_pipe_edges(g, node);
        break;
    default:
        break;
    }
}

static void add_process(struct wait_graph *g, const struct member *m)
{
    struct graph_process p = {.parent = m->parent};
    if (family_is_valgrind(m->pid) || stacks_take(m->pid, &p.stacks) != ERR_OK)
        return;
    holders_read(&p.stacks, &p.holders);
    vec_push(&g->processes, p);
}

static void add_nodes(struct wait_graph *g, size_t process)
{
    const struct stacks *s = &g->processes.v[process].stacks;
    for (size_t i = 0; i < s->threads.n; i++) {
        struct graph_node n = {.process = process, .thread = &s->threads.v[i]};
        if (n.thread->ended)
            continue;
        wait_of(s, n.thread, &n.wait);
        vec_push(&g->nodes, n);
    }
}

void wait_graph_take(pid_t leader, struct wait_graph *g)
{
    struct members tree = {0};
    *g = (struct wait_graph){0};
    family_of(leader, &tree);
    for (size_t i = 0; i < tree.n; i++)
        add_process(g, &tree.v[i]);
    for (size_t i = 0; i < g->processes.n; i++)
        add_nodes(g, i);
    for (size_t i = 0; i < g->nodes.n; i++)
        add_edges(g, i);
    vec_fini(&tree);
}

void wait_graph_fini(struct wait_graph *g)
{
    for (size_t i = 0; i < g->nodes.n; i++) {
        wait_fini(&g->nodes.v[i].wait);
        vec_fini(&g->nodes.v[i].edges);
    }
    vec_fini(&g->nodes);
    for (size_t i = 0; i < g->processes.n; i++) {
        stacks_fini(&g->processes.v[i].stacks);
        vec_fini(&g->processes.v[i].holders);
    }
    vec_fini(&g->processes);
}
