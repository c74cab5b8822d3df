/* Asked once; then until it is so.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock;
static pthread_cond_t news;
static int ready;

void wrong(void)
{
    pthread_mutex_lock(&lock);
    if (!ready)                          /* HIT */
        pthread_cond_wait(&news, &lock); /* HIT */
    pthread_mutex_unlock(&lock);
}

void right(void)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&news, &lock);
    while (1) {
        if (ready)
            break;
        else
            pthread_cond_wait(&news, &lock);
    }
    pthread_mutex_unlock(&lock);
}
