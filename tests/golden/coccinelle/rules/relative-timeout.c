/* Two seconds since 1970; then two seconds from now.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock;
static pthread_cond_t news;
static int ready;

#include <time.h>

int wrong(void)
{
    struct timespec end = {.tv_sec = 2};
    int error = 0;
    pthread_mutex_lock(&lock);
    while (!ready && error == 0)
        error = pthread_cond_timedwait(&news, &lock, &end); /* HIT */
    pthread_mutex_unlock(&lock);
    return error;
}

int right(void)
{
    struct timespec end;
    int error = 0;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += 2;
    pthread_mutex_lock(&lock);
    while (!ready && error == 0)
        error = pthread_cond_timedwait(&news, &lock, &end);
    pthread_mutex_unlock(&lock);
    return error;
}
