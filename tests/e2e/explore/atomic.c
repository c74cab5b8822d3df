/* As many threads as the argument says add one atomically: n! traces.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int counter;

static void *work(void *unused)
{
    atomic_fetch_add(&counter, 1);
    return unused;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 7;
    pthread_t ids[32];
    for (int i = 0; i < n; i++)
        pthread_create(&ids[i], NULL, work, NULL);
    for (int i = 0; i < n; i++)
        pthread_join(ids[i], NULL);
    return counter != n;
}
