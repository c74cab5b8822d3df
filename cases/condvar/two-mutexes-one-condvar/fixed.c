/* A post office has a desk for letters and one for parcels, each with a lock.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { LETTERS, PARCELS, DESKS };

static struct desk {
    pthread_mutex_t lock;
    pthread_cond_t delivery;
    int items, sorted; /* under the lock */
} desks[DESKS];

static void *clerk(void *arg)
{
    struct desk *d = arg;
    CASE_CHECK(pthread_mutex_lock(&d->lock));
    while (d->items == 0) {
        CASE_CHECK(pthread_cond_wait(&d->delivery, &d->lock)); /* @site wait */
    }
    d->sorted = d->items;
    CASE_CHECK(pthread_mutex_unlock(&d->lock));
    return NULL;
}

static void deliver(struct desk *d, int items)
{
    CASE_CHECK(pthread_mutex_lock(&d->lock));
    d->items = items;
    CASE_CHECK(pthread_cond_signal(&d->delivery)); /* @site signal */
    CASE_CHECK(pthread_mutex_unlock(&d->lock));
}

int main(void)
{
    pthread_t clerks[DESKS];
    for (int i = 0; i < DESKS; i++) {
        CASE_CHECK(pthread_mutex_init(&desks[i].lock, NULL));
        CASE_CHECK(pthread_cond_init(&desks[i].delivery, NULL));
        CASE_CHECK(pthread_create(&clerks[i], NULL, clerk, &desks[i]));
        usleep(60000); /* until the clerk is at the desk */
    }
    deliver(&desks[PARCELS], 3);
    usleep(60000); /* until the postman has fetched the letters */
    deliver(&desks[LETTERS], 20);
    for (int i = 0; i < DESKS; i++) {
        CASE_CHECK(pthread_join(clerks[i], NULL));
        CASE_CHECK(pthread_cond_destroy(&desks[i].delivery));
        CASE_CHECK(pthread_mutex_destroy(&desks[i].lock));
    }
    return case_end(desks[LETTERS].sorted == 20 && desks[PARCELS].sorted == 3,
                    "%d letters and %d parcels sorted", desks[LETTERS].sorted,
                    desks[PARCELS].sorted);
}
