/* What an execution is found guilty of, and what forbids to call a program
 * verified.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_BUG_H
#define LOCKSTEP_EXPLORE_RUNTIME_BUG_H

#include "explore/runtime/race.h"
#include "explore/shared.h"

struct object;

/* Two accesses of the byte at address that no order parts. */
void bug_race(uint64_t address, const struct race_record *old,
              const struct race_record *now);

/* An access of a byte that was freed before. */
void bug_freed(uint64_t address, const struct race_record *old,
               const struct race_record *now);

/* The operation that the current thread is at is wrong; ends the execution. */
__attribute__((noreturn)) void bug_misuse(const char *what, uint64_t object,
                                          uint64_t pc);

/* The current thread ends and holds o. */
__attribute__((noreturn)) void bug_left_locked(const struct object *o);

/* All threads are blocked: says who waits for whom. */
void bug_stuck(void);

/* The current thread is about to wait: if it waits for itself, by a circle of
 * threads that wait for each other and that no third can break, that is told
 * and ends the execution, whatever the others might still do. */
void bug_check_circle(void);

/* Any other one, at the place where the current thread is. */
void bug_now(enum bug_kind kind, int code, uint64_t pc, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Remembers that nothing may be called verified. name says what raised it. */
void doubt(enum doubt why, const char *name);

/* Keeps a bug, with the schedule of the execution, if it is one that is to be
 * told; whether it ends the execution, and the search unless that makes its
 * schedule simpler. */
bool bug_keep(const struct bug *b);

/* Keeps it, and ends the execution where that, or `ends`, says so: else it goes
 * on, only to see whether there are more. */
void bug_found(const struct bug *b, bool ends);

/* Keeps the schedule of the execution for a bug. */
void bug_keep_schedule(struct bug *b);

#endif
