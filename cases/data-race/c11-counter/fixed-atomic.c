/* The turnstiles of a stadium, each a C11 thread, number the visitors.
 * Usage: PROGRAM [VISITORS at each]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <stdatomic.h>
#include <threads.h>

enum { TURNSTILES = 4 };

static long each;
static atomic_long visitors;

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
        long number = atomic_fetch_add(&visitors, 1) + 1; /* @site read */
        print_ticket(number);
    }
    return 0;
}

int main(int argc, char **argv)
{
    thrd_t threads[TURNSTILES];
    each = case_arg(argc, argv, 1, 500, 1, 1000000);
    for (int i = 0; i < TURNSTILES; i++)
        check(thrd_create(&threads[i], turnstile, NULL));
    for (int i = 0; i < TURNSTILES; i++)
        check(thrd_join(threads[i], NULL));
    return case_end(visitors == TURNSTILES * each,
                    "counted %ld visitors of %ld", visitors, TURNSTILES * each);
}
