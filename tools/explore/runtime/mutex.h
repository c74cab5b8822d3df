/* Mutexes, as the condition variables and the ends of threads need them.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_MUTEX_H
#define LOCKSTEP_EXPLORE_RUNTIME_MUTEX_H

#include "explore/runtime/object.h"
#include "explore/runtime/point.h"

#include <pthread.h>
#include <time.h>

/* What the functions of POSIX do, for a call at pc in an execution. type is one
 * of PTHREAD_MUTEX_*. */
int mutex_lock(pthread_mutex_t *m, uint64_t pc);
int mutex_trylock(pthread_mutex_t *m, uint64_t pc);
int mutex_timedlock(pthread_mutex_t *m, clockid_t id,
                    const struct timespec *deadline, uint64_t pc);
int mutex_unlock(pthread_mutex_t *m, uint64_t pc);
void mutex_init(pthread_mutex_t *m, int type, bool robust, uint64_t pc);
int mutex_destroy(pthread_mutex_t *m, uint64_t pc);
int mutex_consistent(pthread_mutex_t *m, uint64_t pc);

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
