/* Two workers take numbers from a pipe until its last writer is gone.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int ends[2], sum;

static void *work(void *unused)
{
    int n;
    while (read(ends[0], &n, sizeof n) == sizeof n) {
        pthread_mutex_lock(&lock);
        sum += n;
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t a, b;
    if (pipe(ends) != 0)
        return 1;
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    for (int i = 1; i <= 2; i++)
        if (write(ends[1], &i, sizeof i) != sizeof i)
            return 1;
    close(ends[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return sum != 3;
}
