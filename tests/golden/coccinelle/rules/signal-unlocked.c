/* Never locked; then before, or by the caller.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock;
static pthread_cond_t news;
static int ready;

void await(void)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&news, &lock);
    pthread_mutex_unlock(&lock);
}

void wrong(void)
{
    ready = 1;
    pthread_cond_signal(&news); /* HIT */
}

void right(void)
{
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_mutex_unlock(&lock);
    pthread_cond_signal(&news);
}

static void tell(void)
{
    pthread_cond_signal(&news);
}

void right_too(void)
{
    pthread_mutex_lock(&lock);
    ready = 1;
    tell();
    pthread_mutex_unlock(&lock);
}
