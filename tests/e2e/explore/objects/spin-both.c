/* A thread spins on two words that two others write.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int first, second;

static void *thread0(void *unused)
{
    while (!atomic_load(&first) || !atomic_load(&second))
        ;
    return unused;
}

static void *thread1(void *unused)
{
    atomic_store(&first, 1);
    return unused;
}

static void *thread2(void *unused)
{
    atomic_store(&second, 1);
    return unused;
}

int main(void)
{
    pthread_t ids[3];
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_create(&ids[2], NULL, thread2, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(ids[i], NULL);
    return 0;
}
