/* Golden reports: a race, then a crash of the program itself.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stddef.h>

static int counter;
static int *nowhere;

static void *work(void *arg)
{
    counter++;
    return arg;
}

static void stumble(int *where)
{
    *where = 1;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    stumble(nowhere);
    return 0;
}
