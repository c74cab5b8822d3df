/* Tells sparse what the lock functions of POSIX and C11 do to the context of
 * their caller: to take a lock adds one, to release it takes one away, and to
 * try does the one or nothing. To be given with -include.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_SPARSE_CONTEXTS_H
#define LOCKSTEP_SPARSE_CONTEXTS_H

#include <errno.h>
#include <pthread.h>
#include <threads.h>

/* Sparse gives the place where a block of code begins. What it cannot work out
 * parts the blocks: each of these calls is one of its own then. */
extern volatile int lockstep_any;

#define LOCKSTEP_CHANGES(n, call)                                              \
    (lockstep_any ? ({                                                         \
        __context__(n);                                                        \
        call;                                                                  \
    })                                                                         \
                  : ({                                                         \
                        __context__(n);                                        \
                        call;                                                  \
                    }))
#define LOCKSTEP_TRIES(busy)                                                   \
    (lockstep_any ? (busy) : ({                                                \
        __context__(1);                                                        \
        0;                                                                     \
    }))

#define pthread_mutex_lock(m) LOCKSTEP_CHANGES(1, pthread_mutex_lock(m))
#define pthread_mutex_unlock(m) LOCKSTEP_CHANGES(-1, pthread_mutex_unlock(m))
#define pthread_mutex_trylock(m) LOCKSTEP_TRIES(((void)(m), EBUSY))
#define pthread_rwlock_rdlock(l) LOCKSTEP_CHANGES(1, pthread_rwlock_rdlock(l))
#define pthread_rwlock_wrlock(l) LOCKSTEP_CHANGES(1, pthread_rwlock_wrlock(l))
#define pthread_rwlock_unlock(l) LOCKSTEP_CHANGES(-1, pthread_rwlock_unlock(l))
#define pthread_rwlock_tryrdlock(l) LOCKSTEP_TRIES(((void)(l), EBUSY))
#define pthread_rwlock_trywrlock(l) LOCKSTEP_TRIES(((void)(l), EBUSY))
#define pthread_spin_lock(l) LOCKSTEP_CHANGES(1, pthread_spin_lock(l))
#define pthread_spin_unlock(l) LOCKSTEP_CHANGES(-1, pthread_spin_unlock(l))
#define pthread_spin_trylock(l) LOCKSTEP_TRIES(((void)(l), EBUSY))
#define mtx_lock(m) LOCKSTEP_CHANGES(1, mtx_lock(m))
#define mtx_unlock(m) LOCKSTEP_CHANGES(-1, mtx_unlock(m))
#define mtx_trylock(m) LOCKSTEP_TRIES(((void)(m), thrd_busy))

/* What sparse 0.6.4 does not read: atomic types by their name in parentheses,
 * and gcc's operations on atomic structures. Locks are not among them. */
#define _Atomic(type) __typeof__(type)
#define __atomic_load(from, to, order) ((void)(*(to) = *(from)))
#define __atomic_store(to, from, order) ((void)(*(to) = *(from)))
#define __atomic_exchange(of, by, old, order)                                  \
    ((void)(*(old) = *(of), *(of) = *(by)))
#define __atomic_compare_exchange(of, old, by, weak, order, other)             \
    ((*(of) = *(by)), lockstep_any)

#endif
