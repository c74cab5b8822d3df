/* The repeats of a cell, added by ascending number, whichever ends first: the
 * result does not depend on how many run at a time. Internal to the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_TURNS_H
#define LOCKSTEP_ENGINE_TURNS_H

#include "base/guarded.h"
#include "engine/cell.h"

/* Whether the repeat need not be run: asks the history when it is called first.
 */
bool turns_known(struct cell *cell, unsigned repeat);

/* Takes a run that is over, and adds those whose turn it is. packed gets its
 * form for the history; may be NULL. */
void turns_take(struct cell *cell, unsigned repeat, struct execution *run,
                struct buf *packed) REQUIRES(cell->lock);

/* The same of a run that is known from before. */
void turns_recall(struct cell *cell, unsigned repeat, struct execution *run)
    REQUIRES(cell->lock);

/* Adds all, whatever is missing, with the lock held. */
void turns_end(struct cell *cell);

/* Keeps what was taken: with the last repeat, the result. */
enum err turns_keep(struct cell *cell, unsigned repeat,
                    const struct buf *packed);

#endif
