/* Traces as 128-bit prints, and a set of them.
 *
 * The print of an execution is the sum of a hash of each event: of its thread,
 * its count in the thread, its choice, and its vector clock. Equal sets of such
 * events are equal happens-before orders, so the print stands for the
 * Mazurkiewicz trace; the sum does not depend on the order of execution.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_PRINTS_H
#define LOCKSTEP_EXPLORE_SEARCH_PRINTS_H

#include "explore/search/history.h"
#include "explore/search/search.h"

/* Zero-initialise. */
struct prints {
    struct search_print *slot; /* cap of them, a power of two; all 0: free */
    uint64_t n, cap;
    bool full; /* some could not be added */
};

struct search_print prints_of(struct history *h);

/* For history_init. */
void prints_init(struct history *h);

/* Adds one unless it is there, or the arena has no room. */
void prints_add(struct prints *p, struct arena *a, struct search_print print);

#endif
