/* What the programs of the watchdog's tests share. Each hangs on purpose, at
 * the lines labelled @site.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <threads.h>
#include <unistd.h>

static inline pthread_t start(void *(*run)(void *))
{
    pthread_t t;
    if (pthread_create(&t, NULL, run, NULL) != 0)
        exit(2);
    return t;
}

/* Long enough for another thread to come to its lock. */
static inline void pause_a_while(void)
{
    usleep(50000);
}
