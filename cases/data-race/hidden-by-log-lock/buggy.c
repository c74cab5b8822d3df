/* Two shops book their day's takings in one total and keep a common log.
 * Usage: PROGRAM [SALES of each shop [milliseconds between their closings]]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { SHOPS = 2, MOST = 10000000, ENTRIES = 2 * SHOPS };

struct shop {
    pthread_t thread;
    const char *name;
    long closes; /* in microseconds from now */
};

long total;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static char entries[ENTRIES][40];
static int logged;
static long sales;

static void write_log(const char *name, const char *what)
{
    CASE_CHECK(pthread_mutex_lock(&log_lock));
    snprintf(entries[logged++], sizeof entries[0], "%s %s", name, what);
    CASE_CHECK(pthread_mutex_unlock(&log_lock));
}

static void book(long price)
{
    total += price; /* @site book */
}

static void *close_day(void *arg)
{
    struct shop *shop = arg;
    usleep((useconds_t)shop->closes);
    write_log(shop->name, "closes");
    for (long i = 0; i < sales; i++)
        book(1 + i % 9);
    write_log(shop->name, "is done");
    return NULL;
}

int main(int argc, char **argv)
{
    struct shop shops[SHOPS] = {{.name = "harbour"}, {.name = "station"}};
    long expected = 0;
    sales = case_arg(argc, argv, 1, 5000000, 1, MOST);
    shops[1].closes = 1000 * case_arg(argc, argv, 2, 0, 0, 1000);
    for (int i = 0; i < SHOPS; i++)
        CASE_CHECK(
            pthread_create(&shops[i].thread, NULL, close_day, &shops[i]));
    for (int i = 0; i < SHOPS; i++)
        CASE_CHECK(pthread_join(shops[i].thread, NULL));
    for (long i = 0; i < sales; i++)
        expected += SHOPS * (1 + i % 9);
    return case_end(total == expected && logged == ENTRIES,
                    "%ld booked of %ld, %d entries in the log", total, expected,
                    logged);
}
