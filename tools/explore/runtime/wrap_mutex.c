/* The functions of POSIX mutexes. Before main there is one thread, and they
 * have nothing to do.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/early.h"
#include "explore/runtime/mutex.h"
#include "explore/runtime/spin.h"

#define PC ((uint64_t)__builtin_return_address(0))

#define BODY __attribute__((used, noinline))

SPIN_ENTRY(__wrap_pthread_mutex_lock)
BODY int __wrap_pthread_mutex_lock_body(pthread_mutex_t *m);
BODY int __wrap_pthread_mutex_lock_body(pthread_mutex_t *m)
{
    return active() ? mutex_lock(m, PC) : early_lock(1);
}

int __wrap_pthread_mutex_trylock(pthread_mutex_t *m);
int __wrap_pthread_mutex_trylock(pthread_mutex_t *m)
{
    return active() ? mutex_trylock(m, PC) : early_lock(1);
}

int __wrap_pthread_mutex_timedlock(pthread_mutex_t *m,
                                   const struct timespec *deadline);
int __wrap_pthread_mutex_timedlock(pthread_mutex_t *m,
                                   const struct timespec *deadline)
{
    return active() ? mutex_timedlock(m, CLOCK_REALTIME, deadline, PC)
                    : early_lock(1);
}

int __wrap_pthread_mutex_clocklock(pthread_mutex_t *m, clockid_t id,
                                   const struct timespec *deadline);
int __wrap_pthread_mutex_clocklock(pthread_mutex_t *m, clockid_t id,
                                   const struct timespec *deadline)
{
    return active() ? mutex_timedlock(m, id, deadline, PC) : early_lock(1);
}

int __wrap_pthread_mutex_unlock(pthread_mutex_t *m);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *m)
{
    return active() ? mutex_unlock(m, PC) : early_lock(-1);
}

int __wrap_pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *a);
int __wrap_pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *a)
{
    int type = PTHREAD_MUTEX_NORMAL, robust = PTHREAD_MUTEX_STALLED;
    int error = pthread_mutex_init(m, a);
    if (error || !active())
        return error;
    if (a) {
        pthread_mutexattr_gettype(a, &type);
        pthread_mutexattr_getrobust(a, &robust);
    }
    mutex_init(m, type, robust == PTHREAD_MUTEX_ROBUST, PC);
    return 0;
}

int __wrap_pthread_mutex_destroy(pthread_mutex_t *m);
int __wrap_pthread_mutex_destroy(pthread_mutex_t *m)
{
    return active() ? mutex_destroy(m, PC) : 0;
}

int __wrap_pthread_mutex_consistent(pthread_mutex_t *m);
int __wrap_pthread_mutex_consistent(pthread_mutex_t *m)
{
    return active() ? mutex_consistent(m, PC) : 0;
}
