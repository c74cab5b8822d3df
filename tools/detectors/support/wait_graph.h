/* Who waits for whom, in a program and its descendants: the wait-for graph of
 * Holt ("Some deadlock properties of computer systems", 1972), and its cycles.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_WAIT_GRAPH_H
#define LOCKSTEP_DETECTORS_SUPPORT_WAIT_GRAPH_H

#include "detectors/support/holders.h"
#include "detectors/support/stacks.h"
#include "detectors/support/waits.h"

#include <stdbool.h>
#include <stddef.h>

struct graph_process {
    pid_t parent;
    struct stacks stacks;
    struct holders holders;
};

#define GRAPH_NOBODY ((size_t)-1)

/* The thread at the tail can go on only after the one at `to`. */
struct graph_edge {
    size_t to;     /* a node, or GRAPH_NOBODY: a holder that has ended */
    uint64_t site; /* where the lock was taken (return address); 0: unknown */
};

VEC_TYPE(graph_edges, struct graph_edge);

struct graph_node {
    size_t process;
    const struct thread *thread; /* borrowed from the process's stacks */
    struct wait wait;
    struct graph_edges edges;
    bool in_cycle; /* set by wait_graph_cycles */
};

struct wait_graph {
    VEC(struct graph_process) processes; /* the leader is the first */
    VEC(struct graph_node) nodes;        /* all threads that have not ended */
};

/* One cycle: node v[i] waits for v[i + 1], the last for the first. */
VEC_TYPE(graph_cycle, size_t);
VEC_TYPE(graph_cycles, struct graph_cycle);

/* Takes the picture. Processes run by Valgrind are left out. */
void wait_graph_take(pid_t leader, struct wait_graph *g);
void wait_graph_fini(struct wait_graph *g);

/* Adds at least one cycle of every knot of threads that wait for each other;
 * no thread is in two of them. */
void wait_graph_cycles(struct wait_graph *g, struct graph_cycles *out);
void graph_cycles_fini(struct graph_cycles *l);

/* The edge of node `from` to node `to`, or NULL. */
const struct graph_edge *wait_graph_edge(const struct wait_graph *g,
                                         size_t from, size_t to);

/* Whether `from` waits for `to`, by way of whatever other threads. */
bool wait_graph_reaches(const struct wait_graph *g, size_t from, size_t to);

#endif
