/* One cell of the matrix while it is being filled. Internal to the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_CELL_H
#define LOCKSTEP_ENGINE_CELL_H

#include "engine/build.h"
#include "engine/engine.h"
#include "engine/execution.h"

#include <pthread.h>

struct keeping;

/* A run that is over, until it is its turn to be added. */
struct ended {
    unsigned repeat;
    struct execution run;
    enum grade grade;
    enum outcome outcome;
};

struct cell {
    const struct engine_options *o;
    const struct detector *detector;
    struct result *result; /* of the report; filled by cell_finish */
    struct target target;
    struct strv args;
    unsigned repeats;     /* one is enough of what always does the same */
    char *run_dir;        /* folder of the raw reports of all repeats */
    pthread_mutex_t lock; /* guards all below */
    bool built;
    struct build build;
    enum err build_error;
    unsigned outcomes[OUTCOME_CANCELLED + 1]; /* runs by outcome */

    VEC(struct ended) waiting; /* of turns.c, as are the next two */
    unsigned added;            /* all repeats below are */
    unsigned over;             /* repeats that need not be run again */
    bool finished;             /* the result is summed up */

    struct keeping *keeping; /* NULL: nothing is kept */
    bool recalled;           /* what is kept was asked for */
    bool *known;             /* which repeats were kept; or NULL */
    char *key;               /* hash of its content, or NULL */
};

/* cell_init takes nothing; o, detector, result must outlive the cell. */
void cell_init(struct cell *cell, const struct engine_options *o,
               const struct detector *d, struct result *r, const char *run_dir);
void cell_fini(struct cell *cell);

/* Builds once, then runs once, and adds what was seen. Several threads may run
 * the same cell, each with the slot that it was given, or NULL. ERR_OK, or why
 * the folder could not be written. */
enum err cell_run(struct cell *cell, unsigned repeat, struct slot *slot);

/* Sums up the runs into the result, once. */
void cell_finish(struct cell *cell);

/* Judges a run by itself, and adds it to the result; of turns.c. */
struct ended cell_judge(const struct cell *cell, unsigned repeat,
                        struct execution *run);
void cell_add_run(struct cell *cell, struct ended *e);

/* A hash of all that the result is made of: sources, tools, options, arguments,
 * and what the manifest holds true. Caller frees. */
char *cell_key(const struct cell *cell);

#endif
