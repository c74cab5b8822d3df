/* Tells sparse what the lock functions of POSIX and C11 do to the context of
 * their caller: taking a lock adds one, releasing it takes one away. To be
 * given with -include.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_SPARSE_CONTEXTS_H
#define LOCKSTEP_SPARSE_CONTEXTS_H

#include <errno.h>
#include <pthread.h>

#define ACQUIRES __attribute__((context(0, 1)))
#define RELEASES __attribute__((context(1, 0)))

int pthread_mutex_lock(pthread_mutex_t *m) ACQUIRES;
int pthread_mutex_unlock(pthread_mutex_t *m) RELEASES;
int pthread_rwlock_rdlock(pthread_rwlock_t *l) ACQUIRES;
int pthread_rwlock_wrlock(pthread_rwlock_t *l) ACQUIRES;
int pthread_rwlock_unlock(pthread_rwlock_t *l) RELEASES;
int pthread_spin_lock(pthread_spinlock_t *l) ACQUIRES;
int pthread_spin_unlock(pthread_spinlock_t *l) RELEASES;

#endif
