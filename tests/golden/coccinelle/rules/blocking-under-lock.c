/* Reads under the lock, itself and in a callee; not after it.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock;
static int fd;

static long ask(void)
{
    long answer = 0;
    read(fd, &answer, sizeof answer); /* HIT */
    return answer;
}

void wrong(void)
{
    pthread_mutex_lock(&lock); /* HIT */
    ask();                     /* HIT */
    pthread_mutex_unlock(&lock);
}

void right(void)
{
    long answer = ask();
    pthread_mutex_lock(&lock);
    answer++;
    pthread_mutex_unlock(&lock);
}
