/* Producers and consumers share a bounded queue, closed by a stop event.
 * Usage: PROGRAM [PRODUCERS [CONSUMERS [ITEMS of each producer]]]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { CAPACITY = 10, THREADS = 16, ITEMS = 10000, NONE = -1 };

int slots[CAPACITY], head, tail, count;
bool stopped;
static long items;                       /* of each producer */
static atomic_int seen[THREADS * ITEMS]; /* how often consumed */

static void poll_again(int *polls)
{
    if (++*polls == 1000000)
        exit(case_end(false, "gave up waiting for the queue"));
    CASE_CHECK(sched_yield());
}

static void put(int item)
{
    int polls = 0;
    while (count >= CAPACITY) { /* @site full */
        poll_again(&polls);
    }
    int at = tail;              /* @site tail-read */
    slots[at] = item;           /* @site slot-write */
    tail = (at + 1) % CAPACITY; /* @site tail-write */
    count++;                    /* @site count-up */
}

static int get(void)
{
    int polls = 0;
    while (count <= 0) { /* @site empty */
        if (stopped) {   /* @site stop-read */
            return NONE;
        }
        poll_again(&polls);
    }
    int at = head;              /* @site head-read */
    int item = slots[at];       /* @site slot-read */
    head = (at + 1) % CAPACITY; /* @site head-write */
    count--;                    /* @site count-down */
    return item;
}

static void stop(void)
{
    stopped = true; /* @site stop-write */
}

static void *produce(void *first)
{
    for (long i = 0; i < items; i++)
        put((int)((long)first + i));
    return NULL;
}

static void *consume(void *unused)
{
    for (int item = get(); item != NONE; item = get())
        atomic_fetch_add_explicit(&seen[item], 1, memory_order_relaxed);
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t ids[2 * THREADS];
    long producers = case_arg(argc, argv, 1, 2, 1, THREADS);
    long threads = producers + case_arg(argc, argv, 2, 2, 1, THREADS);
    items = case_arg(argc, argv, 3, 2000, 1, ITEMS);
    for (long i = 0; i < threads; i++) {
        void *(*role)(void *) = i < producers ? produce : consume;
        CASE_CHECK(pthread_create(&ids[i], NULL, role, (void *)(i * items)));
    }
    for (long i = 0; i < threads; i++) {
        if (i == producers)
            stop();
        CASE_CHECK(pthread_join(ids[i], NULL));
    }
    long wrong = 0;
    for (long i = 0; i < producers * items; i++)
        wrong += seen[i] != 1;
    return case_end(wrong == 0, "%ld of %ld items not consumed exactly once",
                    wrong, producers * items);
}
