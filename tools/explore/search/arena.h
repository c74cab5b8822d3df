/* The one piece of memory that a search has: a stack that grows from its
 * bottom, and blocks that come and go from its top.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_ARENA_H
#define LOCKSTEP_EXPLORE_SEARCH_ARENA_H

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
void *arena_push(struct arena *a, size_t bytes);

/* Drops what was pushed after low was mark. */
void arena_pop(struct arena *a, char *mark);

/* A block that lives until it is given back, with the size it was taken. */
void *arena_take(struct arena *a, size_t bytes);
void arena_give(struct arena *a, void *block, size_t bytes);

#endif
