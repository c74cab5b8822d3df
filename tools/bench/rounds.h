/* The measuring itself.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_ROUNDS_H
#define LOCKSTEP_BENCH_ROUNDS_H

#include "bench/bench.h"

/* Runs the rows of r, which are there, in rounds until they are enough, and
 * keeps their times, the pace, what others used and why it stopped. The server
 * that the kernel fetches from, or NULL, is no other. Errors as of bench_run.
 */
enum err rounds_make(const struct bench_options *o, const struct web *server,
                     struct bench_report *r, struct diag *d);

#endif
