/* A detached thread, and the end of the program.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int x;

static void *thread0(void *unused)
{
    pthread_detach(pthread_self());
    atomic_fetch_add(&x, 1);
    return unused;
}

static void *thread1(void *unused)
{
    atomic_fetch_add(&x, 1);
    return unused;
}

int main(void)
{
    pthread_t ids[2];
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_join(ids[1], NULL);
    return 0;
}
