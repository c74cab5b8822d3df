/* A thread waits for signals that two others send, one to it, one to all.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static pthread_t waiter;
static int seen;

static void *wait_for(void *set)
{
    int number;
    for (int i = 0; i < 2; i++) {
        sigwait(set, &number);
        seen += number == SIGUSR1 ? 1 : 10;
    }
    return NULL;
}

static void *send(void *unused)
{
    pthread_kill(waiter, SIGUSR2);
    return unused;
}

int main(void)
{
    pthread_t a;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_create(&waiter, NULL, wait_for, &set);
    pthread_create(&a, NULL, send, NULL);
    kill(getpid(), SIGUSR1);
    pthread_join(waiter, NULL);
    pthread_join(a, NULL);
    return seen != 11;
}
