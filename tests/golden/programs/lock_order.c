/* Golden reports: two locks taken in both orders, one after the other.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;

static void *forth(void *arg)
{
    pthread_mutex_lock(&first);
    pthread_mutex_lock(&second);
    pthread_mutex_unlock(&second);
    pthread_mutex_unlock(&first);
    return arg;
}

static void *back(void *arg)
{
    pthread_mutex_lock(&second);
    pthread_mutex_lock(&first);
    pthread_mutex_unlock(&first);
    pthread_mutex_unlock(&second);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, forth, NULL);
    pthread_join(t, NULL);
    pthread_create(&t, NULL, back, NULL);
    pthread_join(t, NULL);
    return 0;
}
