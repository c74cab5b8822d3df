/* Readers and writers that try.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
static int x;

static void *thread0(void *unused)
{
    if (pthread_rwlock_tryrdlock(&l) == 0)
        pthread_rwlock_unlock(&l);
    return unused;
}

static void *thread1(void *unused)
{
    if (pthread_rwlock_trywrlock(&l) == 0)
        pthread_rwlock_unlock(&l);
    return unused;
}

static void *thread2(void *unused)
{
    pthread_rwlock_wrlock(&l);
    x++;
    pthread_rwlock_unlock(&l);
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
