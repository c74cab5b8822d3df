/* The functions of POSIX condition variables.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/cond.h"
#include "explore/runtime/state.h"

#define PC ((uint64_t)__builtin_return_address(0))

int __wrap_pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m);
int __wrap_pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m)
{
    return active() ? cond_wait(c, m, 0, NULL, PC) : 0;
}

int __wrap_pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
                                  const struct timespec *deadline);
int __wrap_pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
                                  const struct timespec *deadline)
{
    if (!active())
        return 0;
    return cond_wait(c, m, cond_clock(c, PC), deadline, PC);
}

int __wrap_pthread_cond_clockwait(pthread_cond_t *c, pthread_mutex_t *m,
                                  clockid_t id,
                                  const struct timespec *deadline);
int __wrap_pthread_cond_clockwait(pthread_cond_t *c, pthread_mutex_t *m,
                                  clockid_t id, const struct timespec *deadline)
{
    return active() ? cond_wait(c, m, id, deadline, PC) : 0;
}

int __wrap_pthread_cond_signal(pthread_cond_t *c);
int __wrap_pthread_cond_signal(pthread_cond_t *c)
{
    if (active())
        cond_signal(c, PC);
    return 0;
}

int __wrap_pthread_cond_broadcast(pthread_cond_t *c);
int __wrap_pthread_cond_broadcast(pthread_cond_t *c)
{
    if (active())
        cond_broadcast(c, PC);
    return 0;
}

int __wrap_pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *a);
int __wrap_pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *a)
{
    clockid_t id = CLOCK_REALTIME;
    int error = pthread_cond_init(c, a);
    if (error || !active())
        return error;
    if (a)
        pthread_condattr_getclock(a, &id);
    cond_init(c, id, sizeof *c, PC);
    return 0;
}

int __wrap_pthread_cond_destroy(pthread_cond_t *c);
int __wrap_pthread_cond_destroy(pthread_cond_t *c)
{
    if (active())
        cond_destroy(c, sizeof *c, PC);
    return 0;
}
