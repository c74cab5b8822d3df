/* Preloaded into a program: notes who holds which lock since where, so that a
 * program that hangs can be explained from outside (see watch/locks.h).
 *
 * Each function here stands before the C library's own of that name, calls it,
 * and writes down what came of it; results and errno are the library's. The
 * C library's mtx_* and cnd_* call its inner functions, not these, and so have
 * wrappers of their own.
 * SPDX-License-Identifier: MIT */
#include "rows.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>

/* libgomp's, whose header is not needed to pass them on. */
struct omp_lock;

/* X(result, name, parameters, arguments) */
#define TAKE_LIST(X)                                                           \
    X(int, pthread_mutex_lock, (pthread_mutex_t * l), (l))                     \
    X(int, pthread_mutex_trylock, (pthread_mutex_t * l), (l))                  \
    X(int, pthread_mutex_timedlock,                                            \
      (pthread_mutex_t *restrict l, const struct timespec *restrict t),        \
      (l, t))                                                                  \
    X(int, pthread_mutex_clocklock,                                            \
      (pthread_mutex_t *restrict l, clockid_t c,                               \
       const struct timespec *restrict t),                                     \
      (l, c, t))                                                               \
    X(int, mtx_lock, (mtx_t * l), (l))                                         \
    X(int, mtx_trylock, (mtx_t * l), (l))                                      \
    X(int, mtx_timedlock,                                                      \
      (mtx_t *restrict l, const struct timespec *restrict t), (l, t))

#define WRITE_LIST(X)                                                          \
    X(int, pthread_rwlock_wrlock, (pthread_rwlock_t * l), (l))                 \
    X(int, pthread_rwlock_trywrlock, (pthread_rwlock_t * l), (l))              \
    X(int, pthread_rwlock_timedwrlock,                                         \
      (pthread_rwlock_t *restrict l, const struct timespec *restrict t),       \
      (l, t))                                                                  \
    X(int, pthread_rwlock_clockwrlock,                                         \
      (pthread_rwlock_t *restrict l, clockid_t c,                              \
       const struct timespec *restrict t),                                     \
      (l, c, t))                                                               \
    X(int, pthread_spin_lock, (pthread_spinlock_t * l), (l))                   \
    X(int, pthread_spin_trylock, (pthread_spinlock_t * l), (l))

#define READ_LIST(X)                                                           \
    X(int, pthread_rwlock_rdlock, (pthread_rwlock_t * l), (l))                 \
    X(int, pthread_rwlock_tryrdlock, (pthread_rwlock_t * l), (l))              \
    X(int, pthread_rwlock_timedrdlock,                                         \
      (pthread_rwlock_t *restrict l, const struct timespec *restrict t),       \
      (l, t))                                                                  \
    X(int, pthread_rwlock_clockrdlock,                                         \
      (pthread_rwlock_t *restrict l, clockid_t c,                              \
       const struct timespec *restrict t),                                     \
      (l, c, t))

#define GIVE_LIST(X)                                                           \
    X(int, pthread_mutex_unlock, (pthread_mutex_t * l), (l))                   \
    X(int, pthread_rwlock_unlock, (pthread_rwlock_t * l), (l))                 \
    X(int, pthread_spin_unlock, (pthread_spinlock_t * l), (l))                 \
    X(int, mtx_unlock, (mtx_t * l), (l))

#define WAIT_LIST(X)                                                           \
    X(int, pthread_cond_wait,                                                  \
      (pthread_cond_t *restrict w, pthread_mutex_t *restrict l), (w, l))       \
    X(int, pthread_cond_timedwait,                                             \
      (pthread_cond_t *restrict w, pthread_mutex_t *restrict l,                \
       const struct timespec *restrict t),                                     \
      (w, l, t))                                                               \
    X(int, pthread_cond_clockwait,                                             \
      (pthread_cond_t *restrict w, pthread_mutex_t *restrict l, clockid_t c,   \
       const struct timespec *restrict t),                                     \
      (w, l, c, t))                                                            \
    X(int, cnd_wait, (cnd_t * w, mtx_t * l), (w, l))                           \
    X(int, cnd_timedwait,                                                      \
      (cnd_t *restrict w, mtx_t *restrict l,                                   \
       const struct timespec *restrict t),                                     \
      (w, l, t))

#define OMP_LIST(X)                                                            \
    X(void, omp_set_lock, (struct omp_lock * l), (l))                          \
    X(void, omp_set_nest_lock, (struct omp_lock * l), (l))                     \
    X(void, omp_unset_lock, (struct omp_lock * l), (l))                        \
    X(void, omp_unset_nest_lock, (struct omp_lock * l), (l))                   \
    X(int, omp_test_lock, (struct omp_lock * l), (l))                          \
    X(int, omp_test_nest_lock, (struct omp_lock * l), (l))

#define ALL_LISTS(X)                                                           \
    TAKE_LIST(X)                                                               \
    WRITE_LIST(X) READ_LIST(X) GIVE_LIST(X) WAIT_LIST(X) OMP_LIST(X)

