/* Producers and consumers share a bounded queue, closed by a stop event.
 * Usage: PROGRAM [PRODUCERS [CONSUMERS [ITEMS of each producer]]]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>

enum { CAPACITY = 10, THREADS = 16, ITEMS = 10000, NONE = -1 };

int slots[CAPACITY], head, tail, count;
bool stopped;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;
static long items;                       /* of each producer */
static atomic_int seen[THREADS * ITEMS]; /* how often consumed */

static void put(int item)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (count >= CAPACITY) { /* @site full */
        CASE_CHECK(pthread_cond_wait(&not_full, &lock));
    }
    int at = tail;              /* @site tail-read */
    slots[at] = item;           /* @site slot-write */
    tail = (at + 1) % CAPACITY; /* @site tail-write */
    count++;                    /* @site count-up */
    CASE_CHECK(pthread_cond_signal(&not_empty));
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static int get(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (count <= 0) { /* @site empty */
        if (stopped) {   /* @site stop-read */
            CASE_CHECK(pthread_mutex_unlock(&lock));
            return NONE;
        }
        CASE_CHECK(pthread_cond_wait(&not_empty, &lock));
    }
    int at = head;              /* @site head-read */
    int item = slots[at];       /* @site slot-read */
    head = (at + 1) % CAPACITY; /* @site head-write */
    count--;                    /* @site count-down */
    CASE_CHECK(pthread_cond_signal(&not_full));
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return item;
}

static void stop(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    stopped = true; /* @site stop-write */
    CASE_CHECK(pthread_cond_broadcast(&not_empty));
    CASE_CHECK(pthread_mutex_unlock(&lock));
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
