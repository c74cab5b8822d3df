/* Fills a table of the distances between towns, then adds up its columns.
 * Usage: PROGRAM [TOWNS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define TOWNS_MAX 1000

int distance[TOWNS_MAX][TOWNS_MAX];
long column[TOWNS_MAX];

/* The towns stand along one road, three kilometres apart. */
static int between(long from, long to)
{
    return (int)(3 * (from < to ? to - from : from - to));
}

static void fill_and_add(long towns)
{
#pragma omp parallel
    {
#pragma omp for
        for (long from = 0; from < towns; from++) {
            for (long to = 0; to < towns; to++) {
                distance[from][to] = between(from, to); /* @site fill */
            }
        }
#pragma omp for
        for (long to = 0; to < towns; to++) {
            for (long from = 0; from < towns; from++) {
                column[to] += distance[from][to]; /* @site add */
            }
        }
    }
}

int main(int argc, char **argv)
{
    long towns = case_arg(argc, argv, 1, TOWNS_MAX, 2, TOWNS_MAX);
    fill_and_add(towns);
    long wrong = 0;
    for (long to = 0; to < towns; to++) {
        long after = towns - 1 - to;
        wrong += column[to] != 3 * (to * (to + 1) + after * (after + 1)) / 2;
    }
    return case_end(wrong == 0, "%ld of %ld columns are wrong", wrong, towns);
}
