/* The same of C11: threads, a mutex, a condition, once, and their storage.
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <threads.h>

static mtx_t lock;
static cnd_t changed;
static once_flag once = ONCE_FLAG_INIT;
static tss_t key;
static int tokens;

static void start(void)
{
    tokens = 1;
}

static int take(void *unused)
{
    (void)unused;
    call_once(&once, start);
    tss_set(key, &tokens);
    mtx_lock(&lock);
    while (tokens == 0)
        cnd_wait(&changed, &lock);
    tokens--;
    mtx_unlock(&lock);
    return tss_get(key) == &tokens ? 0 : 1;
}

static int give(void *unused)
{
    (void)unused;
    call_once(&once, start);
    mtx_lock(&lock);
    tokens++;
    cnd_signal(&changed);
    mtx_unlock(&lock);
    return 0;
}

int main(void)
{
    thrd_t a, b;
    int failed = 0;
    mtx_init(&lock, mtx_plain);
    cnd_init(&changed);
    tss_create(&key, NULL);
    thrd_create(&a, take, NULL);
    thrd_create(&b, give, NULL);
    thrd_join(a, &failed);
    thrd_join(b, NULL);
    return failed;
}
