/* The threads of a live process as /proc shows them, before any is unwound.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_STACKS_THREADS_H
#define LOCKSTEP_DETECTORS_SUPPORT_STACKS_THREADS_H

#include "detectors/support/stacks.h"

/* Fills in, for s->pid: the threads, by tid, without number and stack; alive,
 * which stays 0 when no thread is left; own_pid. */
void stacks_threads(struct stacks *s);

#endif
