/* What is to happen later: a binary heap, soonest first.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_SERVER_TIMERS_H
#define LOCKSTEP_BENCH_SERVER_TIMERS_H

#include "base/vec.h"

struct timer {
    double due; /* seconds, as of clock_now */
    void *what; /* borrowed */
};

/* Zero-initialise; vec_fini frees. v[0] is the soonest. */
VEC_TYPE(timers, struct timer);

void timers_add(struct timers *t, double due, void *what);

/* Takes the soonest out, if it is due; NULL if none is. */
void *timers_take(struct timers *t, double now);

#endif