#define DECLARE(result, name, parameters, arguments)                           \
    result name parameters;                                                    \
    static result(*real_##name) parameters;
ALL_LISTS(DECLARE)
#undef DECLARE

/* Also called by whoever comes first, before the constructor: finding an
 * address twice does no harm. */
__attribute__((constructor)) static void find_real(void)
{
    int saved = errno;
#define FIND(result, name, parameters, arguments)                              \
    __atomic_store_n((void **)&real_##name, dlsym(RTLD_NEXT, #name),           \
                     __ATOMIC_RELAXED);
    ALL_LISTS(FIND)
#undef FIND
    dlerror(); /* the program must not find ours */
    errno = saved;
}

__attribute__((constructor)) static void follow_forks(void)
{
    pthread_atfork(NULL, NULL, rename_rows);
}

#define REAL(name)                                                             \
    (__builtin_expect(load(&real_##name) == NULL, 0)                           \
         ? (find_real(), load(&real_##name))                                   \
         : load(&real_##name))

#define SITE __builtin_return_address(0)
#define PUBLIC __attribute__((visibility("default")))

/* A nested hold of a recursive mutex is counted from 2 on. mtx_t begins as
 * pthread_mutex_t does; both unions are 40 bytes of the same structure. */
static inline bool is_nested(const void *mutex)
{
    return ((const pthread_mutex_t *)mutex)->__data.__count > 1;
}

#define TAKE(result, name, parameters, arguments)                              \
    PUBLIC result name parameters                                              \
    {                                                                          \
        result got = REAL(name) arguments;                                     \
        if (got == 0 || got == EOWNERDEAD)                                     \
            hold(l, SITE, LOCKS_EXCLUSIVE, is_nested(l));                      \
        return got;                                                            \
    }
TAKE_LIST(TAKE)

#define WRITE(result, name, parameters, arguments)                             \
    PUBLIC result name parameters                                              \
    {                                                                          \
        result got = REAL(name) arguments;                                     \
        if (got == 0)                                                          \
            hold(l, SITE, LOCKS_EXCLUSIVE, false);                             \
        return got;                                                            \
    }
WRITE_LIST(WRITE)

#define READ(result, name, parameters, arguments)                              \
    PUBLIC result name parameters                                              \
    {                                                                          \
        result got = REAL(name) arguments;                                     \
        if (got == 0)                                                          \
            hold(l, SITE, LOCKS_SHARED, true);                                 \
        return got;                                                            \
    }
READ_LIST(READ)

#define GIVE(result, name, parameters, arguments)                              \
    PUBLIC result name parameters                                              \
    {                                                                          \
        struct locks_held *h = held_entry(l);                                  \
        give_up(h);                                                            \
        result got = REAL(name) arguments;                                     \
        if (got != 0)                                                          \
            take_back(h, l);                                                   \
        return got;                                                            \
    }
GIVE_LIST(GIVE)

/* The mutex is given up and taken again within; that it is the thread's since
 * where it was first taken stays true. */
#define WAIT(result, name, parameters, arguments)                              \
    PUBLIC result name parameters                                              \
    {                                                                          \
        struct locks_held *h = find_held(own_row(), (uintptr_t)l);             \
        set_mode(h, LOCKS_LENT);                                               \
        result got = REAL(name) arguments;                                     \
        set_mode(h, LOCKS_EXCLUSIVE);                                          \
        return got;                                                            \
    }
WAIT_LIST(WAIT)

/* A program may load its OpenMP runtime late and out of reach of RTLD_NEXT. */
static void *find_omp(const char *name)
{
    static const char *const runtimes[] = {"libgomp.so.1", "libomp.so.5"};
    void *found = NULL;
    for (int i = 0; i < 2 && !found; i++) {
        void *runtime = dlopen(runtimes[i], RTLD_LAZY | RTLD_NOLOAD);
        if (runtime)
            found = dlsym(runtime, name);
    }
    dlerror();
    if (!found)
        abort(); /* who called us was linked against it */
    return found;
}

#define OMP_REAL(name)                                                         \
    (load(&real_##name)                                                        \
         ? load(&real_##name)                                                  \
         : (real_##name = (__typeof__(real_##name))find_omp(#name)))

#define OMP_TAKE(name, nested)                                                 \
    PUBLIC void name(struct omp_lock *l)                                       \
    {                                                                          \
        OMP_REAL(name)(l);                                                     \
        hold(l, SITE, LOCKS_EXCLUSIVE, nested);                                \
    }
OMP_TAKE(omp_set_lock, false)
OMP_TAKE(omp_set_nest_lock, true)

#define OMP_GIVE(name)                                                         \
    PUBLIC void name(struct omp_lock *l)                                       \
    {                                                                          \
        give_up(held_entry(l));                                                \
        OMP_REAL(name)(l);                                                     \
    }
OMP_GIVE(omp_unset_lock)
OMP_GIVE(omp_unset_nest_lock)

#define OMP_TEST(name, nested)                                                 \
    PUBLIC int name(struct omp_lock *l)                                        \
    {                                                                          \
        int got = OMP_REAL(name)(l);                                           \
        if (got)                                                               \
            hold(l, SITE, LOCKS_EXCLUSIVE, nested);                            \
        return got;                                                            \
    }
OMP_TEST(omp_test_lock, false)
OMP_TEST(omp_test_nest_lock, true)
