/* Threads that take pieces of work in turn, as long as slots are free.
 * SPDX-License-Identifier: MIT */
#include "engine/pool.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>

/* How many pieces may be under way for each of the jobs, idle ones counted. */
#define THREADS_PER_JOB 6

struct pool {
    pthread_mutex_t lock; /* guards next and busy */
    pthread_cond_t freed; /* busy has fallen */
    size_t next, n;
    size_t busy, jobs; /* not idle now; at most so many of them start */
    void (*work)(void *arg, size_t i, struct slot *slot);
    void *arg;
};

struct slot {
    struct pool *pool;
    bool idle;
};

void slot_set_idle(struct slot *slot, bool idle)
{
    if (!slot || slot->idle == idle)
        return;
    struct pool *pool = slot->pool;
    slot->idle = idle;
    pthread_mutex_lock(&pool->lock);
    if (idle) {
        pool->busy--;
        pthread_cond_signal(&pool->freed);
    } else {
        pool->busy++;
    }
    pthread_mutex_unlock(&pool->lock);
}

/* Waits for a slot. False when there is no work left. */
static bool take(struct pool *pool, size_t *i)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->next < pool->n && pool->busy >= pool->jobs)
        pthread_cond_wait(&pool->freed, &pool->lock);
    bool more = pool->next < pool->n;
    if (more) {
        *i = pool->next++;
        pool->busy++;
    }
    if (pool->next == pool->n)
        pthread_cond_broadcast(&pool->freed);
    pthread_mutex_unlock(&pool->lock);
    return more;
}

static void *worker(void *p)
{
    struct pool *pool = p;
    size_t i;
    while (take(pool, &i)) {
        struct slot slot = {.pool = pool};
        pool->work(pool->arg, i, &slot);
        slot_set_idle(&slot, true);
    }
    return NULL;
}

static size_t threads_for(size_t jobs, size_t n)
{
    size_t most = jobs == 1 ? 1 : jobs * THREADS_PER_JOB;
    return n < most ? n : most;
}

/* The caller works too: with no thread to be had, all is done here. */
void pool_run(unsigned jobs, size_t n,
              void (*work)(void *arg, size_t i, struct slot *slot), void *arg)
{
    struct pool pool = {.lock = PTHREAD_MUTEX_INITIALIZER,
                        .freed = PTHREAD_COND_INITIALIZER,
                        .n = n,
                        .jobs = jobs ? jobs : 1,
                        .work = work,
                        .arg = arg};
    size_t workers = threads_for(pool.jobs, n);
    size_t helpers = workers > 1 ? workers - 1 : 0, started = 0;
    pthread_t *threads = mem_new(helpers + 1, sizeof *threads);
    while (started < helpers &&
           pthread_create(&threads[started], NULL, worker, &pool) == 0)
        started++;
    worker(&pool);
    while (started > 0)
        pthread_join(threads[--started], NULL);
    free(threads);
    pthread_cond_destroy(&pool.freed);
    pthread_mutex_destroy(&pool.lock);
}
