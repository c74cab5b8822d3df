/* A station shows a timetable, of which there are two copies, one valid.
 * SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* for the affinity of a thread */
#include "case.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { TRAINS = 64 };
int copies[2][TRAINS];              /* the edition of each train's line */
static atomic_int valid;            /* the copy to read */
static atomic_bool reading, closed; /* the station reads; will not again */
static long seams;                  /* between lines of two editions */

static void pin(int cpu) /* if the thread may run there */
{
    cpu_set_t own;
    CPU_ZERO(&own);
    CPU_SET(cpu, &own);
    pthread_setaffinity_np(pthread_self(), sizeof own, &own);
}

static void look_up(int shown[TRAINS])
{
    atomic_thread_fence(memory_order_seq_cst);
    atomic_store_explicit(&reading, true, memory_order_relaxed);
    int copy = atomic_load_explicit(&valid, memory_order_relaxed);
    atomic_thread_fence(memory_order_acquire);
    for (int i = 0; i < TRAINS; i++) {
        shown[i] = copies[copy][i]; /* @site look-up */
    }
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&reading, false, memory_order_relaxed);
}

static void *show(void *unused)
{
    int shown[TRAINS];
    pin(1);
    while (!closed) {
        look_up(shown);
        for (int i = 1; i < TRAINS; i++)
            seams += shown[i] != shown[i - 1];
    }
    return unused;
}

static void publish(int edition, int copy)
{
    for (int i = 0; i < TRAINS; i++) {
        copies[copy][i] = edition; /* @site write */
    }
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&valid, copy, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
    while (atomic_load_explicit(&reading, memory_order_relaxed))
        sched_yield(); /* it may be in the other copy, the next to write */
    atomic_thread_fence(memory_order_acquire);
}

int main(int argc, char **argv)
{
    pthread_t station;
    long editions = case_arg(argc, argv, 1, 200000, 1, 10000000);
    CASE_CHECK(pthread_create(&station, NULL, show, NULL));
    pin(0);
    while (!atomic_load_explicit(&reading, memory_order_relaxed))
        sched_yield(); /* until it opens */
    for (int edition = 1; edition <= editions; edition++)
        publish(edition, edition % 2);
    closed = true;
    CASE_CHECK(pthread_join(station, NULL));
    return case_end(seams == 0, "%ld times two editions were mixed", seams);
}
