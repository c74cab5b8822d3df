/* Two rounds of three.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static pthread_barrier_t b;
static atomic_int x;

static void *thread0(void *unused)
{
    atomic_fetch_add(&x, 1);
    pthread_barrier_wait(&b);
    atomic_load(&x);
    pthread_barrier_wait(&b);
    return unused;
}

static void *thread1(void *unused)
{
    atomic_fetch_add(&x, 1);
    pthread_barrier_wait(&b);
    atomic_load(&x);
    pthread_barrier_wait(&b);
    return unused;
}

int main(void)
{
    pthread_t ids[2];
    pthread_barrier_init(&b, NULL, 2);
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    return 0;
}
