/* The pool of threads.
 * SPDX-License-Identifier: MIT */
#include "engine/pool.h"

#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MOST 1000

struct tally {
    atomic_uint seen[MOST];
    atomic_uint running, most_running;
    pthread_barrier_t *meet; /* or NULL */
};

static void count(void *arg, size_t i, struct slot *slot)
{
    (void)slot;
    struct tally *t = arg;
    unsigned now = atomic_fetch_add(&t->running, 1) + 1;
    unsigned most = atomic_load(&t->most_running);
    while (now > most &&
           !atomic_compare_exchange_weak(&t->most_running, &most, now))
        ;
    if (t->meet)
        pthread_barrier_wait(t->meet);
    sched_yield();
    atomic_fetch_add(&t->seen[i], 1);
    atomic_fetch_sub(&t->running, 1);
}

static void assert_each_once(unsigned jobs, size_t n)
{
    static struct tally t;
    memset(&t, 0, sizeof t);
    pool_run(jobs, n, count, &t);
    for (size_t i = 0; i < MOST; i++)
        assert_int_equal(t.seen[i], i < n);
    assert_true(t.most_running <= (jobs ? jobs : 1));
}

static void each_index_is_worked_once(void **state)
{
    (void)state;
    assert_each_once(1, MOST);
    assert_each_once(2, MOST);
    assert_each_once(16, MOST);
}

static void no_work_is_no_call(void **state)
{
    (void)state;
    assert_each_once(1, 0);
    assert_each_once(8, 0);
}

static void more_jobs_than_work_are_not_started(void **state)
{
    (void)state;
    assert_each_once(16, 3);
    assert_each_once(16, 1);
    assert_each_once(UINT_MAX, 2);
}

static void no_job_is_one(void **state)
{
    (void)state;
    assert_each_once(0, 3);
}

/* Four pieces wait for each other: they must really run side by side. */
static void jobs_run_at_the_same_time(void **state)
{
    (void)state;
    static struct tally t;
    pthread_barrier_t meet;
    assert_int_equal(pthread_barrier_init(&meet, NULL, 4), 0);
    t.meet = &meet;
    pool_run(4, 8, count, &t);
    assert_int_equal(t.most_running, 4);
    pthread_barrier_destroy(&meet);
}

/* As jobs_run_at_the_same_time, but with two slots only. */
static void meet_idle(void *arg, size_t i, struct slot *slot)
{
    struct tally *t = arg;
    slot_set_idle(slot, true);
    slot_set_idle(slot, true);
    pthread_barrier_wait(t->meet);
    slot_set_idle(slot, false);
    atomic_fetch_add(&t->seen[i], 1);
}

static void who_is_idle_makes_room_for_another(void **state)
{
    (void)state;
    static struct tally t;
    pthread_barrier_t meet;
    memset(&t, 0, sizeof t);
    assert_int_equal(pthread_barrier_init(&meet, NULL, 4), 0);
    t.meet = &meet;
    pool_run(2, 8, meet_idle, &t);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(t.seen[i], 1);
    pthread_barrier_destroy(&meet);
}

/* Pieces of the first half end idle, or busy again; those of the second half
 * are never idle, and so run two at a time. */
static void half_idle(void *arg, size_t i, struct slot *slot)
{
    if (i < MOST / 2) {
        slot_set_idle(slot, true);
        slot_set_idle(slot, i % 2 == 0);
        slot_set_idle(slot, i % 2 == 0);
        return;
    }
    count(arg, i, slot);
}

static void idleness_that_is_over_leaves_no_room(void **state)
{
    (void)state;
    static struct tally t;
    memset(&t, 0, sizeof t);
    pool_run(2, MOST, half_idle, &t);
    for (size_t i = MOST / 2; i < MOST; i++)
        assert_int_equal(t.seen[i], 1);
    assert_true(t.most_running <= 2);
}

struct order {
    size_t at[MOST];
    size_t n;
};

static void note(void *arg, size_t i, struct slot *slot)
{
    (void)slot;
    struct order *o = arg;
    o->at[o->n++] = i;
}

static void one_job_works_in_order(void **state)
{
    (void)state;
    static struct order o;
    pool_run(1, MOST, note, &o);
    assert_int_equal(o.n, MOST);
    for (size_t i = 0; i < MOST; i++)
        assert_int_equal(o.at[i], i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_index_is_worked_once),
        cmocka_unit_test(no_work_is_no_call),
        cmocka_unit_test(more_jobs_than_work_are_not_started),
        cmocka_unit_test(no_job_is_one),
        cmocka_unit_test(jobs_run_at_the_same_time),
        cmocka_unit_test(one_job_works_in_order),
        cmocka_unit_test(who_is_idle_makes_room_for_another),
        cmocka_unit_test(idleness_that_is_over_leaves_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
