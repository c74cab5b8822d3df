/* Waits with another lock, here and in a callee; not with its own.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t outer, lock;
static pthread_cond_t news;
static int ready;

static void await(void)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&news, &lock); /* HIT */
    pthread_mutex_unlock(&lock);
}

void wrong(void)
{
    pthread_mutex_lock(&outer); /* HIT */
    await();
    pthread_mutex_unlock(&outer);
}

void right(void)
{
    pthread_mutex_lock(&outer);
    pthread_mutex_unlock(&outer);
    await();
}
