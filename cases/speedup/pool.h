/* A pool of POSIX threads that stand ready: handing them work costs less than
 * the work of a microsecond.
 *
 * The thread that calls is worker 0 and works too. The others spin while they
 * wait, for as long as it takes to be asleep and awake again, then sleep in the
 * kernel; where there are more threads than processors they sleep at once. What
 * worker k wrote in its part of the work may be read when the call returns.
 *
 * One thread uses a pool, and not from inside its own work: that would wait for
 * itself, and ends the program with 2. Pools may be nested.
 *
 *     struct pool pool;
 *     pool_start(&pool, 4);
 *     pool_for(&pool, 1000, 10, body, &argument);
 *     pool_stop(&pool);
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_POOL_H
#define LOCKSTEP_POOL_H

#include "processors.h" /* before all other headers */

#include "../case.h"

#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

/* About 50 microseconds of pauses: more than a sleep and a wake-up take. */
#define POOL_SPINS 4000

/* A count in the upper bits. The lowest is set by a thread that goes to sleep
 * until the count changes: whoever changes it has to wake it. */
typedef atomic_uint pool_word;

struct pool {
    /* Written by the caller, read by the workers: one cache line goes over. */
    _Alignas(64) pool_word round;
    bool ends; /* with this round */
    void (*work)(void *arg, int worker);
    void *arg;

    _Alignas(64) pool_word barriers; /* passed */
    atomic_int arrived;              /* at the next one */

    _Alignas(64) int threads; /* read by all, as is: */
    int spins;

    _Alignas(64) bool running; /* the caller's own, as is: */
    pthread_t *workers;        /* threads - 1 */
    struct pool_seat *seats;   /* threads */
    cpu_set_t allowed;         /* to the caller, before the start */
    bool bound;
};

/* Bytes for what a worker hands back. */
#define POOL_RESULT 48

/* The cache line in which a worker tells that it is done: what it hands back is
 * in the same one, so that the caller waits for one line only. */
struct pool_seat {
    _Alignas(64) pool_word done; /* the last round it was done with */
    unsigned begun;              /* the worker's own */
    struct pool *pool;
    _Alignas(16) unsigned char result[POOL_RESULT];
};

/* --- Words that are waited for ------------------------------------------- */

static inline void pool_pause(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("yield");
#endif
}

static inline unsigned pool_count(unsigned word)
{
    return word & ~1U;
}

static inline unsigned pool_read(pool_word *word)
{
    return pool_count(atomic_load_explicit(word, memory_order_acquire));
}

/* Sleeps while the count is `seen`. May return early. */
static inline void pool_sleep(pool_word *word, unsigned seen)
{
    unsigned expected = seen;
    if (!atomic_compare_exchange_strong(word, &expected, seen | 1) &&
        expected != (seen | 1))
        return;
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, seen | 1, NULL, NULL, 0);
}

