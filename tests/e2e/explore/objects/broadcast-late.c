/* A broadcast comes before, during or after a wait whose time is up.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static int error;

static void *wait_for(void *unused)
{
    pthread_mutex_lock(&lock);
    error = pthread_cond_timedwait(&more, &lock, &(struct timespec){1, 0});
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t a;
    pthread_create(&a, NULL, wait_for, NULL);
    pthread_cond_broadcast(&more);
    pthread_join(a, NULL);
    return 0;
}
