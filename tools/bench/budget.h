/* Which of the things to compute get one more round.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_BUDGET_H
#define LOCKSTEP_BENCH_BUDGET_H

#include "bench/bench.h"

/* Fills active, one for each work of r: those for which `wanted` is true and
 * whose costs together are at most `left` seconds; where they are more, the
 * dearest stay out. Returns how many are active. */
size_t budget_choose(const struct bench_report *r, const bool *wanted,
                     double left, bool *active);

#endif
