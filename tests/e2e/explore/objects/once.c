/* Three threads initialise once.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static pthread_once_t o = PTHREAD_ONCE_INIT;
static int x;

static void init(void)
{
    x = 1;
}

static void *thread0(void *unused)
{
    pthread_once(&o, init);
    return unused;
}

static void *thread1(void *unused)
{
    pthread_once(&o, init);
    return unused;
}

static void *thread2(void *unused)
{
    pthread_once(&o, init);
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
    return 0;
}
