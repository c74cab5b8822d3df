/* Traces as 128-bit prints (order.h), and a set of them.
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

/* Of the execution in the history, which has an order. */
struct search_print prints_of(struct history *h);

/* An event that was counted in is gone. */
void prints_forget(struct history *h, const struct event *e);

/* Adds that of a step that is taken now, the nth of its thread; the sum is that
 * of the execution when it is closed. */
void prints_step(struct search_print *sum, struct order *o, struct arena *a,
                 const struct op_choice *choice, struct op_step step,
                 uint32_t nth);
struct search_print prints_close(struct search_print sum, uint32_t steps);

/* Adds one unless it is there, or the arena has no room. */
void prints_add(struct prints *p, struct arena *a, struct search_print print);

#endif
