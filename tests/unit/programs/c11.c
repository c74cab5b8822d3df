/* A plain C11 mutex taken twice, after a wait on a condition.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static mtx_t lock;
static cnd_t changed;
static int ready;

static int worker(void *arg)
{
    (void)arg;
    mtx_lock(&lock); /* @site first */
    while (!ready)
        cnd_wait(&changed, &lock);
    return mtx_lock(&lock); /* @site again */
}

int main(void)
{
    thrd_t t;
    mtx_init(&lock, mtx_plain);
    cnd_init(&changed);
    thrd_create(&t, worker, NULL);
    pause_a_while();
    mtx_lock(&lock);
    ready = 1;
    cnd_signal(&changed);
    mtx_unlock(&lock);
    thrd_join(t, NULL);
    return 0;
}
