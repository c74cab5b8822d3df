/* Canary: a function locks a mutex twice. What reads sources must tell, at the
 * second lock if not at both.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_mutex_lock(&lock); /* @site outer */
    pthread_mutex_lock(&lock); /* @site inner */
    pthread_mutex_unlock(&lock);
    return case_end(false, "the mutex was locked twice");
}
