/* Golden reports: a thread that nobody joins and one that keeps its lock.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *keep(void *arg)
{
    pthread_mutex_lock(&lock);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, keep, NULL);
    usleep(100000);
    return 0;
}
