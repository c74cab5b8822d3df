/* No C: a brace is missing.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    if (lock) {
        pthread_mutex_lock(&lock);
