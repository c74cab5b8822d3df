/* Freed under the thread; then after it, and what is not its.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static void *work(void *unused)
{
    return unused;
}

static void drop(char *text)
{
    free(text); /* HIT */
}

void wrong(char *text)
{
    pthread_t id;
    pthread_create(&id, NULL, work, text);
    drop(text);
    pthread_join(id, NULL);
}

void right(char *yours, char *own)
{
    pthread_t id;
    pthread_create(&id, NULL, work, yours);
    free(own);
    pthread_join(id, NULL);
    free(yours);
}
