/* Signals before anybody waits, and waits without looking.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static struct queue {
    pthread_mutex_t lock;
    pthread_cond_t not_empty;
} queue = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER};

static void *consumer(void *arg)
{
    pause_a_while();
    pthread_mutex_lock(&queue.lock);
    pthread_cond_wait(&queue.not_empty, &queue.lock); /* @site wait */
    pthread_mutex_unlock(&queue.lock);
    return arg;
}

int main(void)
{
    pthread_t t = start(consumer);
    pthread_cond_signal(&queue.not_empty);
    pthread_join(t, NULL);
    return 0;
}
