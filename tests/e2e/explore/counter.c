/* Two threads, two plain increments each: 34 traces; 2, 3 or 4 in the end.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static int counter;

static void *work(void *unused)
{
    counter++;
    counter++;
    return unused;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return counter != 4;
}
