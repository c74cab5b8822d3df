/* The configurations of a measurement, and the programs for them.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_ROWS_H
#define LOCKSTEP_BENCH_ROWS_H

#include "bench/bench.h"

/* Builds all programs into dir and adds the rows, those of the base first, and
 * what has to be skipped. r->works and r->base are there already. ERR_INVALID
 * with messages if a source does not build or the thread list is wrong,
 * ERR_UNSUPPORTED if nothing can be measured. */
enum err rows_make(const struct bench_options *o, const char *dir,
                   struct bench_report *r, struct diag *d);

/* Adds the reasons to doubt the figures to r->warnings. */
void noise_judge(struct bench_report *r);

#endif
