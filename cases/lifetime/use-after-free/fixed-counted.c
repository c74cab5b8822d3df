/* A till adds up baskets by the list of prices that is in force; main puts new
 * lists in force.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { BASKETS = 10, ITEMS = 8, LISTS = 25 };

static int baskets, lists;

struct list {
    int users;        /* guarded by lock; to be in force is a use */
    int price[ITEMS]; /* the same of all items, so that one can check */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct list *in_force;

static void drop(struct list *list)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    bool last = list && --list->users == 0;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    if (last) {
        free(list); /* @site scrap */
    }
}

static void put_in_force(int price)
{
    struct list *list = malloc(sizeof *list);
    CASE_CHECK(list ? 0 : ENOMEM);
    list->users = 1;
    for (int i = 0; i < ITEMS; i++) {
        list->price[i] = price; /* @site print */
    }
    CASE_CHECK(pthread_mutex_lock(&lock));
    struct list *old = in_force;
    in_force = list;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    drop(old);
}

static struct list *look(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    struct list *list = in_force;
    list->users++;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return list;
}

static bool charge_basket(void)
{
    struct list *list = look();
    int price[ITEMS], wrong = 0;
    usleep(1500); /* the basket is unpacked */
    for (int i = 0; i < ITEMS; i++) {
        usleep(100);               /* the item is scanned */
        price[i] = list->price[i]; /* @site charge */
        wrong += price[i] != price[0];
    }
    drop(list);
    return wrong == 0;
}

static void *keep_till(void *result)
{
    int *wrong = result;
    for (int i = 0; i < baskets; i++)
        *wrong += !charge_basket();
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t till;
    int wrong = 0;
    baskets = (int)case_arg(argc, argv, 1, BASKETS, 1, BASKETS);
    lists = (int)case_arg(argc, argv, 2, LISTS, 1, LISTS);
    put_in_force(100);
    CASE_CHECK(pthread_create(&till, NULL, keep_till, &wrong));
    for (int i = 1; i <= lists; i++) {
        usleep(1000);
        put_in_force(100 + i);
    }
    CASE_CHECK(pthread_join(till, NULL));
    drop(in_force);
    return case_end(wrong == 0, "%d of %d baskets mix lists", wrong, baskets);
}
