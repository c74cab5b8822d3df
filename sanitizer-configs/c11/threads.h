/* C11 threads as a thin layer over POSIX threads, for detectors that do not
 * know the former. Found before the system's header (cc -I this folder), it
 * gives a program the names of <threads.h> with the numbers and return codes of
 * glibc 2.36, which makes C11 threads of POSIX ones too.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_C11_THREADS_H
#define LOCKSTEP_C11_THREADS_H

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#define thread_local _Thread_local
#define ONCE_FLAG_INIT PTHREAD_ONCE_INIT
#define TSS_DTOR_ITERATIONS PTHREAD_DESTRUCTOR_ITERATIONS

enum { thrd_success, thrd_busy, thrd_error, thrd_nomem, thrd_timedout };
enum { mtx_plain = 0, mtx_recursive = 1, mtx_timed = 2 };

typedef pthread_t thrd_t;
typedef pthread_mutex_t mtx_t;
typedef pthread_cond_t cnd_t;
typedef pthread_key_t tss_t;
typedef pthread_once_t once_flag;
typedef int (*thrd_start_t)(void *);
typedef void (*tss_dtor_t)(void *);

static inline int lockstep_thrd_result(int error)
{
    return error == 0           ? thrd_success
           : error == EBUSY     ? thrd_busy
           : error == ENOMEM    ? thrd_nomem
           : error == ETIMEDOUT ? thrd_timedout
                                : thrd_error;
}

/* ---- threads ---- */

/* A C11 thread returns an int, a POSIX thread a pointer. */
struct lockstep_thrd {
    thrd_start_t start;
    void *argument;
};

static inline void *lockstep_thrd_run(void *memory)
{
    struct lockstep_thrd thread = *(struct lockstep_thrd *)memory;
    free(memory);
    return (void *)(intptr_t)thread.start(thread.argument);
}

static inline int thrd_create(thrd_t *thread, thrd_start_t start,
                              void *argument)
{
    struct lockstep_thrd *memory = malloc(sizeof *memory);
    if (!memory)
        return thrd_nomem;
    *memory = (struct lockstep_thrd){start, argument};
    int error = pthread_create(thread, NULL, lockstep_thrd_run, memory);
    if (error)
        free(memory);
    return lockstep_thrd_result(error);
}

static inline int thrd_join(thrd_t thread, int *result)
{
    void *value;
    int error = pthread_join(thread, &value);
    if (!error && result)
        *result = (int)(intptr_t)value;
    return lockstep_thrd_result(error);
}

static inline int thrd_detach(thrd_t thread)
{
    return lockstep_thrd_result(pthread_detach(thread));
}

_Noreturn static inline void thrd_exit(int result)
{
    pthread_exit((void *)(intptr_t)result);
}

static inline thrd_t thrd_current(void)
{
    return pthread_self();
}

static inline int thrd_equal(thrd_t a, thrd_t b)
{
    return pthread_equal(a, b);
}

static inline void thrd_yield(void)
{
    sched_yield();
}

/* 0, or -1 if a signal came, or another negative number. */
static inline int thrd_sleep(const struct timespec *time,
                             struct timespec *remaining)
{
    int error = clock_nanosleep(CLOCK_REALTIME, 0, time, remaining);
    return error == 0 ? 0 : error == EINTR ? -1 : -2;
}

/* ---- mutexes ---- */

/* glibc takes any other number for mtx_plain. */
static inline int mtx_init(mtx_t *mutex, int type)
{
    int recursive = (type & ~mtx_timed) == mtx_recursive;
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, recursive ? PTHREAD_MUTEX_RECURSIVE
                                               : PTHREAD_MUTEX_NORMAL);
    int error = pthread_mutex_init(mutex, &attr);
    pthread_mutexattr_destroy(&attr);
    return lockstep_thrd_result(error);
}

static inline int mtx_lock(mtx_t *mutex)
{
    return lockstep_thrd_result(pthread_mutex_lock(mutex));
}

static inline int mtx_trylock(mtx_t *mutex)
{
    return lockstep_thrd_result(pthread_mutex_trylock(mutex));
}

/* until: an absolute time by TIME_UTC */
static inline int mtx_timedlock(mtx_t *mutex, const struct timespec *until)
{
    return lockstep_thrd_result(pthread_mutex_timedlock(mutex, until));
}

static inline int mtx_unlock(mtx_t *mutex)
{
    return lockstep_thrd_result(pthread_mutex_unlock(mutex));
}

static inline void mtx_destroy(mtx_t *mutex)
{
    pthread_mutex_destroy(mutex);
}

/* ---- condition variables ---- */

static inline int cnd_init(cnd_t *condition)
{
    return lockstep_thrd_result(pthread_cond_init(condition, NULL));
}

static inline int cnd_signal(cnd_t *condition)
{
    return lockstep_thrd_result(pthread_cond_signal(condition));
}

static inline int cnd_broadcast(cnd_t *condition)
{
    return lockstep_thrd_result(pthread_cond_broadcast(condition));
}

static inline int cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    return lockstep_thrd_result(pthread_cond_wait(condition, mutex));
}

static inline int cnd_timedwait(cnd_t *condition, mtx_t *mutex,
                                const struct timespec *until)
{
    return lockstep_thrd_result(
        pthread_cond_timedwait(condition, mutex, until));
}

static inline void cnd_destroy(cnd_t *condition)
{
    pthread_cond_destroy(condition);
}

/* ---- storage of a thread's own, and what is done once ---- */

static inline int tss_create(tss_t *key, tss_dtor_t destructor)
{
    return lockstep_thrd_result(pthread_key_create(key, destructor));
}

static inline void *tss_get(tss_t key)
{
    return pthread_getspecific(key);
}

static inline int tss_set(tss_t key, void *value)
{
    return lockstep_thrd_result(pthread_setspecific(key, value));
}

static inline void tss_delete(tss_t key)
{
    pthread_key_delete(key);
}

static inline void call_once(once_flag *flag, void (*function)(void))
{
    pthread_once(flag, function);
}

#endif
