/* Tills sell from one stock, which a van refills.
 * Usage: PROGRAM [SALES of each till]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { TILLS = 2, FIRST = 1000, MOST = 10000000 };

long stock = FIRST;
static long sales, crate = 24; /* bottles */

static void *sell(void *unused)
{
    for (long i = 0; i < sales; i++) {
        __atomic_fetch_sub(&stock, 1, __ATOMIC_SEQ_CST); /* @site sell */
    }
    return unused;
}

static void *refill(void *unused)
{
    for (long i = 0; i < sales; i++) {
        __atomic_fetch_add(&stock, crate, __ATOMIC_SEQ_CST); /* @site refill */
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t tills[TILLS], van;
    sales = case_arg(argc, argv, 1, 5000000, 1, MOST);
    CASE_CHECK(pthread_create(&van, NULL, refill, NULL));
    for (int i = 0; i < TILLS; i++)
        CASE_CHECK(pthread_create(&tills[i], NULL, sell, NULL));
    for (int i = 0; i < TILLS; i++)
        CASE_CHECK(pthread_join(tills[i], NULL));
    CASE_CHECK(pthread_join(van, NULL));
    long expected = FIRST + (crate - TILLS) * sales;
    return case_end(stock == expected, "%ld bottles in stock, should be %ld",
                    stock, expected);
}
