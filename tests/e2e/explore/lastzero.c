/* Each of N threads makes its number one more than the one before it; another
 * looks for the last zero (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014).
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

static atomic_int numbers[32];
static int n;

static void *look(void *unused)
{
    int i = n;
    while (atomic_load(&numbers[i]) != 0)
        i--;
    return unused;
}

static void *raise_one(void *which)
{
    intptr_t i = (intptr_t)which;
    atomic_store(&numbers[i], atomic_load(&numbers[i - 1]) + 1);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[32];
    n = argc > 1 ? atoi(argv[1]) : 5;
    pthread_create(&ids[0], NULL, look, NULL);
    for (intptr_t i = 1; i <= n; i++)
        pthread_create(&ids[i], NULL, raise_one, (void *)i);
    for (int i = 0; i <= n; i++)
        pthread_join(ids[i], NULL);
    return 0;
}
