/* Forks while another thread holds a lock; the child wants it.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *holder(void *arg)
{
    pthread_mutex_lock(&lock); /* @site holds */
    usleep(200000);
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t t = start(holder);
    pause_a_while();
    pid_t child = fork();
    if (child == 0) {
        pthread_mutex_lock(&lock); /* @site child-waits */
        _exit(0);
    }
    pthread_join(t, NULL);
    waitpid(child, NULL, 0);
    return 0;
}
