/* Blocks are handed over under a lock.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int *box;

static void *thread0(void *unused)
{
    int *b = malloc(sizeof *b);
    *b = 1;
    pthread_mutex_lock(&m);
    free(box);
    box = b;
    pthread_mutex_unlock(&m);
    return unused;
}

static void *thread1(void *unused)
{
    int *b = malloc(sizeof *b);
    *b = 1;
    pthread_mutex_lock(&m);
    free(box);
    box = b;
    pthread_mutex_unlock(&m);
    return unused;
}

static void *thread2(void *unused)
{
    pthread_mutex_lock(&m);
    if (box)
        *box += 1;
    pthread_mutex_unlock(&m);
    return unused;
}

int main(void)
{
    pthread_t ids[3];
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_create(&ids[2], NULL, thread2, NULL);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    pthread_join(ids[2], NULL);
    free(box);
    return 0;
}
