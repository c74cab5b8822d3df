/* Waits on a condition while it holds a lock that the signaller needs.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *waiter(void *arg)
{
    pthread_mutex_lock(&outer); /* @site outer */
    pthread_mutex_lock(&inner);
    pthread_cond_wait(&changed, &inner); /* @site wait */
    return arg;
}

int main(void)
{
    start(waiter);
    pause_a_while();
    pthread_mutex_lock(&outer); /* @site locked-out */
    pthread_cond_signal(&changed);
    return 0;
}
