/* Destructors of thread-specific data.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static pthread_key_t key;
static atomic_int x;

static void destroy(void *value)
{
    atomic_fetch_add((atomic_int *)value, 1);
}

static void *thread0(void *unused)
{
    pthread_setspecific(key, &x);
    atomic_load(&x);
    return unused;
}

static void *thread1(void *unused)
{
    pthread_setspecific(key, &x);
    atomic_load(&x);
    return unused;
}

int main(void)
{
    pthread_t ids[2];
    pthread_key_create(&key, destroy);
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    return 0;
}
