/* Mutexes, as the condition variables and the ends of threads need them.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_MUTEX_H
#define LOCKSTEP_EXPLORE_RUNTIME_MUTEX_H

#include "explore/runtime/object.h"
#include "explore/runtime/point.h"

/* Adds to the latest choice what locking o touches. */
void mutex_touch_lock(struct pending *p, struct object *o);

/* The current thread, whose turn it is, locks o, which it can; what
 * pthread_mutex_lock returns. */
int mutex_take(struct object *o, uint64_t pc);

/* The current thread gives up o altogether. */
void mutex_give(struct object *o);

/* That thread has come to its end: what of its robust mutexes. */
void mutex_owner_ended(uint32_t thread);

#endif
