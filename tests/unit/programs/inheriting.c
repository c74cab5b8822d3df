/* Takes a priority-inheriting mutex twice: glibc then waits on a word of its
 * own, which tells nothing of the owner.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

int main(void)
{
    pthread_mutexattr_t attr;
    pthread_mutex_t lock;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT);
    pthread_mutex_init(&lock, &attr);
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock); /* @site again */
    return 0;
}
