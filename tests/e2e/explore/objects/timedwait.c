/* A wait that may time out, and a signal.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;

static void *thread0(void *unused)
{
    struct timespec t = {2000000000, 0};
    pthread_mutex_lock(&m);
    pthread_cond_timedwait(&c, &m, &t);
    pthread_mutex_unlock(&m);
    return unused;
}

static void *thread1(void *unused)
{
    struct timespec t = {2000000000, 0};
    pthread_mutex_lock(&m);
    pthread_cond_timedwait(&c, &m, &t);
    pthread_mutex_unlock(&m);
    return unused;
}

static void *thread2(void *unused)
{
    pthread_mutex_lock(&m);
    pthread_cond_signal(&c);
    pthread_mutex_unlock(&m);
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
