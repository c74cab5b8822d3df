/* Two box offices sell the seats of one theatre.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { OFFICES = 2, SEATS = 20 };

static int seats;

static pthread_mutex_t plan_lock = PTHREAD_MUTEX_INITIALIZER;
static bool taken[SEATS];

/* Whether the seat was free, and is the caller's now. */
static bool take(int seat)
{
    CASE_CHECK(pthread_mutex_lock(&plan_lock));
    bool free_seat = !taken[seat]; /* @site check */
    taken[seat] = true;            /* @site act */
    CASE_CHECK(pthread_mutex_unlock(&plan_lock));
    return free_seat;
}

static void *sell(void *tickets)
{
    for (int seat = 0; seat < seats; seat++) {
        if (!take(seat))
            continue;
        usleep(300); /* the customer pays */
        ++*(int *)tickets;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t offices[OFFICES];
    int tickets[OFFICES] = {0}, sold = 0;
    seats = (int)case_arg(argc, argv, 1, SEATS, 1, SEATS);
    for (int i = 0; i < OFFICES; i++)
        CASE_CHECK(pthread_create(&offices[i], NULL, sell, &tickets[i]));
    for (int i = 0; i < OFFICES; i++) {
        CASE_CHECK(pthread_join(offices[i], NULL));
        sold += tickets[i];
    }
    return case_end(sold == seats, "%d tickets sold for %d seats", sold, seats);
}
