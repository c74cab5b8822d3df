/* A shop's prices are read by customers and changed by the owner.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { CUSTOMERS = 2, LOOKS = 20 /* of each */, CHANGES = 3, GOODS = 3 };

static int looks, changes;

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
int prices[GOODS] = {10, 20, 30};

/* The caller holds the lock. */
static int dearest_locked(void)
{
    int highest = 0;
    for (int i = 0; i < GOODS; i++) {
        int price = prices[i]; /* @site look */
        highest = price > highest ? price : highest;
    }
    return highest;
}

static int dearest(void)
{
    pthread_rwlock_rdlock(&lock); /* @site read-lock */
    int highest = dearest_locked();
    pthread_rwlock_unlock(&lock); /* @site read-unlock */
    return highest;
}

static void raise_prices(int limit)
{
    pthread_rwlock_wrlock(&lock); /* @site write-lock */
    for (int i = 0; i < GOODS && dearest_locked() < limit; i++) {
        prices[i]++; /* @site raise */
    }
    pthread_rwlock_unlock(&lock); /* @site write-unlock */
}

static void *look(void *unused)
{
    for (int i = 0; i < looks; i++) {
        (void)dearest();
        usleep(1000); /* while the customer thinks */
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t customers[CUSTOMERS];
    looks = (int)case_arg(argc, argv, 1, LOOKS, 1, LOOKS);
    changes = (int)case_arg(argc, argv, 2, CHANGES, 1, CHANGES);
    for (int i = 0; i < CUSTOMERS; i++)
        CASE_CHECK(pthread_create(&customers[i], NULL, look, NULL));
    for (int i = 0; i < changes; i++) {
        raise_prices(50);
        usleep(1000); /* until the next morning */
    }
    for (int i = 0; i < CUSTOMERS; i++)
        CASE_CHECK(pthread_join(customers[i], NULL));
    int price = dearest();
    return case_end(price == 30 + changes, "the dearest costs %d of %d", price,
                    30 + changes);
}
