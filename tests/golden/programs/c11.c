/* Golden reports: two C11 threads increment a global, and main unlocks a mutex
 * that it does not hold.
 * SPDX-License-Identifier: MIT */
#include <threads.h>

static mtx_t lock;
static int counter;

static int work(void *unused)
{
    (void)unused;
    for (int i = 0; i < 10; i++)
        counter++;
    return 0;
}

int main(void)
{
    thrd_t a, b;
    mtx_init(&lock, mtx_plain);
    thrd_create(&a, work, NULL);
    thrd_create(&b, work, NULL);
    thrd_join(a, NULL);
    thrd_join(b, NULL);
    mtx_unlock(&lock);
    return 0;
}
