/* Writes the balance after each booking beside the bookings of an account.
 * Usage: PROGRAM [BOOKINGS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define BOOKINGS_MAX 2000000
#define BLOCK 250

long booking[BOOKINGS_MAX]; /* cents; the first is what the account had */
long balance[BOOKINGS_MAX];
long carried[BOOKINGS_MAX / BLOCK]; /* into each block */

static void read_bookings(long bookings)
{
    for (long i = 0; i < bookings; i++)
        booking[i] = i * 37 % 1001 - 400;
}

static long end_of(long block, long bookings)
{
    return block + BLOCK < bookings ? block + BLOCK : bookings;
}

/* Each block as if it were alone, then what the blocks before it came to. */
static void add_up(long bookings)
{
#pragma omp parallel for
    for (long block = 0; block < bookings; block += BLOCK) {
        balance[block] = booking[block];
        for (long i = block + 1; i < end_of(block, bookings); i++) {
            long before = balance[i - 1];     /* @site before */
            balance[i] = before + booking[i]; /* @site after */
        }
    }
    for (long block = BLOCK; block < bookings; block += BLOCK)
        carried[block / BLOCK] =
            carried[block / BLOCK - 1] + balance[block - 1];
#pragma omp parallel for
    for (long i = 0; i < bookings; i++)
        balance[i] += carried[i / BLOCK];
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
