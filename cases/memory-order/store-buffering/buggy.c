/* Two halves of a simulation count collisions, with Peterson's lock.
 * SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* for the affinity of a thread */
#include "case.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { HALVES = 2, SPINS = 1000 };

static atomic_bool wants[HALVES]; /* the half counts, or wants to */
static atomic_int last;           /* the half that came last, and waits */
static atomic_long done;          /* steps of both halves together */
long collisions;
static long steps;

static void lock(int half)
{
    atomic_store_explicit(&wants[half], true, memory_order_release);
    atomic_store_explicit(&last, half, memory_order_release);
    while (atomic_load_explicit(&wants[!half], memory_order_acquire) &&
           atomic_load_explicit(&last, memory_order_acquire) == half)
        sched_yield();
}

static void unlock(int half)
{
    atomic_store_explicit(&wants[half], false, memory_order_release);
}

static void await_other_half(long step)
{
    atomic_fetch_add(&done, 1);
    for (int n = 1; atomic_load(&done) < HALVES * step; n++)
        if (n % SPINS == 0)
            sched_yield();
}

/* Where it may not be pinned, the half runs wherever it is put. */
static void pin(int half)
{
    cpu_set_t own;
    CPU_ZERO(&own);
    CPU_SET(half, &own);
    pthread_setaffinity_np(pthread_self(), sizeof own, &own);
}

static void *simulate(void *half)
{
    int me = *(int *)half;
    pin(me);
    for (long step = 1; step <= steps; step++) {
        lock(me);
        collisions++; /* @site collide */
        unlock(me);
        await_other_half(step);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[HALVES];
    int halves[HALVES] = {0, 1};
    steps = case_arg(argc, argv, 1, 2000, 1, 10000000);
    for (int i = 0; i < HALVES; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, simulate, &halves[i]));
    for (int i = 0; i < HALVES; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    return case_end(collisions == HALVES * steps,
                    "%ld of %ld collisions are counted", collisions,
                    HALVES * steps);
}
