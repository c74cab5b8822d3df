/* Two threads take two mutexes in opposite orders.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *forward(void *arg)
{
    pthread_mutex_lock(&a); /* @site forward-first */
    pause_a_while();
    pthread_mutex_lock(&b); /* @site forward-second */
    pthread_mutex_unlock(&b);
    pthread_mutex_unlock(&a);
    return arg;
}

static void *backward(void *arg)
{
    pthread_mutex_lock(&b); /* @site backward-first */
    pause_a_while();
    pthread_mutex_lock(&a); /* @site backward-second */
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
    return arg;
}

int main(void)
{
    pthread_t t = start(forward), u = start(backward);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    return 0;
}
