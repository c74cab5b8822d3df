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

/* A signal that there is. */
static inline bool signals_valid(int number)
{
    return number > 0 && number < STATE_SIGNALS;
}

/* Its place in a mask. */
static inline uint64_t signals_bit(int number)
{
    return 1ull << (number - 1);
}

/* At the start of an execution. */
void signals_reset(void);

/* A thread is born of parent. */
void signals_inherit(struct thread *t, const struct thread *parent);

/* The object of the search that tells whether it is pending for t, or, where t
 * is NULL, for all. */
uint64_t signals_pending_at(int number, const struct thread *t);

/* The step before a signal is sent to t, or to all: number may be any. */
void signals_send_point(struct thread *t, int number, uint64_t pc);

/* Sends it to one thread, or to whoever does not block it. */
void signals_send_to(struct thread *t, int number, uint64_t pc);
void signals_send_to_all(int number, uint64_t pc);

/* Ends the exploration with a doubt: what comes now could not be followed. */
_Noreturn void signals_refuse(const char *why);

/* Refuses where t has a signal pending that it does not block any more. */
void signals_check_unblocked(const struct thread *t);

/* An action for it was set: refuses where that drops what is pending. */
void signals_check_dropped(int number);

/* The current thread does what raises a signal in itself. */
void signals_raise(int number, const char *what, uint64_t pc);

#endif
