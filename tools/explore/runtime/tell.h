/* The story of an execution, event by event, for people; only in a replay.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_TELL_H
#define LOCKSTEP_EXPLORE_RUNTIME_TELL_H

#include "explore/runtime/state.h"

/* t does what it was parked before. */
void tell_point(struct thread *t);

/* t does a plain access that is no step. */
void tell_plain(struct thread *t, uint64_t address, size_t n,
                enum event_kind kind, uint64_t pc);

/* What the last event was about is known only now. */
void tell_object(uint64_t object);

/* Completes the values of the last event: at the end of the execution. */
void tell_end(void);

#endif
