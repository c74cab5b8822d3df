/* Threads sum up measurements; who finds a wrong one gives up.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { STATIONS = 3, DAYS = 30, NONE = -1000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long sum;
static int days;
static int wanted, missing; /* the last day, and one that is not there */

static void give_up(int station, int day)
{
    fprintf(stderr, "station %d: no temperature of day %d\n", station, day);
    pthread_exit(NULL); /* @site exit */
}

/* The second station was out of order once. */
static int temperature(int station, int day)
{
    return station == 1 && day == missing ? NONE : 10 + day % 5;
}

static void add(int t)
{
    sum += t;
    days++;
}

static void *read_station(void *arg)
{
    int station = *(const int *)arg;
    for (int day = 1; day <= wanted; day++) {
        int t = temperature(station, day);
        if (t == NONE)
            give_up(station, day);
        CASE_CHECK(pthread_mutex_lock(&lock)); /* @site lock */
        add(t);
        CASE_CHECK(pthread_mutex_unlock(&lock));
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int numbers[STATIONS];
    pthread_t threads[STATIONS];
    wanted = (int)case_arg(argc, argv, 1, DAYS, 2, DAYS);
    missing = (2 * wanted + 1) / 3;
    for (int i = 0; i < STATIONS; i++) {
        numbers[i] = i;
        CASE_CHECK(
            pthread_create(&threads[i], NULL, read_station, &numbers[i]));
    }
    for (int i = 0; i < STATIONS; i++)
        CASE_CHECK(pthread_join(threads[i], NULL));
    CASE_CHECK(pthread_mutex_lock(&lock)); /* @site result */
    bool held = days == STATIONS * wanted - (wanted - missing + 1);
    long mean = sum / days;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return case_end(held, "%d days, %ld degrees on average", days, mean);
}
