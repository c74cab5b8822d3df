/* The pool of the speed-up kernels: each thread works once a round, and what it
 * wrote is seen; misuse is refused.
 * SPDX-License-Identifier: MIT */
#include "../../cases/speedup/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

enum { MANY = 64, ITEMS = 1000 };

/* Plain counters: a wrong hand-over loses counts, and TSan tells. */
struct count {
    struct pool *pool;
    long by[MANY];
    unsigned char item[ITEMS];
    long round[MANY];
    bool late;
};

static void once(void *arg, int worker)
{
    struct count *c = arg;
    c->by[worker]++;
}

static void each(void *arg, long from, long to, int worker)
{
    struct count *c = arg;
    assert_true(from < to);
    c->by[worker] += to - from;
    for (long i = from; i < to; i++)
        c->item[i]++;
}

static void each_thread_works_once_a_round(void **state)
{
    (void)state;
    for (int threads = 1; threads <= MANY; threads = 2 * threads + 1) {
        struct pool pool;
        struct count c = {0};
        pool_start(&pool, threads);
        for (long round = 1; round <= 50; round++) {
            pool_run(&pool, once, &c);
            for (int k = 0; k < MANY; k++)
                assert_int_equal(c.by[k], k < threads ? round : 0);
        }
        pool_stop(&pool);
    }
}

static void thousands_of_rounds_lose_nothing(void **state)
{
    (void)state;
    for (int threads = 2; threads <= 4; threads += 2) {
        struct pool pool;
        struct count c = {0};
        long rounds = threads == 2 ? 50000 : 3000;
        pool_start(&pool, threads);
        for (long round = 0; round < rounds; round++)
            pool_run(&pool, once, &c);
        pool_stop(&pool);
        for (int k = 0; k < threads; k++)
            assert_int_equal(c.by[k], rounds);
    }
}

static void pause_of_the_caller(int microseconds)
{
    if (microseconds > 0)
        usleep((useconds_t)microseconds);
}

static void work_and_nap(void *arg, int worker)
{
    struct count *c = arg;
    pause_of_the_caller((int)(c->by[worker]++ * 37 % 300) * (worker % 2));
}

/* Around the time that they spin, threads fall asleep at any moment. */
static void threads_that_sleep_are_woken(void **state)
{
    (void)state;
    for (int threads = 2; threads <= 3; threads++) {
        struct pool pool;
        struct count c = {0};
        pool_start(&pool, threads);
        for (int round = 0; round < 400; round++) {
            pool_run(&pool, work_and_nap, &c);
            pause_of_the_caller(round % 3 ? round * 53 % 200 : 0);
        }
        pool_stop(&pool);
        for (int k = 0; k < threads; k++)
            assert_int_equal(c.by[k], 400);
    }
}

static void every_item_comes_once(void **state)
{
    (void)state;
    static const long chunks[] = {0, 1, 7, ITEMS - 1, ITEMS, 5000};
    for (int threads = 1; threads <= 5; threads++) {
        struct pool pool;
        pool_start(&pool, threads);
        for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++)
            for (long items = 0; items <= ITEMS; items += items < 9 ? 1 : 991) {
                struct count c = {0};
                pool_for(&pool, items, chunks[i], each, &c);
                for (long k = 0; k < ITEMS; k++)
                    assert_int_equal(c.item[k], k < items);
            }
        pool_stop(&pool);
    }
}

static void slices_differ_by_one_item_at_most(void **state)
{
    (void)state;
    struct pool pool;
    struct count c = {0};
    pool_start(&pool, 3);
    pool_for(&pool, 11, 0, each, &c);
    pool_stop(&pool);
    assert_int_equal(c.by[0], 4);
    assert_int_equal(c.by[1], 4);
    assert_int_equal(c.by[2], 3);
}

/* Nobody is a round ahead of the others behind the barrier. */
static void through_barriers(void *arg, int worker)
{
    struct count *c = arg;
    for (long round = 1; round <= 300; round++) {
        c->round[worker] = round;
        pool_barrier(c->pool);
        for (int k = 0; k < c->pool->threads; k++)
            if (c->round[k] != round)
                c->late = true; /* by one thread or by many: it fails */
        pool_barrier(c->pool);
    }
}

