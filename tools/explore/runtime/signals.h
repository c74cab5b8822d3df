/* Signals that the program sends to itself: blocked ones wait until someone
 * takes them by sigwait, those that nothing handles end the program, and a
 * handler runs where it runs for sure, in the thread that raises the signal.
 * What could run in the midst of another thread ends the exploration. Nothing
 * of it is the kernel's.
 * Source of the rules: POSIX.1-2017, 2.4 Signal Concepts; signal(7).
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_SIGNALS_H
#define LOCKSTEP_EXPLORE_RUNTIME_SIGNALS_H

#include "explore/runtime/state.h"

/* At the start of an execution. */
void signals_reset(void);

/* A thread is born of parent. */
void signals_inherit(struct thread *t, const struct thread *parent);

/* The current thread does what raises a signal in itself. */
void signals_raise(int number, const char *what, uint64_t pc);

#endif
