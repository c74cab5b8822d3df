/* A volatile counter in a thread; an atomic one, a flag.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

volatile long count;
volatile sig_atomic_t seen;
atomic_long right;

static void *work(void *unused)
{
    count++; /* HIT */
    right++;
    return unused;
}

int main(void)
{
    pthread_t id;
    pthread_create(&id, NULL, work, NULL);
    pthread_join(id, NULL);
    count++;
    return 0;
}
