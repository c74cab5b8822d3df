/* Forks with a lock in its own hands; the child takes it again.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_mutex_lock(&lock); /* @site first */
    pid_t child = fork();
    if (child == 0) {
        pthread_mutex_lock(&lock); /* @site again */
        _exit(0);
    }
    pthread_mutex_unlock(&lock);
    waitpid(child, NULL, 0);
    return 0;
}
