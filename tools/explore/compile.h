/* One source file into an object that can be explored.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_COMPILE_H
#define LOCKSTEP_EXPLORE_COMPILE_H

#include "explore/driver.h"

#include <stdbool.h>

struct driving {
    const struct driver *o;
    const struct driver_job *job;
    char *dir; /* for what lies in between; removed at the end */
    struct diag *d;
    int code; /* of the first command that failed */
};

/* Runs a command as if it were this program; true if it ended with 0. */
bool compile_run(struct driving *g, const struct strv *words);

/* Compiles, or assembles, a source of the job, by its number. g->code is no
 * longer 0 if that failed. */
void compile_source(struct driving *g, size_t number, const char *object);

#endif
