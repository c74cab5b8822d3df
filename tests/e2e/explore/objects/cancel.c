/* A waiting thread is cancelled; its handler unlocks.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;

static void release(void *mutex)
{
    pthread_mutex_unlock(mutex);
}

static void *thread0(void *unused)
{
    pthread_mutex_lock(&m);
    pthread_cleanup_push(release, &m);
    pthread_cond_wait(&c, &m);
    pthread_cleanup_pop(1);
    return unused;
}

static void *thread1(void *unused)
{
    pthread_mutex_lock(&m);
    pthread_cond_signal(&c);
    pthread_mutex_unlock(&m);
    return unused;
}

int main(void)
{
    pthread_t ids[2];
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_cancel(ids[0]);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    return 0;
}
