/* A kitchen puts dishes into a hatch for its waiter, and closes for the night.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { DISHES = 3 };

struct hatch {
    pthread_mutex_t lock;
    pthread_cond_t news;
    int dishes, served;
    bool closed;
};

static void hatch_open(struct hatch *h)
{
    CASE_CHECK(pthread_mutex_init(&h->lock, NULL));
    CASE_CHECK(pthread_cond_init(&h->news, NULL));
}

static void hatch_put(struct hatch *h)
{
    CASE_CHECK(pthread_mutex_lock(&h->lock));
    h->dishes++;
    CASE_CHECK(pthread_cond_signal(&h->news));
    CASE_CHECK(pthread_mutex_unlock(&h->lock));
}

static void hatch_close(struct hatch *h, pthread_t waiter)
{
    CASE_CHECK(pthread_mutex_lock(&h->lock));
    h->closed = true;
    CASE_CHECK(pthread_cond_broadcast(&h->news));
    CASE_CHECK(pthread_mutex_unlock(&h->lock));
    CASE_CHECK(pthread_join(waiter, NULL));
    CASE_CHECK(pthread_cond_destroy(&h->news)); /* @site destroy */
    CASE_CHECK(pthread_mutex_destroy(&h->lock));
}

static void *wait_at_table(void *arg)
{
    struct hatch *h = arg;
    CASE_CHECK(pthread_mutex_lock(&h->lock));
    do {
        while (h->served == h->dishes && !h->closed) {
            CASE_CHECK(pthread_cond_wait(&h->news, &h->lock)); /* @site wait */
        }
        h->served = h->dishes;
    } while (!h->closed);
    CASE_CHECK(pthread_mutex_unlock(&h->lock));
    return NULL;
}

int main(void)
{
    static struct hatch hatch;
    pthread_t waiter;
    hatch_open(&hatch);
    CASE_CHECK(pthread_create(&waiter, NULL, wait_at_table, &hatch));
    for (int i = 0; i < DISHES; i++) {
        hatch_put(&hatch);
        usleep(20000); /* until the next dish is cooked */
    }
    hatch_close(&hatch, waiter);
    return case_end(hatch.served == DISHES, "%d of %d dishes served",
                    hatch.served, DISHES);
}
