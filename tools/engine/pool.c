/* Runs numbered pieces of work in a few threads.
 * SPDX-License-Identifier: MIT */
#include "engine/pool.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct pool {
    atomic_size_t next;
    size_t n;
    void (*work)(void *arg, size_t i);
    void *arg;
};

static void *worker(void *p)
{
    struct pool *pool = p;
    size_t i;
    while ((i = atomic_fetch_add(&pool->next, 1)) < pool->n)
        pool->work(pool->arg, i);
    return NULL;
}

/* The caller works too: with no thread to be had, all is done here. */
void pool_run(unsigned jobs, size_t n, void (*work)(void *arg, size_t i),
              void *arg)
{
    struct pool pool = {.n = n, .work = work, .arg = arg};
    size_t workers = n < jobs ? n : jobs;
    size_t helpers = workers > 1 ? workers - 1 : 0, started = 0;
    pthread_t *threads = mem_new(helpers + 1, sizeof *threads);
    while (started < helpers &&
           pthread_create(&threads[started], NULL, worker, &pool) == 0)
        started++;
    worker(&pool);
    while (started > 0)
        pthread_join(threads[--started], NULL);
    free(threads);
}
