/* Books the sales and then the refunds of a day on the money in a till.
 * Usage: PROGRAM [CUSTOMERS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define ITEMS 50 /* that each customer buys, or brings back */

long till; /* cents */

static long price_of(long customer, long item)
{
    return 100 + (customer * 7 + item) % 900;
}

static void sell(long customer)
{
#pragma omp critical(sale)
    for (long item = 0; item < ITEMS; item++) {
        till += price_of(customer, item); /* @site sale */
    }
}

static void refund(long customer)
{
#pragma omp critical(refund)
    for (long item = 0; item < ITEMS; item++) {
        till -= price_of(customer, item); /* @site refund */
    }
}

/* The first half of the customers buy, and the second half bring back. */
static void book_day(long customers)
{
#pragma omp parallel for
    for (long i = 0; i < customers; i++) {
        if (i < customers / 2)
            sell(i);
        else
            refund(i);
    }
}

int main(int argc, char **argv)
{
    long customers = case_arg(argc, argv, 1, 400000, 4, 100000000);
    long expected = 0;
    for (long i = 0; i < customers; i++) {
        for (long item = 0; item < ITEMS; item++)
            expected +=
                i < customers / 2 ? price_of(i, item) : -price_of(i, item);
    }
    book_day(customers);
    return case_end(till == expected, "%ld of %ld cents in the till", till,
                    expected);
}
