/* Writes the balance after each booking beside the bookings of an account.
 * Usage: PROGRAM [BOOKINGS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define BOOKINGS_MAX 2000000

long booking[BOOKINGS_MAX]; /* cents; the first is what the account had */
long balance[BOOKINGS_MAX];

static void read_bookings(long bookings)
{
    for (long i = 0; i < bookings; i++)
        booking[i] = i * 37 % 1001 - 400;
}

static void add_up(long bookings)
{
    long sum = 0;
#pragma omp parallel for reduction(inscan, + : sum)
    for (long i = 0; i < bookings; i++) {
        sum += booking[i]; /* @site before */
#pragma omp scan inclusive(sum)
        balance[i] = sum; /* @site after */
    }
}

int main(int argc, char **argv)
{
    long bookings = case_arg(argc, argv, 1, BOOKINGS_MAX, 8, BOOKINGS_MAX);
    read_bookings(bookings);
    add_up(bookings);
    long sum = 0;
    long wrong = 0;
    for (long i = 0; i < bookings; i++) {
        sum += booking[i];
        wrong += balance[i] != sum;
    }
    return case_end(wrong == 0, "%ld of %ld balances are wrong", wrong,
                    bookings);
}
