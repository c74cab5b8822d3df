/* The overhead of a pool of POSIX threads; a mutex that spins before it sleeps
 * keeps the critical section, and a reduction adds up what each hands back.
 * SPDX-License-Identifier: MIT */
#include "speedup/pool.h"

#include "overhead.h"

struct team {
    struct overhead_team base;
    struct pool pool;
    pthread_mutex_t lock;
    unsigned long n, total;
};

static void start(void *arg)
{
    struct team *t = arg;
    pthread_mutexattr_t spinning;
    CASE_CHECK(pthread_mutexattr_init(&spinning));
    CASE_CHECK(pthread_mutexattr_settype(&spinning, PTHREAD_MUTEX_ADAPTIVE_NP));
    CASE_CHECK(pthread_mutex_init(&t->lock, &spinning));
    CASE_CHECK(pthread_mutexattr_destroy(&spinning));
    pool_start(&t->pool, t->base.threads);
}

static void stop(void *arg)
{
    struct team *t = arg;
    pool_stop(&t->pool);
    CASE_CHECK(pthread_mutex_destroy(&t->lock));
}

static void once(void *arg, int worker)
{
    struct team *t = arg;
    overhead_delay();
    t->base.count[worker].done++;
}

static unsigned long fork_join(void *arg, unsigned long n)
{
    struct team *t = arg;
    overhead_reset(&t->base);
    for (unsigned long k = 0; k < n; k++)
        pool_run(&t->pool, once, t);
    return overhead_agreed(&t->base);
}

static void barriers(void *arg, int worker)
{
    struct team *t = arg;
    for (unsigned long k = 0; k < t->n; k++) {
        overhead_delay();
        pool_barrier(&t->pool);
    }
    t->base.count[worker].done = t->n;
}

static unsigned long barrier(void *arg, unsigned long n)
{
    struct team *t = arg;
    t->n = n;
    pool_run(&t->pool, barriers, t);
    return overhead_agreed(&t->base);
}

static void criticals(void *arg, int worker)
{
    struct team *t = arg;
    unsigned long share = overhead_share(&t->base, worker, t->n);
    for (unsigned long k = 0; k < share; k++) {
        CASE_CHECK(pthread_mutex_lock(&t->lock));
        overhead_delay();
        t->total++;
        CASE_CHECK(pthread_mutex_unlock(&t->lock));
    }
}

static unsigned long critical(void *arg, unsigned long n)
{
    struct team *t = arg;
    t->n = n;
    t->total = 0;
    pool_run(&t->pool, criticals, t);
    return t->total;
}

static void hand_back(void *arg, int worker)
{
    struct team *t = arg;
    unsigned long *one = pool_result(&t->pool, worker);
    overhead_delay();
    *one = 1;
}

static unsigned long reduction(void *arg, unsigned long n)
{
    struct team *t = arg;
    unsigned long total = 0;
    for (unsigned long k = 0; k < n; k++) {
        pool_run(&t->pool, hand_back, t);
        for (int i = 0; i < t->base.threads; i++) {
            unsigned long *one = pool_result(&t->pool, i);
            total += *one;
            *one = 0;
        }
    }
    return total / (unsigned long)t->base.threads;
}

int main(int argc, char **argv)
{
    static struct team team;
    static const struct overhead_runtime runtime = {
        start, stop, fork_join, barrier, critical, reduction};
    return overhead_main(argc, argv, &runtime, &team.base);
}
