/* Something for every analyser that reads sources.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void report(void)
{
    printf("alarm\n");
}

static void on_alarm(int number)
{
    (void)number;
    report();
}

int enter(int amount)
{
    pthread_mutex_lock(&lock);
    if (amount < 0)
        return -1;
    pthread_mutex_unlock(&lock);
    return amount;
}

void leave(void)
{
    pthread_mutex_unlock(&lock);
}

static void *work(void *moment)
{
    static int calls;
    int *own = malloc(sizeof *own);
    if (!own)
        return NULL;
    *own = localtime(moment)->tm_year;
    free(own);
    calls += *own;
    return NULL;
}

int main(void)
{
    struct sigaction action = {.sa_handler = on_alarm};
    time_t moment = 0;
    pthread_t id;
    sigaction(SIGALRM, &action, NULL);
    pthread_create(&id, NULL, work, &moment);
    pthread_join(id, NULL);
    return enter(1);
}
