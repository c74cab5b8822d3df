/* How fast the processor is now.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_PACE_H
#define LOCKSTEP_BENCH_PACE_H

/* Seconds that a fixed chain of multiplications takes, each of which waits for
 * the one before: clock ticks, whatever else the code of the kernels does. The
 * best of a few short tries, so that an interrupt does not count. About a
 * third of a millisecond in all. */
double pace_measure(void);

#endif
