/* Two threads wait for each other's end.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_t first, second;
static pthread_barrier_t known;

static void *run_first(void *arg)
{
    pthread_barrier_wait(&known);
    pthread_join(second, NULL); /* @site join-second */
    return arg;
}

static void *run_second(void *arg)
{
    pthread_barrier_wait(&known);
    pause_a_while();
    pthread_join(first, NULL); /* @site join-first */
    return arg;
}

int main(void)
{
    pthread_barrier_init(&known, NULL, 3);
    first = start(run_first);
    second = start(run_second);
    pthread_barrier_wait(&known);
    pthread_exit(NULL);
}
