/* Cashiers ring up their sales on one till.
 * Usage: PROGRAM [SALES of each cashier]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { CASHIERS = 2, PRICE = 3 };

struct till {
    pthread_mutex_t lock;
    long *takings;
};

struct cashier {
    pthread_t thread;
    long sales;
    struct till *till;
};

long takings; /* of the day */

static void till_add(struct till *t, long amount)
{
    CASE_CHECK(pthread_mutex_lock(&t->lock));
    *t->takings += amount; /* @site add */
    CASE_CHECK(pthread_mutex_unlock(&t->lock));
}

static void *sell(void *arg)
{
    struct cashier *c = arg;
    for (long i = 0; i < c->sales; i++)
        till_add(c->till, PRICE);
    return NULL;
}

int main(int argc, char **argv)
{
    struct cashier cashiers[CASHIERS];
    long sales = case_arg(argc, argv, 1, 1000000, 1, 10000000);
    struct till till = {PTHREAD_MUTEX_INITIALIZER, &takings};
    for (int i = 0; i < CASHIERS; i++) {
        struct cashier *c = &cashiers[i];
        c->sales = sales;
        c->till = &till;
        CASE_CHECK(pthread_create(&c->thread, NULL, sell, c));
    }
    for (int i = 0; i < CASHIERS; i++)
        CASE_CHECK(pthread_join(cashiers[i].thread, NULL));
    return case_end(takings == CASHIERS * sales * PRICE, "takings %ld of %ld",
                    takings, CASHIERS * sales * PRICE);
}
