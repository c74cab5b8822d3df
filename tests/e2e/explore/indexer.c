/* N threads put four messages each into one hash table (Flanagan, Godefroid,
 * POPL 2005): up to 11 threads none meet, 15 of them have 4,096 traces.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

enum { SIZE = 128, MESSAGES = 4 };

static atomic_int table[SIZE];

static void *work(void *which)
{
    int id = (int)(intptr_t)which;
    for (int m = 1; m <= MESSAGES; m++) {
        int word = m * 11 + id, at = (word * 7) % SIZE;
        for (int empty = 0;
             !atomic_compare_exchange_strong(&table[at], &empty, word);
             empty = 0)
            at = (at + 1) % SIZE;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[32];
    int n = argc > 1 ? atoi(argv[1]) : 15;
    for (intptr_t i = 0; i < n; i++)
        pthread_create(&ids[i], NULL, work, (void *)i);
    for (int i = 0; i < n; i++)
        pthread_join(ids[i], NULL);
    return 0;
}
