/* Golden reports: races on a heap block, on an array and on a stack.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static int *block;
static int table[3];

static void *work(void *arg)
{
    int *local = arg;
    block[1]++;
    table[2]++;
    *local += 1;
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    int local = 0;
    block = calloc(2, sizeof *block);
    pthread_create(&a, NULL, work, &local);
    pthread_create(&b, NULL, work, &local);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    free(block);
    return 0;
}
