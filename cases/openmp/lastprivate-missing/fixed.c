/* Follows a tank hour by hour, and tells how full it is after the last hour.
 * Usage: PROGRAM [HOURS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define HOURS_MAX 2000000

long hourly[HOURS_MAX]; /* litres */
long level;

/* The level after an hour; the tank is filled and emptied in turn. */
static long level_after(long hour)
{
    return 5000 + hour * 37 % 1001;
}

int main(int argc, char **argv)
{
    long hours = case_arg(argc, argv, 1, HOURS_MAX, 8, HOURS_MAX);
#pragma omp parallel for lastprivate(level)
    for (long i = 0; i < hours; i++) {
        long after = level_after(i);
        hourly[i] = after;
        level = after; /* @site level */
    }
    return case_end(level == hourly[hours - 1],
                    "the tank has %ld litres, and had %ld in the last hour",
                    level, hourly[hours - 1]);
}
