/* Every function of <threads.h>, and what each returns: the same on glibc's own
 * and on the layer over POSIX threads.
 * SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <threads.h>

#define SHOW(expression) printf("%s: %d\n", #expression, (int)(expression))

static mtx_t plain, recursive, timed;
static cnd_t changed;
static tss_t key;
static once_flag once = ONCE_FLAG_INIT;
static thrd_t main_thread;
static int counter, done, destroyed, once_calls;
static thread_local int own;

static struct timespec from_now(long milliseconds)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    t.tv_nsec += milliseconds * 1000000;
    t.tv_sec += t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

static void run_once(void)
{
    once_calls++;
}

static void destroy(void *value)
{
    mtx_lock(&plain);
    destroyed += *(int *)value;
    mtx_unlock(&plain);
    free(value);
}

/* ---- in threads ---- */

static int count(void *times)
{
    int *value = malloc(sizeof *value);
    *value = 1;
    tss_set(key, value);
    for (int i = 0; i < *(int *)times; i++) {
        mtx_lock(&plain);
        counter++;
        own++;
        mtx_unlock(&plain);
        thrd_yield();
    }
    call_once(&once, run_once);
    return tss_get(key) == value ? -own : 1;
}

static int leave(void *unused)
{
    (void)unused;
    thrd_exit(thrd_equal(thrd_current(), main_thread) ? 1 : 41);
}

static int try_all(void *results)
{
    int *r = results;
    struct timespec soon = from_now(20);
    r[0] = mtx_trylock(&plain);
    r[1] = mtx_trylock(&recursive);
    r[2] = mtx_timedlock(&timed, &soon);
    return 0;
}

static int announce(void *all)
{
    mtx_lock(&plain);
    done++;
    if (all)
        cnd_broadcast(&changed);
    else
        cnd_signal(&changed);
    mtx_unlock(&plain);
    return 0;
}

static int wait_for_three(void *unused)
{
    (void)unused;
    mtx_lock(&plain);
    while (done < 3)
        cnd_wait(&changed, &plain);
    mtx_unlock(&plain);
    return done;
}

/* ---- in main ---- */

static void show_threads(void)
{
    thrd_t threads[4];
    int times = 100, result = 0;
    for (int i = 0; i < 4; i++)
        SHOW(thrd_create(&threads[i], count, &times));
    for (int i = 0; i < 4; i++) {
        SHOW(thrd_join(threads[i], &result));
        SHOW(result);
    }
    SHOW(thrd_create(&threads[0], leave, NULL));
    SHOW(thrd_join(threads[0], &result));
    SHOW(result);
    SHOW(thrd_create(&threads[0], leave, NULL));
    SHOW(thrd_join(threads[0], NULL));
    SHOW(thrd_equal(thrd_current(), main_thread) != 0);
    SHOW(counter);
    SHOW(own);
    SHOW(destroyed);
    SHOW(once_calls);
    call_once(&once, run_once);
    SHOW(once_calls);
}

static void show_mutexes(void)
{
    thrd_t thread;
    int results[3];
    struct timespec past = {0};
    SHOW(mtx_init(&recursive, mtx_plain | mtx_recursive));
    SHOW(mtx_init(&timed, mtx_timed));
    SHOW(mtx_lock(&plain));
    SHOW(mtx_trylock(&plain));
    SHOW(mtx_lock(&recursive));
    SHOW(mtx_lock(&recursive));
    SHOW(mtx_trylock(&recursive));
    SHOW(mtx_timedlock(&timed, &past));
    SHOW(thrd_create(&thread, try_all, results));
    SHOW(thrd_join(thread, NULL));
    for (int i = 0; i < 3; i++)
        SHOW(results[i]);
    for (int i = 0; i < 3; i++)
        SHOW(mtx_unlock(&recursive));
    SHOW(mtx_unlock(&timed));
    SHOW(mtx_unlock(&plain));
    mtx_destroy(&recursive);
    mtx_destroy(&timed);
    SHOW(mtx_init(&timed, mtx_timed | mtx_recursive));
    SHOW(mtx_timedlock(&timed, &past));
    SHOW(mtx_timedlock(&timed, &past));
    SHOW(mtx_unlock(&timed));
    SHOW(mtx_unlock(&timed));
    mtx_destroy(&timed);
    SHOW(mtx_init(&timed, 5));
    SHOW(mtx_lock(&timed));
    SHOW(mtx_trylock(&timed));
    SHOW(mtx_unlock(&timed));
}

static void show_conditions(void)
{
    thrd_t threads[2];
    struct timespec soon = from_now(20);
    SHOW(cnd_init(&changed));
    mtx_lock(&plain);
    SHOW(cnd_timedwait(&changed, &plain, &soon));
    SHOW(thrd_create(&threads[0], announce, NULL));
    soon = from_now(10000);
    while (done == 0)
        SHOW(cnd_timedwait(&changed, &plain, &soon));
    mtx_unlock(&plain);
    SHOW(thrd_join(threads[0], NULL));
    SHOW(thrd_create(&threads[0], wait_for_three, NULL));
    SHOW(thrd_create(&threads[1], wait_for_three, NULL));
    announce(&changed);
    announce(&changed);
    for (int i = 0; i < 2; i++) {
        int result = 0;
        SHOW(thrd_join(threads[i], &result));
        SHOW(result);
    }
    mtx_lock(&plain);
    SHOW(cnd_signal(&changed));
    SHOW(cnd_broadcast(&changed));
    mtx_unlock(&plain);
    cnd_destroy(&changed);
}

static void show_detached(void)
{
    thrd_t thread;
    done = 0;
    cnd_init(&changed);
    SHOW(thrd_create(&thread, announce, NULL));
    SHOW(thrd_detach(thread));
    mtx_lock(&plain);
    while (done == 0)
        cnd_wait(&changed, &plain);
    mtx_unlock(&plain);
}

static void show_keys(void)
{
    static int value;
    tss_t other, many[2000];
    int n = 0, result;
    SHOW(tss_create(&other, NULL));
    SHOW(tss_get(other) == NULL);
    SHOW(tss_set(other, &value));
    SHOW(tss_get(other) == &value);
    tss_delete(other);
    while ((result = tss_create(&many[n], NULL)) == thrd_success)
        n++;
    SHOW(result);
    while (n > 0)
        tss_delete(many[--n]);
    SHOW(tss_set(many[0], &value));
}

static void wake(int unused)
{
    (void)unused;
}

static void show_sleep(void)
{
    struct timespec brief = {.tv_nsec = 1000000}, day = {.tv_sec = 86400};
    struct timespec wrong = {.tv_nsec = -1}, left = {0};
    struct itimerval timer = {.it_value = {.tv_usec = 20000}};
    SHOW(thrd_sleep(&brief, NULL));
    SHOW(thrd_sleep(&wrong, NULL) < -1);
    signal(SIGALRM, wake);
    setitimer(ITIMER_REAL, &timer, NULL);
    SHOW(thrd_sleep(&day, &left));
    SHOW(left.tv_sec > 86000);
}

int main(void)
{
    main_thread = thrd_current();
    SHOW(TSS_DTOR_ITERATIONS);
    SHOW(mtx_init(&plain, mtx_plain));
    SHOW(tss_create(&key, destroy));
    show_threads();
    show_mutexes();
    show_conditions();
    show_detached();
    show_keys();
    show_sleep();
    tss_delete(key);
    return 0;
}
