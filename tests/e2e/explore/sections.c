/* N threads that lock, add and unlock M times: 2 N M steps and a few more.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

enum { MOST = 120 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int counter, each = 1;

static void *work(void *unused)
{
    for (int i = 0; i < each; i++) {
        pthread_mutex_lock(&lock);
        counter++;
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 2;
    pthread_t ids[MOST];
    if (argc > 2)
        each = atoi(argv[2]);
    if (n > MOST)
        return 2;
    for (int i = 0; i < n; i++)
        pthread_create(&ids[i], NULL, work, NULL);
    for (int i = 0; i < n; i++)
        pthread_join(ids[i], NULL);
    return counter != n * each;
}
