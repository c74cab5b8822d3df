/* Many threads count into one variable.
 * Usage: PROGRAM [THREADS [INCREMENTS]]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sched.h>

static long counter;
static long increments;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t gate; /* all start together */

static void pass_gate(void)
{
    int result = pthread_barrier_wait(&gate);
    CASE_CHECK(result == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : result);
}

static void *work(void *unused)
{
    (void)unused;
    pass_gate();
    for (long i = 0; i < increments; i++) {
        CASE_CHECK(pthread_mutex_lock(&lock));
        counter++; /* @site increment */
        CASE_CHECK(pthread_mutex_unlock(&lock));
        CASE_CHECK(sched_yield()); /* stands for other work */
    }
    return NULL;
}

int main(int argc, char **argv)
{
    long threads = case_arg(argc, argv, 1, 8, 1, 10000);
    increments = case_arg(argc, argv, 2, 1000, 1, 1000000);
    pthread_t *ids = calloc((size_t)threads, sizeof *ids);
    CASE_CHECK(ids ? 0 : ENOMEM);
    CASE_CHECK(pthread_barrier_init(&gate, NULL, (unsigned)threads));
    for (long i = 0; i < threads; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, work, NULL));
    for (long i = 0; i < threads; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    CASE_CHECK(pthread_barrier_destroy(&gate));
    free(ids);
    return case_end(counter == threads * increments, "counter is %ld of %ld",
                    counter, threads * increments);
}
