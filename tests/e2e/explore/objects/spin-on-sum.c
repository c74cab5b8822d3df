/* One waits, without sleeping, for a sum that two others may fail to reach.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int sum;

static void *add(void *unused)
{
    sum = sum + 1;
    return unused;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    while (sum < 2)
        ;
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
