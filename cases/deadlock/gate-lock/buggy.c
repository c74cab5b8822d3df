/* Goods go from the depot to the shop, and come back, each place locked.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { TOURS = 100 };

static int tours;

struct place {
    pthread_mutex_t lock;
    int goods;
};

static struct place depot = {PTHREAD_MUTEX_INITIALIZER, 100};
static struct place shop = {PTHREAD_MUTEX_INITIALIZER, 0};
/* Taken before two places are locked; then their order does not matter. */
static pthread_mutex_t moving = PTHREAD_MUTEX_INITIALIZER;

static void deliver(void)
{
    CASE_CHECK(pthread_mutex_lock(&moving));
    CASE_CHECK(pthread_mutex_lock(&depot.lock)); /* @site deliver-depot */
    usleep(300);                                 /* loads the van */
    CASE_CHECK(pthread_mutex_lock(&shop.lock));  /* @site deliver-shop */
    depot.goods--;
    shop.goods++;
    CASE_CHECK(pthread_mutex_unlock(&shop.lock));
    CASE_CHECK(pthread_mutex_unlock(&depot.lock));
    CASE_CHECK(pthread_mutex_unlock(&moving));
}

static void take_back(void)
{
    CASE_CHECK(pthread_mutex_lock(&shop.lock));  /* @site back-shop */
    usleep(300);                                 /* fills a box */
    CASE_CHECK(pthread_mutex_lock(&depot.lock)); /* @site back-depot */
    shop.goods--;
    depot.goods++;
    CASE_CHECK(pthread_mutex_unlock(&depot.lock));
    CASE_CHECK(pthread_mutex_unlock(&shop.lock));
}

static void *driver(void *unused)
{
    for (int i = 0; i < tours; i++)
        deliver();
    return unused;
}

static void *clerk(void *unused)
{
    for (int i = 0; i < tours; i++)
        take_back();
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t driving, clearing;
    tours = (int)case_arg(argc, argv, 1, TOURS, 1, TOURS);
    deliver(); /* a first tour both ways, before the shop opens */
    take_back();
    CASE_CHECK(pthread_create(&driving, NULL, driver, NULL));
    CASE_CHECK(pthread_create(&clearing, NULL, clerk, NULL));
    CASE_CHECK(pthread_join(driving, NULL));
    CASE_CHECK(pthread_join(clearing, NULL));
    return case_end(depot.goods == 100 && shop.goods == 0,
                    "%d in the depot, %d in the shop", depot.goods, shop.goods);
}
