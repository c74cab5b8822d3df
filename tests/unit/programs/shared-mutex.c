/* Two processes take two mutexes in shared memory in opposite orders.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

struct shared {
    pthread_mutex_t a, b;
};

static struct shared *map(void)
{
    pthread_mutexattr_t attr;
    struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&s->a, &attr);
    pthread_mutex_init(&s->b, &attr);
    return s;
}

int main(void)
{
    struct shared *s = map();
    if (fork() == 0) {
        pthread_mutex_lock(&s->a); /* @site child-first */
        pause_a_while();
        pthread_mutex_lock(&s->b); /* @site child-second */
        return 0;
    }
    pthread_mutex_lock(&s->b); /* @site parent-first */
    pause_a_while();
    pthread_mutex_lock(&s->a); /* @site parent-second */
    return 0;
}
