/* What is to happen later: a binary heap, soonest first.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_SERVER_TIMERS_H
#define LOCKSTEP_BENCH_SERVER_TIMERS_H

#include "base/vec.h"

#include <time.h>

struct timer {
    double due; /* seconds, as of clock_now */
    void *what; /* borrowed */
};

/* Zero-initialise; vec_fini frees. v[0] is the soonest. */
VEC_TYPE(timers, struct timer);

void timers_add(struct timers *t, double due, void *what);

/* Takes the soonest out, if it is due; NULL if none is. */
void *timers_take(struct timers *t, double now);

/* From now until due, and a nanosecond: a timer that is set to nothing is off.
 * What is overdue is due at once. */
struct timespec timers_until(double due, double now);

#endif
