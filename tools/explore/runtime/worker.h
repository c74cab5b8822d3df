/* The loop over executions: in this process, over and over, until the search
 * has nothing left or the process dies of what it runs; then the next one.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_WORKER_H
#define LOCKSTEP_EXPLORE_RUNTIME_WORKER_H

#include <stdbool.h>

/* What main was called with. */
struct program {
    int argc;
    char **argv, **environment;
};

/* Runs executions until there is none left to run; the search goes on where
 * the last worker left it. */
void worker_run(const struct program *p);

/* Runs the one execution of shared->replay. */
void worker_replay(const struct program *p);

#endif
