/* C11 threads, mutexes and conditions, by what POSIX ones are made of: glibc's
 * types are the same underneath, too.
 * Source of the rules: C17 7.26.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/cond.h"
#include "explore/runtime/early.h"
#include "explore/runtime/keys.h"
#include "explore/runtime/mutex.h"
#include "explore/runtime/race.h"
#include "explore/runtime/spin.h"
#include "explore/runtime/threads.h"
#include "explore/runtime/timing.h"

#include <errno.h>
#include <string.h>
#include <threads.h>

#define PC ((uint64_t)__builtin_return_address(0))

static int result_of(int error)
{
    return error == 0           ? thrd_success
           : error == EBUSY     ? thrd_busy
           : error == ETIMEDOUT ? thrd_timedout
           : error == ENOMEM    ? thrd_nomem
                                : thrd_error;
}

int __wrap_thrd_create(thrd_t *id, thrd_start_t run, void *argument);
int __wrap_thrd_create(thrd_t *id, thrd_start_t run, void *argument)
{
    if (!active())
        thread_foreign();
    struct threads_new n = {.run_c11 = run, .argument = argument, .pc = PC};
    return result_of(threads_create(id, &n));
}

int __wrap_thrd_join(thrd_t id, int *result);
int __wrap_thrd_join(thrd_t id, int *result)
{
    void *value = NULL;
    if (!active())
        return thrd_error;
    int error = threads_join(id, &value, PC);
    if (result && !error) {
        access_plain((uint64_t)result, sizeof *result, EVENT_WRITE, PC);
        *result = (int)(intptr_t)value;
    }
    return result_of(error);
}

int __wrap_thrd_detach(thrd_t id);
int __wrap_thrd_detach(thrd_t id)
{
    return active() ? result_of(threads_detach(id, PC)) : thrd_error;
}

void __wrap_thrd_exit(int result) __attribute__((noreturn));
void __wrap_pthread_exit(void *result) __attribute__((noreturn));
void __wrap_thrd_exit(int result)
{
    __wrap_pthread_exit((void *)(intptr_t)result);
}

int __wrap_thrd_sleep(const struct timespec *t, struct timespec *left);
int __wrap_thrd_sleep(const struct timespec *t, struct timespec *left)
{
    (void)left;
    if (active())
        timing_sleep((uint64_t)t->tv_sec * 1000000000u + (uint64_t)t->tv_nsec,
                     PC);
    return 0;
}

void __wrap_thrd_yield(void);
void __wrap_thrd_yield(void)
{
    if (active())
        timing_sleep(0, PC);
}

static pthread_mutex_t *posix(mtx_t *m)
{
    return (pthread_mutex_t *)(uintptr_t)m;
}

int __wrap_mtx_init(mtx_t *m, int type);
int __wrap_mtx_init(mtx_t *m, int type)
{
    int error = mtx_init(m, type);
    if (error != thrd_success || !active())
        return error;
    mutex_init(posix(m),
               type & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE
                                    : PTHREAD_MUTEX_NORMAL,
               false, PC);
    return thrd_success;
}

SPIN_ENTRY(__wrap_mtx_lock)
__attribute__((used, noinline)) int __wrap_mtx_lock_body(mtx_t *m);
int __wrap_mtx_lock_body(mtx_t *m)
{
    return active() ? result_of(mutex_lock(posix(m), PC)) : early_lock(1);
}

int __wrap_mtx_trylock(mtx_t *m);
int __wrap_mtx_trylock(mtx_t *m)
{
    return active() ? result_of(mutex_trylock(posix(m), PC)) : early_lock(1);
}

int __wrap_mtx_timedlock(mtx_t *m, const struct timespec *deadline);
int __wrap_mtx_timedlock(mtx_t *m, const struct timespec *deadline)
{
    if (!active())
        return early_lock(1);
    return result_of(mutex_timedlock(posix(m), CLOCK_REALTIME, deadline, PC));
}

int __wrap_mtx_unlock(mtx_t *m);
int __wrap_mtx_unlock(mtx_t *m)
{
    return active() ? result_of(mutex_unlock(posix(m), PC)) : early_lock(-1);
}

void __wrap_mtx_destroy(mtx_t *m);
void __wrap_mtx_destroy(mtx_t *m)
{
    if (active())
        mutex_destroy(posix(m), PC);
}

int __wrap_cnd_init(cnd_t *c);
int __wrap_cnd_init(cnd_t *c)
{
    int error = cnd_init(c);
    if (error == thrd_success && active())
        cond_init(c, CLOCK_REALTIME, sizeof *c, PC);
    return error;
}

int __wrap_cnd_wait(cnd_t *c, mtx_t *m);
int __wrap_cnd_wait(cnd_t *c, mtx_t *m)
{
    if (!active())
        return thrd_success;
    return result_of(cond_wait(c, posix(m), CLOCK_REALTIME, NULL, PC));
}

int __wrap_cnd_timedwait(cnd_t *c, mtx_t *m, const struct timespec *deadline);
int __wrap_cnd_timedwait(cnd_t *c, mtx_t *m, const struct timespec *deadline)
{
    if (!active())
        return thrd_success;
    return result_of(cond_wait(c, posix(m), CLOCK_REALTIME, deadline, PC));
}

int __wrap_cnd_signal(cnd_t *c);
int __wrap_cnd_signal(cnd_t *c)
{
    if (active())
        cond_signal(c, PC);
    return thrd_success;
}

int __wrap_cnd_broadcast(cnd_t *c);
int __wrap_cnd_broadcast(cnd_t *c)
{
    if (active())
        cond_broadcast(c, PC);
    return thrd_success;
}

void __wrap_cnd_destroy(cnd_t *c);
void __wrap_cnd_destroy(cnd_t *c)
{
    if (active())
        cond_destroy(c, sizeof *c, PC);
}

int __wrap_pthread_key_create(pthread_key_t *key, void (*destroy)(void *));
int __wrap_pthread_key_delete(pthread_key_t key);
void *__wrap_pthread_getspecific(pthread_key_t key);
int __wrap_pthread_setspecific(pthread_key_t key, const void *value);

int __wrap_tss_create(tss_t *key, tss_dtor_t destroy);
int __wrap_tss_create(tss_t *key, tss_dtor_t destroy)
{
    return result_of(__wrap_pthread_key_create(key, destroy));
}

void __wrap_tss_delete(tss_t key);
void __wrap_tss_delete(tss_t key)
{
    __wrap_pthread_key_delete(key);
}

void *__wrap_tss_get(tss_t key);
void *__wrap_tss_get(tss_t key)
{
    return __wrap_pthread_getspecific(key);
}

int __wrap_tss_set(tss_t key, void *value);
int __wrap_tss_set(tss_t key, void *value)
{
    return result_of(__wrap_pthread_setspecific(key, value));
}
