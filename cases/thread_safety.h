/* Tells clang's thread-safety analysis what the locks of POSIX and C11 threads
 * are, and gives it words for what a program means them to guard:
 *
 *     #include "thread_safety.h"
 *
 *     static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
 *     static long counter GUARDED_BY(lock);
 *
 *     clang -fsyntax-only -Wthread-safety -Wthread-safety-beta -I DIR a.c
 *
 * No wrapper is needed, and it is for any project: one file, no other compiler
 * sees more of it than <pthread.h>. With `-include thread_safety.h` the sources
 * stay as they are, and double locks, forgotten unlocks and waits without the
 * lock are found. C11 locks are known where <threads.h> was included before, or
 * with -DTHREAD_SAFETY_C11.
 *
 * A trylock counts as held where its result was seen to be 0. Mutexes that may
 * be locked twice by one thread, and robust ones, are not told apart.
 * SPDX-License-Identifier: MIT */
#ifndef THREAD_SAFETY_H
#define THREAD_SAFETY_H

#include <pthread.h>
#ifdef THREAD_SAFETY_C11
#include <threads.h>
#endif

#if defined __clang__ && defined __has_attribute
#if __has_attribute(acquire_capability)
#define THREAD_SAFETY(...) __attribute__((__VA_ARGS__))
#endif
#endif
#ifndef THREAD_SAFETY
#define THREAD_SAFETY(...)
#define THREAD_SAFETY_NONE
#endif

/* Of data: the lock that must be held to touch it, or what it points to. */
#define GUARDED_BY(lock) THREAD_SAFETY(guarded_by(lock))
#define PT_GUARDED_BY(lock) THREAD_SAFETY(pt_guarded_by(lock))

/* Of a lock: those that are taken first, or later, if both are held. */
#define ACQUIRED_AFTER(...) THREAD_SAFETY(acquired_after(__VA_ARGS__))
#define ACQUIRED_BEFORE(...) THREAD_SAFETY(acquired_before(__VA_ARGS__))

/* Of a function: its caller holds the lock, for reading at least, or must not;
 * it returns with the lock taken, or given back. */
#define REQUIRES(...) THREAD_SAFETY(requires_capability(__VA_ARGS__))
#define REQUIRES_SHARED(...)                                                   \
    THREAD_SAFETY(requires_shared_capability(__VA_ARGS__))
#define EXCLUDES(...) THREAD_SAFETY(locks_excluded(__VA_ARGS__))
#define ACQUIRE(...) THREAD_SAFETY(acquire_capability(__VA_ARGS__))
#define ACQUIRE_SHARED(...)                                                    \
    THREAD_SAFETY(acquire_shared_capability(__VA_ARGS__))
#define TRY_ACQUIRE(...) THREAD_SAFETY(try_acquire_capability(__VA_ARGS__))
#define TRY_ACQUIRE_SHARED(...)                                                \
    THREAD_SAFETY(try_acquire_shared_capability(__VA_ARGS__))
#define RELEASE(...) THREAD_SAFETY(release_capability(__VA_ARGS__))
#define RELEASE_ANY(...) THREAD_SAFETY(release_generic_capability(__VA_ARGS__))
#define NO_THREAD_SAFETY_ANALYSIS THREAD_SAFETY(no_thread_safety_analysis)

#ifndef THREAD_SAFETY_NONE
typedef pthread_mutex_t pthread_mutex_t THREAD_SAFETY(capability("mutex"));
typedef pthread_rwlock_t pthread_rwlock_t THREAD_SAFETY(capability("rwlock"));
typedef pthread_spinlock_t
    pthread_spinlock_t THREAD_SAFETY(capability("spin lock"));

int pthread_mutex_lock(pthread_mutex_t *m) ACQUIRE(*m);
int pthread_mutex_trylock(pthread_mutex_t *m) TRY_ACQUIRE(0, *m);
int pthread_mutex_timedlock(pthread_mutex_t *m, const struct timespec *until)
    TRY_ACQUIRE(0, *m);
int pthread_mutex_unlock(pthread_mutex_t *m) RELEASE(*m);
int pthread_mutex_destroy(pthread_mutex_t *m) EXCLUDES(*m);
int pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m) REQUIRES(*m);
int pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
                           const struct timespec *until) REQUIRES(*m);

int pthread_rwlock_rdlock(pthread_rwlock_t *l) ACQUIRE_SHARED(*l);
int pthread_rwlock_tryrdlock(pthread_rwlock_t *l) TRY_ACQUIRE_SHARED(0, *l);
int pthread_rwlock_timedrdlock(pthread_rwlock_t *l,
                               const struct timespec *until)
    TRY_ACQUIRE_SHARED(0, *l);
int pthread_rwlock_wrlock(pthread_rwlock_t *l) ACQUIRE(*l);
int pthread_rwlock_trywrlock(pthread_rwlock_t *l) TRY_ACQUIRE(0, *l);
int pthread_rwlock_timedwrlock(pthread_rwlock_t *l,
                               const struct timespec *until) TRY_ACQUIRE(0, *l);
int pthread_rwlock_unlock(pthread_rwlock_t *l) RELEASE_ANY(*l);
int pthread_rwlock_destroy(pthread_rwlock_t *l) EXCLUDES(*l);

int pthread_spin_lock(pthread_spinlock_t *l) ACQUIRE(*l);
int pthread_spin_trylock(pthread_spinlock_t *l) TRY_ACQUIRE(0, *l);
int pthread_spin_unlock(pthread_spinlock_t *l) RELEASE(*l);
int pthread_spin_destroy(pthread_spinlock_t *l) EXCLUDES(*l);

#if defined thrd_success || defined _THREADS_H
typedef mtx_t mtx_t THREAD_SAFETY(capability("mutex"));

int mtx_lock(mtx_t *m) ACQUIRE(*m);
int mtx_trylock(mtx_t *m) TRY_ACQUIRE(0, *m);
int mtx_timedlock(mtx_t *restrict m, const struct timespec *restrict until)
    TRY_ACQUIRE(0, *m);
int mtx_unlock(mtx_t *m) RELEASE(*m);
void mtx_destroy(mtx_t *m) EXCLUDES(*m);
int cnd_wait(cnd_t *c, mtx_t *m) REQUIRES(*m);
int cnd_timedwait(cnd_t *restrict c, mtx_t *restrict m,
                  const struct timespec *restrict until) REQUIRES(*m);
#endif
#endif

#endif
