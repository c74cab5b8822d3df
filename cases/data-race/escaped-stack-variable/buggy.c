/* A clerk sends for a price, waits a little, and goes on to weigh parcels.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { PARCELS = 16, GRAMS = 100 /* of each */ };

struct question {
    long price;
    bool answered;
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *fetch_price(void *arg)
{
    struct question *q = arg;
    usleep(60000); /* the way to the warehouse and back */
    CASE_CHECK(pthread_mutex_lock(&lock));
    q->price = 250;     /* @site price */
    q->answered = true; /* @site answered */
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return NULL;
}

/* The price, or 0 if there is no answer yet. */
static long ask(pthread_t *messenger)
{
    struct question q = {0, false};
    CASE_CHECK(pthread_create(messenger, NULL, fetch_price, &q));
    usleep(1000); /* as long as the clerk will wait */
    CASE_CHECK(pthread_mutex_lock(&lock));
    long price = q.answered ? q.price : 0;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return price;
}

static void put_on_scales(long *grams)
{
    for (int i = 0; i < PARCELS; i++) {
        grams[i] = GRAMS; /* @site grams */
    }
}

static long weigh(pthread_t messenger)
{
    long grams[PARCELS], sum = 0;
    put_on_scales(grams);
    CASE_CHECK(pthread_join(messenger, NULL));
    for (int i = 0; i < PARCELS; i++)
        sum += grams[i];
    return sum;
}

int main(void)
{
    pthread_t messenger;
    long price = ask(&messenger);
    long sum = weigh(messenger);
    return case_end(sum == PARCELS * GRAMS, "%ld g instead of %d g, price %ld",
                    sum, PARCELS * GRAMS, price);
}
