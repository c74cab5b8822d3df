/* A lock that threads share, made by each; not one of its own.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

struct job {
    pthread_mutex_t lock;
};
static pthread_mutex_t shared, early;

static void *work(void *unused)
{
    struct job *own = malloc(sizeof *own);
    pthread_mutex_init(&own->lock, NULL);
    pthread_mutex_init(&shared, NULL); /* HIT */
    free(own);
    return unused;
}

int main(void)
{
    pthread_t id;
    pthread_mutex_init(&early, NULL);
    pthread_create(&id, NULL, work, NULL);
    pthread_join(id, NULL);
    return 0;
}
