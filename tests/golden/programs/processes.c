/* Golden reports: a parent and its child, each with a race.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static int counter;

static void *work(void *arg)
{
    counter++;
    return arg;
}

static void race(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, work, NULL);
    pthread_create(&b, NULL, work, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
}

int main(void)
{
    pid_t child = fork();
    race();
    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
    return 0;
}
