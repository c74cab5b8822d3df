/* From the wait-for graph to findings.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/verdict.h"

#include "base/str.h"
#include "detectors/support/telling.h"

#define MAX_BYSTANDERS 8

struct diagnosis {
    struct wait_graph *g;
    const char *detector;
    struct findings *out;
    size_t first; /* findings before it are not ours */
};

static const struct graph_node *node_at(const struct diagnosis *v, size_t i)
{
    return &v->g->nodes.v[i];
}

/* A lock is waited for, not an event or the end of a thread. */
static bool is_lock(enum wait_kind k)
{
    return k == WAIT_MUTEX || k == WAIT_READ_LOCK || k == WAIT_WRITE_LOCK;
}

static struct finding *add(struct diagnosis *v, enum kind kind,
                           const char *native, size_t node)
{
    struct finding *f = findings_add(v->out, v->detector, kind, native);
    f->object = str_dup(node_at(v, node)->wait.object);
    return f;
}

static void set_message(struct diagnosis *v, struct buf *text)
{
    v->out->v[v->out->n - 1].message = buf_take(text);
}

/* The threads that wait for one of the finding's, told but never matched. */
static void add_bystanders(struct diagnosis *v, const size_t *told, size_t n)
{
    size_t left = MAX_BYSTANDERS;
    for (size_t i = 0; i < v->g->nodes.n && left > 0; i++) {
        bool inside = false, waits = false;
        for (size_t k = 0; k < n; k++) {
            inside = inside || told[k] == i;
            waits = waits || wait_graph_reaches(v->g, i, told[k]);
        }
        if (inside || !waits)
            continue;
        tell_access(v->g, i, ROLE_CREATED, v->out);
        left--;
    }
}

static void tell_cycle(struct diagnosis *v, const struct graph_cycle *c)
{
    struct buf text = {0};
    add(v, KIND_DEADLOCK, "cycle", c->v[0]);
    for (size_t i = 0; i < c->n; i++) {
        size_t next = c->v[(i + 1) % c->n];
        const struct graph_edge *e = wait_graph_edge(v->g, c->v[i], next);
        if (i > 0)
            buf_adds(&text, "; ");
        tell_wait(v->g, c->v[i], &text);
        tell_holder(v->g, c->v[i], e, &text);
        tell_access(v->g, c->v[i], ROLE_WAITS, v->out);
        tell_acquisition(v->g, c->v[i], e, v->out);
    }
    set_message(v, &text);
    add_bystanders(v, c->v, c->n);
}

static void tell_cycles(struct diagnosis *v)
{
    struct graph_cycles cycles = {0};
    wait_graph_cycles(v->g, &cycles);
    for (size_t i = 0; i < cycles.n; i++)
        tell_cycle(v, &cycles.v[i]);
    graph_cycles_fini(&cycles);
}

static void tell_orphan(struct diagnosis *v, size_t node)
{
    struct buf text = {0};
    const struct graph_edge *e = &node_at(v, node)->edges.v[0];
    add(v, KIND_DEADLOCK, "owner-ended", node);
    tell_wait(v->g, node, &text);
    tell_holder(v->g, node, e, &text);
    set_message(v, &text);
    tell_access(v->g, node, ROLE_WAITS, v->out);
    tell_acquisition(v->g, node, e, v->out);
    add_bystanders(v, &node, 1);
}

/* Locks whose holder has ended: for threads at one place, told once. */
static bool same_wait(const struct diagnosis *v, size_t a, size_t b)
{
    const struct graph_node *m = node_at(v, a), *n = node_at(v, b);
    const struct frame *f = stacks_place(m->thread),
                       *g = stacks_place(n->thread);
    if (m->wait.kind != n->wait.kind || !f != !g ||
        !str_eq(m->wait.object, n->wait.object))
        return false;
    return !f || (f->line == g->line && str_eq(f->file, g->file));
}

static bool is_orphan(const struct diagnosis *v, size_t node)
{
    const struct graph_edges *l = &node_at(v, node)->edges;
    return l->n > 0 && l->v[0].to == GRAPH_NOBODY;
}

static void tell_orphans(struct diagnosis *v)
{
    for (size_t i = 0; i < v->g->nodes.n; i++) {
        bool told = false;
        for (size_t k = 0; k < i && is_orphan(v, i); k++)
            told = told || (is_orphan(v, k) && same_wait(v, i, k));
        if (is_orphan(v, i) && !told)
            tell_orphan(v, i);
    }
}

