/* A post office has a desk for letters and one for parcels, each with a lock.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { DESKS = 2, DAILY = 3 }; /* items that each desk gets */

static struct desk {
    pthread_mutex_t lock;
    pthread_cond_t delivery;
    int delivered, sorted; /* under the lock */
} desks[DESKS];

static void *clerk(void *arg)
{
    struct desk *d = arg;
    CASE_CHECK(pthread_mutex_lock(&d->lock));
    while (d->sorted < DAILY) {
        while (d->sorted == d->delivered) {
            CASE_CHECK(
                pthread_cond_wait(&d->delivery, &d->lock)); /* @site wait */
        }
        d->sorted++;
    }
    CASE_CHECK(pthread_mutex_unlock(&d->lock));
    return NULL;
}

static void deliver(struct desk *d)
{
    CASE_CHECK(pthread_mutex_lock(&d->lock));
    d->delivered++;
    CASE_CHECK(pthread_cond_signal(&d->delivery)); /* @site signal */
    CASE_CHECK(pthread_mutex_unlock(&d->lock));
}

int main(void)
{
    pthread_t clerks[DESKS];
    int sorted = 0;
    for (int i = 0; i < DESKS; i++) {
        CASE_CHECK(pthread_mutex_init(&desks[i].lock, NULL));
        CASE_CHECK(pthread_cond_init(&desks[i].delivery, NULL));
        CASE_CHECK(pthread_create(&clerks[i], NULL, clerk, &desks[i]));
        usleep(10000); /* until the clerk is at the desk */
    }
    for (int i = 0; i < DESKS * DAILY; i++) {
        usleep(10000); /* until the next item arrives */
        deliver(&desks[(i + 1) % DESKS]);
    }
    for (int i = 0; i < DESKS; i++) {
        CASE_CHECK(pthread_join(clerks[i], NULL));
        CASE_CHECK(pthread_cond_destroy(&desks[i].delivery));
        CASE_CHECK(pthread_mutex_destroy(&desks[i].lock));
        sorted += desks[i].sorted;
    }
    return case_end(sorted == DESKS * DAILY, "%d of %d items sorted", sorted,
                    DESKS * DAILY);
}
