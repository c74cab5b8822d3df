/* The one piece of memory that a search has: a stack that grows from its
 * bottom, and blocks that come and go from its top.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_ARENA_H
#define LOCKSTEP_EXPLORE_SEARCH_ARENA_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>

#define ARENA_SIZES 48

struct arena {
    char *low, *high;         /* what is between is free */
    void *spare[ARENA_SIZES]; /* blocks given back, by the log of their size */
    bool full;                /* something did not fit, ever */
};

/* Aligned for any type, not zeroed; NULL, and full is set, when it does not
 * fit. */
static inline void *arena_push(struct arena *a, size_t bytes)
{
    const size_t unit = alignof(max_align_t);
    bytes = (bytes + unit - 1) / unit * unit;
    if ((size_t)(a->high - a->low) < bytes) {
        a->full = true;
        return NULL;
    }
    void *block = a->low;
    a->low += bytes;
    return block;
}

/* Drops what was pushed after low was mark. */
void arena_pop(struct arena *a, char *mark);

/* A block that lives until it is given back, with the size it was taken. */
void *arena_take(struct arena *a, size_t bytes);
void arena_give(struct arena *a, void *block, size_t bytes);

#endif
