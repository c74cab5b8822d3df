/* Golden reports: misuse of a condition variable, semaphore, barrier, rwlock.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t two = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t shelf = PTHREAD_RWLOCK_INITIALIZER;
static int ready;

static void *wait_with(void *lock)
{
    pthread_mutex_lock(lock);
    while (!ready)
        pthread_cond_wait(&changed, lock);
    pthread_mutex_unlock(lock);
    return NULL;
}

static void two_mutexes(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, wait_with, &one);
    pthread_create(&b, NULL, wait_with, &two);
    usleep(200000);
    pthread_mutex_lock(&one);
    pthread_mutex_lock(&two);
    ready = 1;
    pthread_mutex_unlock(&two);
    pthread_mutex_unlock(&one);
    pthread_cond_broadcast(&changed);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
}

int main(void)
{
    sem_t slots;
    pthread_barrier_t gate;
    two_mutexes();
    pthread_rwlock_unlock(&shelf);
    sem_init(&slots, 0, 1);
    sem_init(&slots, 0, 1);
    sem_destroy(&slots);
    pthread_barrier_init(&gate, NULL, 1);
    pthread_barrier_init(&gate, NULL, 1);
    pthread_join(pthread_self(), NULL);
    return 0;
}
