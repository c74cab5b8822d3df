/* What the static detectors of clang have something to say about.
 * SPDX-License-Identifier: MIT */
#include "thread_safety.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b ACQUIRED_AFTER(a) = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t r = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int x GUARDED_BY(a);
static int *p PT_GUARDED_BY(a);

void guarded(void)
{
    x = *p;
}

REQUIRES(a) void needs(void);
EXCLUDES(a) void shuns(void);

void calls(void)
{
    needs();
    pthread_mutex_lock(&a);
    shuns();
    pthread_mutex_destroy(&a);
    pthread_mutex_unlock(&a);
}

void wrong_order(void)
{
    pthread_mutex_lock(&b);
    pthread_mutex_lock(&a);
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
}

void twice(void)
{
    pthread_mutex_lock(&a);
    pthread_mutex_lock(&a);
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&a);
}

void kept(int early)
{
    pthread_mutex_lock(&a);
    if (early)
        return;
    pthread_mutex_unlock(&a);
}

void kept_for_good(void)
{
    pthread_mutex_lock(&a);
}

void loop(int n)
{
    for (int i = 0; i < n; i++)
        pthread_mutex_lock(&a);
}

void waits(void)
{
    pthread_cond_wait(&c, &a);
}

void unchecked(void)
{
    pthread_mutex_trylock(&a);
    pthread_mutex_unlock(&a);
}

void modes(int shared)
{
    if (shared)
        pthread_rwlock_rdlock(&r);
    else
        pthread_rwlock_wrlock(&r);
    pthread_rwlock_unlock(&r);
}

void destroyed(void)
{
    pthread_mutex_destroy(&b);
    pthread_mutex_lock(&b);
    pthread_mutex_unlock(&b);
}

void crossed(void)
{
    pthread_mutex_lock(&a);
    pthread_mutex_lock(&b);
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
}

void slow(void)
{
    char buffer[8];
    pthread_mutex_lock(&a);
    sleep(1);
    if (read(0, buffer, sizeof buffer) < 0)
        puts("error");
    pthread_mutex_unlock(&a);
}

char *parse(char *text)
{
    return strtok(text, " ");
}

static void handler(int number)
{
    printf("%d\n", number);
}

void install(void)
{
    signal(SIGINT, handler);
}

void stop(pthread_t thread)
{
    pthread_kill(thread, SIGTERM);
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    if (pthread_create(&thread, NULL, NULL, NULL) < 0)
        puts("no thread");
}

int sum(const int *list, int n)
{
    int total = 0;
#pragma omp parallel for reduction(+ : total)
    for (int i = 0; i < n; i++)
        total += list[i];
    return total;
}
