/* Two threads add each other's number to their own (SV-COMP, fib_bench): with
 * two rounds 140 traces.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static int i = 1, j = 1;

static void *first(void *unused)
{
    for (int k = 0; k < 2; k++)
        i += j;
    return unused;
}

static void *second(void *unused)
{
    for (int k = 0; k < 2; k++)
        j += i;
    return unused;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    int wrong = i > 13 || j > 13; /* while they run, as there */
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return wrong;
}
