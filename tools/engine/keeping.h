/* What the history keeps of a run while it goes on. Internal to the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_KEEPING_H
#define LOCKSTEP_ENGINE_KEEPING_H

#include "base/guarded.h"
#include "engine/cell.h"

struct keeping {
    struct history *history; /* NULL: nothing is kept */
    struct run_info run;
    bool resumed;
    int lock;      /* its descriptor, or -1 */
    double before; /* seconds that the run took until it was broken off */
    double start;  /* of this part, by clock_now */
};

/* Begins a run in the history, if o has one, or goes on with one: *run_dir is
 * its folder, owned by the caller. The report has the results that are planned;
 * `planned` and `plan` tell of the whole. keeping_fini is owed either way. */
enum err keeping_begin(struct keeping *k, const struct engine_options *o,
                       struct report *report, unsigned planned,
                       const char *plan, char **run_dir);
void keeping_fini(struct keeping *k);

/* Seconds that the run has taken. */
double keeping_wall(const struct keeping *k);

/* Before the first run of a cell, with its lock held: names its content, and
 * fills in what is known of it from before. */
void keeping_recall(struct cell *cell) REQUIRES(cell->lock);

/* After a repeat, without the lock: keeps the cell's result if that is finished
 * now, else this one run, packed. */
enum err keeping_put(struct cell *cell, bool finished, unsigned repeat,
                     const struct buf *packed);

/* One run as bytes; false for what is not worth to be kept: a run that was
 * interrupted, or in which the detector broke. */
bool keeping_pack(struct execution *run, enum outcome o, struct buf *out);

#endif
