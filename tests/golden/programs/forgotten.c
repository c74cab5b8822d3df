/* Golden reports: a race whose first access is too long ago.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <unistd.h>

static volatile int flag;
static volatile int noise[64];

static void *work(void *arg)
{
    flag = 1;
    for (int i = 0; i < 20000000; i++)
        noise[i % 64] = i;
    sleep(3);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, work, NULL);
    sleep(4);
    flag = 2;
    pthread_join(t, NULL);
    return 0;
}
