/* What speed-ups say of a program: its serial part, and when threads pay.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_SCALING_H
#define LOCKSTEP_BENCH_SCALING_H

#include "bench/stats.h"

/* The experimentally determined serial fraction of a speed-up by that many
 * threads, more than one: (1/S - 1/p) / (1 - 1/p) (Karp & Flatt, Measuring
 * Parallel Processor Performance, CACM 33(5), 1990). It grows with p where
 * overhead does; below 0 the speed-up is superlinear. */
double scaling_serial_fraction(double speedup, int threads);

/* The speed-up measured at one size. */
struct scaling_point {
    double size, speedup;
    struct stats_interval interval;
};

/* The index of the point from which on all intervals are above 1, of n points
 * whose sizes ascend; n if there is none. */
size_t scaling_break_even(const struct scaling_point *p, size_t n);

/* The size between points a and b where the speed-up passes 1 upwards, by a
 * straight line through both of log speed-up over log size; 0 if it does not.
 */
double scaling_crossing(const struct scaling_point *a,
                        const struct scaling_point *b);

#endif
