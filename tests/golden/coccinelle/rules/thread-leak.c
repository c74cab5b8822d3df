/* The id is lost; then detached, kept, given on.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static void *work(void *unused)
{
    return unused;
}

void wrong(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL); /* HIT */
}

pthread_t right(pthread_t *mine, const pthread_attr_t *detached)
{
    pthread_t a, b, c;
    pthread_create(&a, NULL, work, NULL);
    pthread_detach(a);
    pthread_create(&b, NULL, work, NULL);
    pthread_create(mine, NULL, work, NULL);
    pthread_create(&c, detached, work, NULL);
    return b;
}