/* A thread that waits for a lock which node holds, or GRAPH_NOBODY. */
static size_t locked_out(const struct diagnosis *v, size_t node)
{
    for (size_t i = 0; i < v->g->nodes.n; i++)
        if (i != node && is_lock(node_at(v, i)->wait.kind) &&
            wait_graph_edge(v->g, i, node))
            return i;
    return GRAPH_NOBODY;
}

/* The thread that could end the wait of node may be the one it locks out. */
static void tell_hold_and_wait(struct diagnosis *v, size_t node, size_t other)
{
    struct buf text = {0};
    const struct graph_edge *e = wait_graph_edge(v->g, other, node);
    add(v, KIND_DEADLOCK, "hold-and-wait", node);
    tell_wait(v->g, node, &text);
    buf_adds(&text, "; ");
    tell_wait(v->g, other, &text);
    tell_holder(v->g, other, e, &text);
    set_message(v, &text);
    tell_access(v->g, node, ROLE_WAITS, v->out);
    tell_access(v->g, other, ROLE_WAITS, v->out);
    tell_acquisition(v->g, other, e, v->out);
    add_bystanders(v, (size_t[]){node, other}, 2);
}

static const char *missing_act(enum wait_kind k)
{
    switch (k) {
    case WAIT_CONDITION:
        return "; no thread is left that could signal it";
    case WAIT_SEMAPHORE:
        return "; no thread is left that could post it";
    case WAIT_BARRIER:
        return "; no thread is left that could arrive at it";
    case WAIT_SIGNAL:
        return "; no thread is left that could send it";
    default:
        return "";
    }
}

/* One finding for all that wait at the place of node. */
static void tell_stuck(struct diagnosis *v, size_t node, enum kind kind,
                       const char *native)
{
    struct buf text = {0};
    size_t others = 0;
    add(v, kind, native, node);
    tell_access(v->g, node, ROLE_WAITS, v->out);
    for (size_t i = node + 1; i < v->g->nodes.n; i++)
        if (same_wait(v, node, i)) {
            tell_access(v->g, i, ROLE_WAITS, v->out);
            others++;
        }
    tell_wait(v->g, node, &text);
    if (others > 0)
        buf_addf(&text, ", and so %s %zu more", others == 1 ? "does" : "do",
                 others);
    buf_adds(&text, missing_act(node_at(v, node)->wait.kind));
    set_message(v, &text);
    add_bystanders(v, &node, 1);
}

/* Nothing that is known of stands in its way, and yet it waits. */
static bool is_terminal(const struct diagnosis *v, size_t node)
{
    const struct graph_node *n = node_at(v, node);
    return n->wait.kind != WAIT_NONE && n->edges.n == 0;
}

static bool is_told(const struct diagnosis *v, size_t node)
{
    for (size_t i = 0; i < node; i++)
        if (is_terminal(v, i) && same_wait(v, i, node))
            return true;
    return false;
}

static bool is_event(const struct diagnosis *v, size_t node)
{
    enum wait_kind k = node_at(v, node)->wait.kind;
    return wait_is_for_event(k) || k == WAIT_SIGNAL;
}

/* An idle worker of a runtime library has no place of the user's. */
static bool has_place(const struct diagnosis *v, size_t node)
{
    return stacks_place(node_at(v, node)->thread) != NULL;
}

static void tell_events(struct diagnosis *v)
{
    for (size_t i = 0; i < v->g->nodes.n; i++) {
        if (!is_terminal(v, i) || !is_event(v, i) || !has_place(v, i) ||
            is_told(v, i))
            continue;
        size_t other = locked_out(v, i);
        if (other != GRAPH_NOBODY)
            tell_hold_and_wait(v, i, other);
        else
            tell_stuck(v, i, KIND_LOST_WAKEUP, "lost-wakeup");
    }
}

static void tell_rest(struct diagnosis *v, bool with_place)
{
    for (size_t i = 0; i < v->g->nodes.n; i++)
        if (is_terminal(v, i) && has_place(v, i) == with_place &&
            !is_told(v, i))
            tell_stuck(v, i, KIND_DEADLOCK, "stuck");
}

static bool any_runs(const struct diagnosis *v)
{
    for (size_t i = 0; i < v->g->nodes.n; i++)
        if (node_at(v, i)->wait.kind == WAIT_NONE)
            return true;
    return false;
}

void verdict_of(struct wait_graph *g, const char *detector,
                struct findings *out)
{
    struct diagnosis v = {
        .g = g, .detector = detector, .out = out, .first = out->n};
    tell_cycles(&v);
    tell_orphans(&v);
    if (any_runs(&v))
        return;
    if (out->n == v.first)
        tell_events(&v);
    if (out->n == v.first)
        tell_rest(&v, true);
    if (out->n == v.first)
        tell_rest(&v, false);
}
