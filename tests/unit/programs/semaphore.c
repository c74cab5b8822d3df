/* Waits for a post that nobody makes.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static sem_t ready;

static void *worker(void *arg)
{
    sem_wait(&ready); /* @site wait */
    return arg;
}

int main(void)
{
    sem_init(&ready, 0, 0);
    pthread_join(start(worker), NULL);
    return 0;
}
