/* Golden reports: a block that one thread frees and another then uses.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static int *block;

static void *use(void *arg)
{
    usleep(100000);
    *block = 1;
    return arg;
}

int main(void)
{
    pthread_t t;
    block = malloc(sizeof *block);
    pthread_create(&t, NULL, use, NULL);
    free(block);
    pthread_join(t, NULL);
    return 0;
}
