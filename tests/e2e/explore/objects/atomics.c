/* Loads, stores, updates and compare-and-exchange.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int x, y;

static void *thread0(void *unused)
{
    atomic_store(&x, 1);
    atomic_load(&y);
    return unused;
}

static void *thread1(void *unused)
{
    atomic_store(&y, 1);
    atomic_load(&x);
    return unused;
}

static void *thread2(void *unused)
{
    int e = 1;
    atomic_compare_exchange_strong(&x, &e, 2);
    atomic_fetch_add(&y, 1);
    return unused;
}

int main(void)
{
    pthread_t ids[3];
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_create(&ids[2], NULL, thread2, NULL);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    pthread_join(ids[2], NULL);
    return 0;
}
