/* The repeats of a cell, added by ascending number.
 * SPDX-License-Identifier: MIT */
#include "engine/turns.h"

#include "engine/keeping.h"

#include <stdlib.h>

/* The waiting run of the least repeat. */
static size_t first_waiting(const struct cell *cell)
{
    size_t first = 0;
    for (size_t i = 1; i < cell->waiting.n; i++)
        if (cell->waiting.v[i].repeat < cell->waiting.v[first].repeat)
            first = i;
    return first;
}

/* Adds those whose turn it is, or all. */
static void add_waiting(struct cell *cell, bool all)
{
    while (cell->waiting.n > 0) {
        size_t i = first_waiting(cell);
        struct ended e = cell->waiting.v[i];
        if (!all && e.repeat != cell->added)
            break;
        cell->waiting.v[i] = cell->waiting.v[--cell->waiting.n];
        cell->added = e.repeat + 1;
        cell_add_run(cell, &e);
        execution_fini(&e.run);
    }
}

void turns_end(struct cell *cell)
{
    add_waiting(cell, true);
}

void turns_take(struct cell *cell, unsigned repeat, struct execution *run,
                struct buf *packed)
{
    struct ended e = cell_judge(cell, repeat, run);
    if (packed && cell->keeping)
        keeping_pack(&e.run, e.outcome, packed);
    cell->over += e.outcome != OUTCOME_CANCELLED;
    vec_push(&cell->waiting, e);
    add_waiting(cell, false);
}

void turns_recall(struct cell *cell, unsigned repeat, struct execution *run)
{
    if (!cell->known)
        cell->known = mem_new(cell->repeats, sizeof *cell->known);
    cell->known[repeat] = true;
    turns_take(cell, repeat, run, NULL);
}

bool turns_known(struct cell *cell, unsigned repeat)
{
    pthread_mutex_lock(&cell->lock);
    if (!cell->recalled)
        keeping_recall(cell);
    cell->recalled = true;
    bool known = cell->finished || (cell->known && cell->known[repeat]);
    pthread_mutex_unlock(&cell->lock);
    return known;
}

enum err turns_keep(struct cell *cell, unsigned repeat,
                    const struct buf *packed)
{
    pthread_mutex_lock(&cell->lock);
    bool last = cell->over == cell->repeats && !cell->finished;
    if (last)
        cell_finish(cell);
    bool wanted = last || !cell->finished;
    pthread_mutex_unlock(&cell->lock);
    return wanted ? keeping_put(cell, last, repeat, packed) : ERR_OK;
}
