/* A spin lock.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static pthread_spinlock_t l;
static int x;

static void *thread0(void *unused)
{
    pthread_spin_lock(&l);
    x++;
    pthread_spin_unlock(&l);
    return unused;
}

static void *thread1(void *unused)
{
    pthread_spin_lock(&l);
    x++;
    pthread_spin_unlock(&l);
    return unused;
}

static void *thread2(void *unused)
{
    if (pthread_spin_trylock(&l) == 0)
        pthread_spin_unlock(&l);
    return unused;
}

int main(void)
{
    pthread_t ids[3];
    pthread_spin_init(&l, 0);
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_create(&ids[2], NULL, thread2, NULL);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    pthread_join(ids[2], NULL);
    return 0;
}