static inline void pool_wake(pool_word *word)
{
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

/* Waits until the count is no longer `seen`; returns what it is. */
static inline unsigned pool_wait_change(pool_word *word, unsigned seen,
                                        int spins)
{
    unsigned now;
    for (; (now = pool_read(word)) == seen; spins -= spins > 0)
        if (spins > 0)
            pool_pause();
        else
            pool_sleep(word, seen);
    return now;
}

/* Makes the count `to`; whoever waits for it goes on. */
static inline void pool_set(pool_word *word, unsigned to)
{
    if (atomic_exchange_explicit(word, to, memory_order_acq_rel) & 1)
        pool_wake(word);
}

/* --- The workers ---------------------------------------------------------- */

static inline void *pool_worker(void *argument)
{
    struct pool_seat *seat = argument;
    struct pool *p = seat->pool;
    const int worker = (int)(seat - p->seats), spins = p->spins;
    for (unsigned round = 0;;) {
        round = pool_wait_change(&p->round, round, spins);
        if (p->ends)
            return NULL;
        /* Fetches the line while the work goes on. */
        *(volatile unsigned *)&seat->begun = round;
        p->work(p->arg, worker);
        pool_set(&seat->done, round);
    }
}

/* Gives worker k the k-th processor allowed, for itself. */
static inline void pool_bind(struct pool *p, int worker, pthread_t thread)
{
    cpu_set_t one = processors_one(&p->allowed, worker);
    (void)pthread_setaffinity_np(thread, sizeof one, &one);
}

/* Makes a pool of so many threads, of which the caller is one. */
static inline void pool_start(struct pool *p, int threads)
{
    CASE_CHECK(threads < 1 ? EINVAL : 0);
    size_t n = (size_t)threads;
    *p = (struct pool){.threads = threads,
                       .workers = malloc(n * sizeof *p->workers),
                       .seats = aligned_alloc(64, n * sizeof *p->seats)};
    CASE_CHECK(p->workers && p->seats ? 0 : ENOMEM);
    memset(p->seats, 0, n * sizeof *p->seats);
    int processors = processors_allowed(&p->allowed);
    p->bound = threads > 1 && threads <= processors;
    p->spins = threads <= processors ? POOL_SPINS : 0;
    for (int k = 1; k < threads; k++) {
        p->seats[k].pool = p;
        CASE_CHECK(
            pthread_create(&p->workers[k], NULL, pool_worker, &p->seats[k]));
    }
    for (int k = 1; k < threads && p->bound; k++)
        pool_bind(p, k, p->workers[k]);
    if (p->bound)
        pool_bind(p, 0, pthread_self());
}

/* Lets the workers go; returns the round before this one. */
static inline unsigned pool_begin(struct pool *p)
{
    unsigned before =
        pool_count(atomic_load_explicit(&p->round, memory_order_relaxed));
    pool_set(&p->round, before + 2);
    return before;
}

/* Ends the threads; the pool may be started again. */
static inline void pool_stop(struct pool *p)
{
    CASE_CHECK(p->running ? EDEADLK : 0);
    p->ends = true;
    (void)pool_begin(p);
    for (int k = 1; k < p->threads; k++)
        CASE_CHECK(pthread_join(p->workers[k], NULL));
    if (p->bound)
        (void)pthread_setaffinity_np(pthread_self(), sizeof p->allowed,
                                     &p->allowed);
    free(p->workers);
    free(p->seats);
}

/* --- Work ----------------------------------------------------------------- */

/* Runs work(arg, k) once in each thread, k from 0, and returns when all are
 * done. */
static inline void pool_run(struct pool *p, void (*work)(void *arg, int worker),
                            void *arg)
{
    CASE_CHECK(p->running ? EDEADLK : 0);
    p->running = true;
    p->work = work;
    p->arg = arg;
    unsigned before = pool_begin(p);
    work(arg, 0);
    for (int k = 1; k < p->threads; k++)
        (void)pool_wait_change(&p->seats[k].done, before, p->spins);
    p->running = false;
}

/* POOL_RESULT bytes, aligned to 16, for the worker to write what it hands back:
 * the caller reads them sooner than any other memory. They stay as they are. */
static inline void *pool_result(struct pool *p, int worker)
{
    return p->seats[worker].result;
}

/* Waits, inside of pool_run, until each of the threads has come here. */
static inline void pool_barrier(struct pool *p)
{
    unsigned now = pool_read(&p->barriers);
    int before =
        atomic_fetch_add_explicit(&p->arrived, 1, memory_order_acq_rel);
    if (before + 1 < p->threads) {
        (void)pool_wait_change(&p->barriers, now, p->spins);
        return;
    }
    atomic_store_explicit(&p->arrived, 0, memory_order_relaxed);
    pool_set(&p->barriers, now + 2);
}

struct pool_loop {
    _Alignas(64) atomic_long next;
    _Alignas(64) long items;
    long chunk;
    int threads;
    void (*body)(void *arg, long from, long to, int worker);
    void *arg;
};

static inline void pool_loop_slice(void *argument, int worker)
{
    struct pool_loop *l = argument;
    long length = l->items / l->threads, rest = l->items % l->threads;
    long from = worker * length + (worker < rest ? worker : rest);
    long to = from + length + (worker < rest);
    if (from < to)
        l->body(l->arg, from, to, worker);
}

static inline void pool_loop_chunks(void *argument, int worker)
{
    struct pool_loop *l = argument;
    for (;;) {
        long from =
            atomic_fetch_add_explicit(&l->next, l->chunk, memory_order_relaxed);
        if (from >= l->items)
            return;
        long left = l->items - from;
        l->body(l->arg, from, from + (l->chunk < left ? l->chunk : left),
                worker);
    }
}

/* Calls body(arg, from, to, worker) for ranges that make up [0, items): chunks
 * of so many items, each for the worker that comes first; with chunk 0 one
 * slice for each worker. */
static inline void
pool_for(struct pool *p, long items, long chunk,
         void (*body)(void *arg, long from, long to, int worker), void *arg)
{
    CASE_CHECK(items < 0 || chunk < 0 ? EINVAL : 0);
    struct pool_loop loop = {.items = items,
                             .chunk = chunk,
                             .threads = p->threads,
                             .body = body,
                             .arg = arg};
    pool_run(p, chunk > 0 ? pool_loop_chunks : pool_loop_slice, &loop);
}

#endif
