/* Finds the cycles of the wait-for graph, by a depth-first search, and what can
 * be reached in it.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/wait_graph.h"

enum colour { WHITE, GREY, BLACK };

struct walk {
    struct wait_graph *g;
    enum colour *colour;
    struct graph_cycle path;
    struct graph_cycles *out;
};

/* The path's end leads back to `to`, which is on it. */
static void close_cycle(struct walk *w, size_t to)
{
    struct graph_cycle c = {0};
    size_t i = w->path.n;
    while (w->path.v[i - 1] != to)
        i--;
    for (size_t k = i - 1; k < w->path.n; k++) {
        if (w->g->nodes.v[w->path.v[k]].in_cycle) {
            vec_fini(&c);
            return;
        }
        vec_push(&c, w->path.v[k]);
    }
    for (size_t k = 0; k < c.n; k++)
        w->g->nodes.v[c.v[k]].in_cycle = true;
    vec_push(w->out, c);
}

static void visit(struct walk *w, size_t node)
{
    const struct graph_node *n = &w->g->nodes.v[node];
    w->colour[node] = GREY;
    vec_push(&w->path, node);
    for (size_t i = 0; i < n->edges.n; i++) {
        size_t to = n->edges.v[i].to;
        if (to == GRAPH_NOBODY)
            continue;
        if (w->colour[to] == GREY)
            close_cycle(w, to);
        else if (w->colour[to] == WHITE)
            visit(w, to);
    }
    w->path.n--;
    w->colour[node] = BLACK;
}

void wait_graph_cycles(struct wait_graph *g, struct graph_cycles *out)
{
    if (g->nodes.n == 0)
        return;
    struct walk w = {.g = g, .out = out};
    w.colour = mem_new(g->nodes.n, sizeof *w.colour);
    for (size_t i = 0; i < g->nodes.n; i++)
        if (w.colour[i] == WHITE)
            visit(&w, i);
    vec_fini(&w.path);
    free(w.colour);
}

void graph_cycles_fini(struct graph_cycles *l)
{
    for (size_t i = 0; i < l->n; i++)
        vec_fini(&l->v[i]);
    vec_fini(l);
}

const struct graph_edge *wait_graph_edge(const struct wait_graph *g,
                                         size_t from, size_t to)
{
    const struct graph_edges *l = &g->nodes.v[from].edges;
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].to == to)
            return &l->v[i];
    return NULL;
}

static bool search(const struct wait_graph *g, size_t at, size_t to, bool *seen)
{
    const struct graph_edges *l = &g->nodes.v[at].edges;
    seen[at] = true;
    for (size_t i = 0; i < l->n; i++) {
        size_t next = l->v[i].to;
        if (next == to ||
            (next != GRAPH_NOBODY && !seen[next] && search(g, next, to, seen)))
            return true;
    }
    return false;
}

bool wait_graph_reaches(const struct wait_graph *g, size_t from, size_t to)
{
    bool *seen = mem_new(g->nodes.n, sizeof *seen);
    bool found = search(g, from, to, seen);
    free(seen);
    return found;
}
