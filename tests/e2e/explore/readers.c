/* One thread writes, N others read: 2 to the N traces.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int number;

static void *set(void *unused)
{
    atomic_store(&number, 1);
    return unused;
}

static void *get(void *unused)
{
    (void)atomic_load(&number);
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t ids[32];
    int n = argc > 1 ? atoi(argv[1]) : 13;
    pthread_create(&ids[0], NULL, set, NULL);
    for (int i = 1; i <= n; i++)
        pthread_create(&ids[i], NULL, get, NULL);
    for (int i = 0; i <= n; i++)
        pthread_join(ids[i], NULL);
    return 0;
}
