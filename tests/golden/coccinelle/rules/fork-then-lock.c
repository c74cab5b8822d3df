/* The child takes the lock; then the parent has it across the fork.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock, held;

static int audit(void)
{
    pthread_mutex_lock(&lock); /* HIT */
    pthread_mutex_unlock(&lock);
    return 0;
}

static int look(void)
{
    pthread_mutex_lock(&held);
    pthread_mutex_unlock(&held);
    return 0;
}

void wrong(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(audit());
}

void right(void)
{
    pthread_mutex_lock(&held);
    pid_t child = fork();
    pthread_mutex_unlock(&held);
    if (child == 0)
        _exit(look());
}

static void *work(void *unused)
{
    return unused;
}

void start(pthread_t *id)
{
    pthread_create(id, NULL, work, NULL);
}
