/* What is measured, and in which order.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_PLAN_H
#define LOCKSTEP_BENCH_PLAN_H

#include "base/diag.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/manifest.h"

#include <stddef.h>
#include <stdint.h>

VEC_TYPE(thread_counts, int);

/* 1..cores up to 8 cores; with more the powers of two below, and cores. */
void plan_default_threads(int cores, struct thread_counts *out);

/* How many threads make sense: as many as there are cores, for more would
 * measure the scheduler, but BENCH_MAX_THREADS where they wait for a network
 * rather than for a core. */
int plan_most_threads(enum bench_group group, int cores);

/* Adds what a list such as "1,2,4-8" says, ascending and once each.
 * ERR_INVALID with a message in d for what is no such list, or exceeds `most`.
 */
enum err plan_parse_threads(const char *text, int most,
                            struct thread_counts *out, struct diag *d);

/* The order of round number `round` of n configurations: shuffled, so that
 * what drifts or comes periodically hits all alike; the same for the same
 * seed. order has room for n. */
void plan_order(uint64_t seed, unsigned round, size_t n, size_t *order);

#endif
