/* One detector on a program of the user's own: building, runs, what they add up
 * to. Internal to the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_OWN_CELL_H
#define LOCKSTEP_ENGINE_OWN_CELL_H

#include "engine/execution.h"
#include "engine/own.h"
#include "engine/own_build.h"

#include <pthread.h>

struct own_cell {
    const struct own_spec *o;
    const struct detector *detector;
    struct own_result *result; /* of the report */
    struct program program;
    struct own_build build;
    struct strv args, suppressions;
    struct target target;
    char *run_dir;        /* folder of the raw reports of all runs */
    pthread_mutex_t lock; /* guards result and seen */
    struct observations seen;
};

/* Takes nothing; o, result and run_dir's text are copied or must outlive. */
void own_cell_init(struct own_cell *cell, const struct own_spec *o,
                   const struct detector *d, struct own_result *result,
                   const char *run_dir);
void own_cell_fini(struct own_cell *cell);

/* Builds if that is asked for, and looks into the program. The result's outcome
 * tells whether it can be run: OUTCOME_CANCELLED then. Errors as own_run. */
enum err own_cell_prepare(struct own_cell *cell, struct diag *d);

/* Runs it once, and holds its place while it waits: two at a time may be in
 * each other's way. ERR_OK, or why the folder could not be written. */
enum err own_cell_run(struct own_cell *cell, unsigned run);

/* Sums up: the outcome. What was seen is moved to all. */
void own_cell_finish(struct own_cell *cell, struct observations *all);

#endif
