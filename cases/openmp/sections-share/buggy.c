/* Reads the births and the deaths of a register, each in its own section.
 * Usage: PROGRAM [ENTRIES]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define ENTRIES_MAX 8000000

short born[ENTRIES_MAX];
short died[ENTRIES_MAX];
long doubtful; /* entries of a year that the register does not cover */

/* The year at a place in a book; every fifth one cannot be right. */
static short year_at(long place)
{
    return (short)(place % 5 == 0 ? 0 : 1700 + place * 37 % 100);
}

static void read_births(long entries)
{
    for (long i = 0; i < entries; i++) {
        born[i] = year_at(i);
        if (born[i] < 1700) {
            doubtful++; /* @site birth */
        }
    }
}

static void read_deaths(long entries)
{
    for (long i = 0; i < entries; i++) {
        died[i] = year_at(i);
        if (died[i] < 1700) {
            doubtful++; /* @site death */
        }
    }
}

int main(int argc, char **argv)
{
    long entries = case_arg(argc, argv, 1, ENTRIES_MAX, 5, ENTRIES_MAX);
    entries -= entries % 5;
#pragma omp parallel sections
    {
#pragma omp section
        read_births(entries);
#pragma omp section
        read_deaths(entries);
    }
    return case_end(doubtful == 2 * entries / 5, "%ld of %ld doubtful entries",
                    doubtful, 2 * entries / 5);
}
