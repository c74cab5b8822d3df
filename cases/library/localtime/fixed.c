/* Two weather stations count their observations, each in a year of its own.
 * Usage: PROGRAM [OBSERVATIONS of each station]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sched.h>
#include <time.h>

enum { STATIONS = 2, OBSERVATIONS = 100000, DAY = 24 * 60 * 60 };

struct station {
    int year;
    time_t opened; /* at midnight, the first of January */
    long strays;   /* observations said to be of another year */
};

static struct station stations[STATIONS] = {
    {.year = 1998, .opened = 883612800},
    {.year = 2021, .opened = 1609459200},
};
static pthread_barrier_t begin;
static long observations; /* of each station */

static void observe(struct station *station, time_t moment)
{
    struct tm date;
    localtime_r(&moment, &date);    /* @site convert */
    CASE_CHECK(sched_yield());      /* the instruments take a while */
    int year = 1900 + date.tm_year; /* @site use */
    station->strays += year != station->year;
}

static void *keep(void *own)
{
    struct station *station = own;
    pthread_barrier_wait(&begin);
    for (long i = 0; i < observations; i++)
        observe(station, station->opened + i % 365 * DAY);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[STATIONS];
    observations = case_arg(argc, argv, 1, 5000, 1, OBSERVATIONS);
    CASE_CHECK(setenv("TZ", "UTC0", 1));
    tzset();
    CASE_CHECK(pthread_barrier_init(&begin, NULL, STATIONS));
    for (int i = 0; i < STATIONS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, keep, &stations[i]));
    for (int i = 0; i < STATIONS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    CASE_CHECK(pthread_barrier_destroy(&begin));
    long strays = stations[0].strays + stations[1].strays;
    return case_end(strays == 0, "%ld of %ld observations in a wrong year",
                    strays, STATIONS * observations);
}
