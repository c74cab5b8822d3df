/* Guests come into a restaurant one after the other and wait for the soup.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { GUESTS = 3, MINUTE = 2000 /* microseconds */ };

static struct kitchen {
    pthread_mutex_t lock;
    pthread_cond_t ready;
    bool soup;
} kitchen = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void kitchen_open(struct kitchen *k)
{
    CASE_CHECK(pthread_cond_init(&k->ready, NULL)); /* @site init */
}

static void kitchen_await(struct kitchen *k)
{
    CASE_CHECK(pthread_mutex_lock(&k->lock));
    while (!k->soup)
        CASE_CHECK(pthread_cond_wait(&k->ready, &k->lock)); /* @site wait */
    CASE_CHECK(pthread_mutex_unlock(&k->lock));
}

static void kitchen_serve(struct kitchen *k)
{
    CASE_CHECK(pthread_mutex_lock(&k->lock));
    k->soup = true;
    CASE_CHECK(pthread_cond_broadcast(&k->ready));
    CASE_CHECK(pthread_mutex_unlock(&k->lock));
}

static void *dine(void *unused)
{
    kitchen_open(&kitchen);
    kitchen_await(&kitchen);
    return unused;
}

int main(void)
{
    pthread_t guests[GUESTS];
    for (int i = 0; i < GUESTS; i++) {
        CASE_CHECK(pthread_create(&guests[i], NULL, dine, NULL));
        usleep(MINUTE);
    }
    kitchen_serve(&kitchen);
    for (int i = 0; i < GUESTS; i++)
        CASE_CHECK(pthread_join(guests[i], NULL));
    CASE_CHECK(pthread_cond_destroy(&kitchen.ready));
    return case_end(true, "%d guests had their soup", GUESTS);
}
