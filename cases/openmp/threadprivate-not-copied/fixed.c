/* Prices the orders of a shop abroad, at the rate that was read beforehand.
 * Usage: PROGRAM [ORDERS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define ORDERS_MAX 100000

/* Each thread keeps its own, as it may change the rate for one order. */
long rate = 100; /* per cent */
#pragma omp threadprivate(rate)

long cents[ORDERS_MAX];

static void read_rate(void)
{
    rate = 125;
}

/* Every tenth order was made under an older rate. */
static long price_of(long order)
{
    long current = rate; /* @site use */
    if (order % 10 == 0)
        rate = 110;
    long price = (1000 + order % 100) * rate / 100;
    rate = current;
    return price;
}

int main(int argc, char **argv)
{
    long orders = case_arg(argc, argv, 1, ORDERS_MAX, 8, ORDERS_MAX);
    read_rate();
#pragma omp parallel for copyin(rate)
    for (long i = 0; i < orders; i++)
        cents[i] = price_of(i);
    long wrong = 0;
    for (long i = 0; i < orders; i++)
        wrong += cents[i] != price_of(i);
    return case_end(wrong == 0, "%ld of %ld orders have a wrong price", wrong,
                    orders);
}
