/* Vector clocks of one execution: how much of each thread has happened before.
 * Fidge 1988, Mattern 1989; epochs as of FastTrack (Flanagan, Freund 2009).
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_CLOCK_H
#define LOCKSTEP_EXPLORE_RUNTIME_CLOCK_H

#include "explore/shared.h"

#include <stdint.h>

/* n is how many entries may differ from 0. vtime is virtual time, nanoseconds:
 * it is joined as the entries are, as a Lamport clock. */
struct clock {
    uint32_t n;
    uint64_t vtime;
    uint32_t at[SHARED_THREADS];
};

/* All of it happened before nothing. */
static inline void clock_clear(struct clock *c)
{
    c->n = 0;
    c->vtime = 0;
}

static inline uint32_t clock_of(const struct clock *c, uint32_t thread)
{
    return thread < c->n ? c->at[thread] : 0;
}

/* Sets one entry. */
void clock_set(struct clock *c, uint32_t thread, uint32_t value);

/* What happened before `from` has happened before c, too. */
void clock_join(struct clock *c, const struct clock *from);

/* c becomes equal to `from`. */
void clock_copy(struct clock *c, const struct clock *from);

#endif
