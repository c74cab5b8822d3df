/* Condition variables, for POSIX and C11 threads alike; c is their address, n
 * their size, pc the place in the program.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_COND_H
#define LOCKSTEP_EXPLORE_RUNTIME_COND_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* 0 or ETIMEDOUT; deadline NULL: none. */
int cond_wait(const void *c, pthread_mutex_t *m, clockid_t id,
              const struct timespec *deadline, uint64_t pc);
/* The clock that it was made to wait by. */
clockid_t cond_clock(const void *c, uint64_t pc);
void cond_signal(const void *c, uint64_t pc);
void cond_broadcast(const void *c, uint64_t pc);
void cond_init(const void *c, clockid_t id, size_t n, uint64_t pc);
void cond_destroy(const void *c, size_t n, uint64_t pc);

#endif
