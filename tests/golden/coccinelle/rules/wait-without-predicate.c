/* Nothing is asked; then it is.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock;
static pthread_cond_t news;
static int ready;

void wrong(void)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&news, &lock); /* HIT */
    pthread_mutex_unlock(&lock);
}

void right(void)
{
    pthread_mutex_lock(&lock);
    do {
        pthread_cond_wait(&news, &lock);
    } while (!ready);
    pthread_mutex_unlock(&lock);
}
