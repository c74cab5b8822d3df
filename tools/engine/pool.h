/* Runs numbered pieces of work, so many at a time.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_POOL_H
#define LOCKSTEP_ENGINE_POOL_H

#include <stdbool.h>
#include <stddef.h>

/* What a piece of work holds while it is one of the `jobs`. */
struct slot;

/* Calls work(arg, i, slot) once for each i in [0, n), in rising order of start,
 * at most `jobs` (0 is 1) at a time, not counting those that said that they
 * are idle; returns when all have returned. */
void pool_run(unsigned jobs, size_t n,
              void (*work)(void *arg, size_t i, struct slot *slot), void *arg);

/* Says that the caller only waits and burns no CPU, so that another piece may
 * start meanwhile; or that it is busy again, which never blocks: there may then
 * be one more than `jobs` for a while. By the thread that was given the slot;
 * saying the same twice is no harm; NULL is no slot, and nothing is said. */
void slot_set_idle(struct slot *slot, bool idle);

#endif
