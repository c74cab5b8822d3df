/* Two changes of one state, each of which may be the last.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static int from, to;

static void *work(void *unused)
{
    int before, own = 0;
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &before);
    for (;;) {
        own++;
        from--; /* HIT */
        to++;   /* HIT */
    }
    return unused;
}

static void *right(void *unused)
{
    for (;;) {
        pthread_testcancel();
        from--;
        to++;
    }
    return unused;
}

void start(pthread_t *a, pthread_t *b)
{
    pthread_create(a, NULL, work, NULL);
    pthread_create(b, NULL, right, NULL);
}
