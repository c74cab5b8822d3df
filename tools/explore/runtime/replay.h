/* One given schedule, exactly: each thread is parked before the very hook that
 * the schedule names, whatever is visible.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_REPLAY_H
#define LOCKSTEP_EXPLORE_RUNTIME_REPLAY_H

#include "explore/runtime/state.h"

/* Before an execution: shared->replay is what to do. */
void replay_begin(void);

/* Whether the plain access that t is about to make is one to park before. */
bool replay_stops(const struct thread *t);

/* t is about to live: where it stops first. */
void replay_start(struct thread *t);

/* As search_pick. After the end of the schedule, the thread that ran goes on as
 * long as it can, then the one with the lowest number. */
enum search_answer replay_pick(struct op_step *step);

#endif
