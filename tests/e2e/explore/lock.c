/* As many threads as the argument says add one under a mutex: n! traces.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static int counter;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    counter++;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 7;
    pthread_t ids[32];
    for (int i = 0; i < n; i++)
        pthread_create(&ids[i], NULL, work, NULL);
    for (int i = 0; i < n; i++)
        pthread_join(ids[i], NULL);
    return counter != n;
}
