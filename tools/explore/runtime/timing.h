/* Virtual time. A thread's time is what it slept and waited for, and the time
 * of whatever happened before: a Lamport clock in nanoseconds. Sleeping orders
 * nothing. A timed wait may time out by choice as often as the budget of the
 * execution allows, at once if its deadline has passed, and when nothing else
 * in the program can go on.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_TIMING_H
#define LOCKSTEP_EXPLORE_RUNTIME_TIMING_H

#include "explore/runtime/point.h"

#include <time.h>

/* Whether a deadline is one at all. */
bool timing_valid(const struct timespec *t);

/* Adds two choices to p: timing out by choice, and as a last resort; extra adds
 * to each what it touches besides. */
void timing_choices(struct pending *p, clockid_t id,
                    const struct timespec *deadline,
                    void (*extra)(struct pending *p));

/* The deadline by CLOCK_MONOTONIC that is so far away for the current thread.
 */
struct timespec timing_deadline(uint64_t nanoseconds);

/* Timing out was what was chosen, by choice or as the last resort: it is that
 * late now. ETIMEDOUT. */
int timing_out(bool by_choice, clockid_t id, const struct timespec *deadline);

/* The current thread's time by that clock; the number of such calls counts. */
struct timespec timing_now(clockid_t id);

/* The current thread gives way to the others, and is that much later. */
void timing_sleep(uint64_t nanoseconds, uint64_t pc);

#endif
