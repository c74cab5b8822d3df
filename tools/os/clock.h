/* Time for measuring; not for telling the date.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_CLOCK_H
#define LOCKSTEP_OS_CLOCK_H

/* Seconds since an arbitrary start, CLOCK_MONOTONIC. */
double clock_now(void);

#endif
