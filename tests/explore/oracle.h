/* Brute force: every interleaving of a simulated program, and its traces.
 *
 * Nothing here is shared with the search but the machine and the meaning of
 * touches: happens-before is computed pair by pair. oracle_traces visits each
 * prefix of a trace once, however many interleavings lead to it, so that it
 * counts interleavings without running them all; oracle_runs does run them.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_EXPLORE_ORACLE_H
#define LOCKSTEP_TESTS_EXPLORE_ORACLE_H

#include "sim.h"

#define ORACLE_EVENTS 400
#define ORACLE_TOUCHES (2 * SIM_THREADS + 2)

struct oracle_event {
    struct touch touch[ORACLE_TOUCHES];
    unsigned touches;
    bool last_resort;
    uint8_t thread, choice;
    uint16_t clock[SIM_THREADS];
};

/* An execution so far. */
struct course {
    struct sim *sim;
    struct oracle_event event[ORACLE_EVENTS];
    unsigned n;
    uint16_t count[SIM_THREADS]; /* events by thread */
    int born[SIM_THREADS];       /* 1 + the event that created it; 0: none */
    struct trace_id {
        uint64_t a, b;
    } id; /* of the trace so far */
};

void course_start(struct course *c, struct sim *sim,
                  const struct sim_program *p);
void course_step(struct course *c, struct op_step step);

struct trace_found {
    struct trace_id id;
    uint64_t state; /* sim_hash at the end */
    bool stuck;
};

/* Distinct traces, and what else there is to know. Zero-initialise. */
struct traces {
    struct trace_found *v; /* in order of id after traces_sort */
    size_t n, cap;
};

void traces_add(struct traces *t, const struct course *c);
void traces_sort(struct traces *t); /* and makes each come once */
void traces_fini(struct traces *t);

struct oracle {
    struct traces traces;
    double interleavings;
    size_t prefixes;
    bool enough; /* there were more than asked for: nothing else holds */
};

void oracle_traces(struct oracle *o, const struct sim_program *p, size_t most);

/* The same by running all interleavings. */
void oracle_runs(struct oracle *o, const struct sim_program *p, size_t most);

/* The same by those with at most so many preemptions: switches away from a
 * thread that could go on, otherwise than by a last resort, and did not yield.
 */
void oracle_bounded(struct oracle *o, const struct sim_program *p,
                    unsigned preemptions, size_t most);
void oracle_fini(struct oracle *o);

/* Whether all traces of a are in b; both sorted. */
bool traces_within(const struct traces *a, const struct traces *b);

#endif
