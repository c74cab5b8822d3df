/* Plain accesses of several places.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static int x, y, z;

static void *thread0(void *unused)
{
    x = 1;
    z = y;
    return unused;
}

static void *thread1(void *unused)
{
    y = 1;
    z = x;
    return unused;
}

static void *thread2(void *unused)
{
    z++;
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
