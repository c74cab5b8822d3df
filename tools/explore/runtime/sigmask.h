/* Sets of signals as bits, of which a thread's mask is one.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_SIGMASK_H
#define LOCKSTEP_EXPLORE_RUNTIME_SIGMASK_H

#include <signal.h>
#include <stdint.h>

/* Bit n - 1 stands for signal n: see signals_bit. */
uint64_t sigmask_bits(const sigset_t *set);
void sigmask_give(sigset_t *set, uint64_t bits);

#endif
