/* A search over a simulated program, and what it found.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_EXPLORE_RUN_H
#define LOCKSTEP_TESTS_EXPLORE_RUN_H

#include "oracle.h"

#include "explore/search/search.h"

struct run {
    struct traces traces; /* of the executions that ended by themselves */
    size_t twice;         /* executions whose trace came before */
    size_t prints;        /* distinct ones, as the search sees them */
    struct search_stats stats;
    bool crashed; /* the search asked for what cannot be done */
};

/* Runs a search to its end, or for most executions; sees of each whether the
 * steps can be done. `keep` has the traces computed by the oracle's means. */
void run_search(struct run *r, const struct sim_program *p,
                const struct search_options *o, uint64_t most, bool keep);
void run_fini(struct run *r);

/* Holds a reduction against brute force: NULL, or what is wrong (a buffer of
 * the callee). `strict`: no trace may come twice, no run be blocked. */
const char *run_differs(const struct run *r, const struct oracle *o,
                        bool strict);

extern const struct search_options run_modes[]; /* dfs, sleep, source, dpor */
extern const char *const run_mode_names[];
enum { RUN_DFS, RUN_SLEEP, RUN_SOURCE, RUN_DPOR, RUN_MODES };

#endif
