/* N threads, the i-th of which turns i into i + 1 by one compare-and-exchange:
 * N = 8 has 2,048 traces (a failed one only reads).
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { MOST = 16 };

static atomic_int turn;

static void *work(void *number)
{
    int mine = (int)(long)number;
    atomic_compare_exchange_strong(&turn, &mine, mine + 1);
    return NULL;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 4;
    pthread_t ids[MOST];
    if (n > MOST)
        return 2;
    for (long i = 0; i < n; i++)
        pthread_create(&ids[i], NULL, work, (void *)i);
    for (int i = 0; i < n; i++)
        pthread_join(ids[i], NULL);
    return 0;
}
