/* Adds up the orders of a shop with a team; one of its threads sets the prices.
 * Usage: PROGRAM [ORDERS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define GOODS 1000

long price[GOODS]; /* cents */

static long price_of(long good)
{
    return 99 + good * 50;
}

/* Order number i is for one piece of good i % GOODS. */
static long turnover_of(long orders)
{
    long turnover = 0;
#pragma omp parallel reduction(+ : turnover)
    {
#pragma omp single
        for (long good = 0; good < GOODS; good++) {
            price[good] = price_of(good); /* @site set */
        }
#pragma omp for
        for (long i = 0; i < orders; i++) {
            turnover += price[i % GOODS]; /* @site use */
        }
    }
    return turnover;
}

int main(int argc, char **argv)
{
    long orders = case_arg(argc, argv, 1, 200000, GOODS, 1000000000);
    orders -= orders % GOODS;
    long expected = 0;
    for (long good = 0; good < GOODS; good++)
        expected += orders / GOODS * price_of(good);
    long turnover = turnover_of(orders);
    return case_end(turnover == expected, "%ld of %ld cents", turnover,
                    expected);
}