static void nobody_passes_a_barrier_alone(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        struct pool pool;
        struct count c = {.pool = &pool};
        pool_start(&pool, threads);
        pool_run(&pool, through_barriers, &c);
        pool_stop(&pool);
        assert_false(c.late);
        for (int k = 0; k < threads; k++)
            assert_int_equal(c.round[k], 300);
    }
}

static void inner(void *arg, int worker)
{
    (void)worker;
    struct pool pool;
    pool_start(&pool, 2);
    for (int i = 0; i < 10; i++)
        pool_run(&pool, once, arg);
    pool_stop(&pool);
}

static void pools_of_workers(void *arg, int worker)
{
    inner((struct count *)arg + worker, worker);
}

static void hand_back(void *arg, int worker)
{
    struct count *c = arg;
    unsigned __int128 *result = pool_result(c->pool, worker);
    *result += (unsigned)worker + 1;
}

static void results_are_handed_back(void **state)
{
    (void)state;
    struct pool pool;
    struct count c = {.pool = &pool};
    pool_start(&pool, 3);
    for (unsigned round = 1; round < 2000; round++) {
        pool_run(&pool, hand_back, &c);
        for (unsigned k = 0; k < 3; k++) {
            unsigned __int128 *result = pool_result(&pool, (int)k);
            assert_true(*result == round * (k + 1));
        }
    }
    pool_stop(&pool);
}

static void a_worker_may_have_a_pool_of_its_own(void **state)
{
    (void)state;
    struct pool pool;
    struct count c[2] = {0};
    pool_start(&pool, 2);
    pool_run(&pool, pools_of_workers, c);
    pool_stop(&pool);
    for (int k = 0; k < 2; k++) {
        assert_int_equal(c[k].by[0], 10);
        assert_int_equal(c[k].by[1], 10);
    }
}

static void caller_gets_its_processors_back(void **state)
{
    (void)state;
    cpu_set_t before, after;
    pthread_getaffinity_np(pthread_self(), sizeof before, &before);
    struct pool pool;
    pool_start(&pool, CPU_COUNT(&before));
    pool_stop(&pool);
    pthread_getaffinity_np(pthread_self(), sizeof after, &after);
    assert_true(CPU_EQUAL(&before, &after));
}

static void run_again(void *arg, int worker)
{
    struct count *c = arg;
    if (worker == c->pool->threads - 1)
        pool_run(c->pool, once, c);
}

static void stop_inside(void *arg, int worker)
{
    struct count *c = arg;
    if (worker == 0)
        pool_stop(c->pool);
}

static void no_threads(void *arg, int worker)
{
    (void)arg;
    struct pool pool;
    pool_start(&pool, -worker);
}

/* The exit status of a process that has the work done by so many threads. */
static int status_of(void (*work)(void *arg, int worker), int threads)
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        fclose(stderr);
        alarm(10);
        struct pool pool;
        struct count c = {.pool = &pool};
        pool_start(&pool, threads);
        pool_run(&pool, work, &c);
        pool_stop(&pool);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void misuse_ends_the_program(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 3; threads++) {
        assert_int_equal(status_of(once, threads), 0);
        assert_int_equal(status_of(run_again, threads), 2);
        assert_int_equal(status_of(stop_inside, threads), 2);
        assert_int_equal(status_of(no_threads, threads), 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_thread_works_once_a_round),
        cmocka_unit_test(thousands_of_rounds_lose_nothing),
        cmocka_unit_test(threads_that_sleep_are_woken),
        cmocka_unit_test(every_item_comes_once),
        cmocka_unit_test(slices_differ_by_one_item_at_most),
        cmocka_unit_test(nobody_passes_a_barrier_alone),
        cmocka_unit_test(results_are_handed_back),
        cmocka_unit_test(a_worker_may_have_a_pool_of_its_own),
        cmocka_unit_test(caller_gets_its_processors_back),
        cmocka_unit_test(misuse_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
