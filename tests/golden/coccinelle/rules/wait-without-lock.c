/* A caller without the lock; and one with it.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock;
static pthread_cond_t news;
static int ready;

static pthread_mutex_t lock2;
static pthread_cond_t news2;

static void await(void)
{
    while (!ready)
        pthread_cond_wait(&news, &lock); /* HIT */
}

static void await2(void)
{
    while (!ready)
        pthread_cond_wait(&news2, &lock2);
}

void wrong(void)
{
    await();
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
}

void right(void)
{
    pthread_mutex_lock(&lock2);
    await2();
    pthread_mutex_unlock(&lock2);
}
