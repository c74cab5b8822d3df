/* The turnstiles of a stadium, each a C11 thread, number the visitors.
 * Usage: PROGRAM [VISITORS at each]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <threads.h>

enum { TURNSTILES = 4 };

static long each;
static mtx_t lock;
static long visitors; /* under the lock */

static void check(int result)
{
    CASE_CHECK(result == thrd_success ? 0 : EAGAIN);
}

static void print_ticket(long number)
{
    (void)number;
    thrd_yield(); /* the printer takes its time */
}

static int turnstile(void *unused)
{
    (void)unused;
    for (long i = 0; i < each; i++) {
        check(mtx_lock(&lock));
        long number = visitors + 1; /* @site read */
        visitors = number;          /* @site write */
        check(mtx_unlock(&lock));
        print_ticket(number);
    }
    return 0;
}

int main(int argc, char **argv)
{
    thrd_t threads[TURNSTILES];
    each = case_arg(argc, argv, 1, 500, 1, 1000000);
    check(mtx_init(&lock, mtx_plain));
    for (int i = 0; i < TURNSTILES; i++)
        check(thrd_create(&threads[i], turnstile, NULL));
    for (int i = 0; i < TURNSTILES; i++)
        check(thrd_join(threads[i], NULL));
    mtx_destroy(&lock);
    return case_end(visitors == TURNSTILES * each,
                    "counted %ld visitors of %ld", visitors, TURNSTILES * each);
}
