/* What pictures of measurements share.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_PICTURE_NOTE_H
#define LOCKSTEP_BENCH_PICTURE_NOTE_H

#include "bench/bench.h"

/* The footnote: the computer, the compilers, from how many samples a figure is,
 * what speaks against the figures. marks: they may hide an interval. Owned by
 * the caller. */
char *picture_note(const struct bench_report *r, size_t fewest, size_t most,
                   bool marks);

/* The kernel without its folder: "sum-of-squares". */
const char *picture_kernel(const struct bench_report *r);

/* The most threads that any row with samples has. */
int picture_most_threads(const struct bench_report *r);

/* "2 threads"; owned. */
char *picture_threads(int n);

/* A unit in which the largest time of a picture has digits before the point. */
struct picture_unit {
    const char *name;
    double seconds;
};

struct picture_unit picture_unit(double largest);

#endif
