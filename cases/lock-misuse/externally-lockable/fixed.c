/* A meter measures the temperature; a display shows how it changes.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { RISES = 3 };

/* The meter: its users call meter_degrees() and meter_next(). */
static struct meter {
    pthread_mutex_t lock;
    int degrees;
} meter = {PTHREAD_MUTEX_INITIALIZER, 0};

static pthread_mutex_t news_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;
static long number; /* of measurements */
static atomic_bool off;

static void *measure(void *unused)
{
    while (!off) {
        usleep(1000);                                /* to measure */
        CASE_CHECK(pthread_mutex_lock(&meter.lock)); /* @site measured */
        meter.degrees++;
        CASE_CHECK(pthread_mutex_lock(&news_lock));
        number++;
        CASE_CHECK(pthread_cond_broadcast(&news));
        CASE_CHECK(pthread_mutex_unlock(&news_lock));
        CASE_CHECK(pthread_mutex_unlock(&meter.lock));
    }
    return unused;
}

static int meter_degrees(void)
{
    CASE_CHECK(pthread_mutex_lock(&meter.lock)); /* @site look */
    int degrees = meter.degrees;
    CASE_CHECK(pthread_mutex_unlock(&meter.lock));
    return degrees;
}

/* Waits for another measurement. */
static void meter_next(void)
{
    CASE_CHECK(pthread_mutex_lock(&news_lock));
    long seen = number;
    while (number == seen) {
        CASE_CHECK(pthread_cond_wait(&news, &news_lock)); /* @site next */
    }
    CASE_CHECK(pthread_mutex_unlock(&news_lock));
}

/* The display. */
static int rise(void)
{
    int before = meter_degrees();
    meter_next();
    return meter_degrees() - before;
}

int main(void)
{
    pthread_t thread;
    int rises = 0;
    CASE_CHECK(pthread_create(&thread, NULL, measure, NULL));
    for (int i = 0; i < RISES; i++)
        rises += rise() > 0;
    off = true;
    CASE_CHECK(pthread_join(thread, NULL));
    return case_end(rises == RISES, "%d rises of %d", rises, RISES);
}
