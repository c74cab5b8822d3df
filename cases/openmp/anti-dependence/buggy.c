/* Turns the readings of a meter, hour by hour, into what each hour used.
 * Usage: PROGRAM [HOURS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define HOURS_MAX 2000000

long reading[HOURS_MAX + 1]; /* watt-hours; one more at the end */

static long used_in(long hour)
{
    return 200 + hour * 37 % 1001;
}

static void read_meter(long hours)
{
    for (long i = 0; i < hours; i++)
        reading[i + 1] = reading[i] + used_in(i);
}

/* From here on `reading` tells the use of each hour. */
static void subtract(long hours)
{
#pragma omp parallel for
    for (long i = 0; i < hours; i++) {
        long end = reading[i + 1];     /* @site end */
        reading[i] = end - reading[i]; /* @site start */
    }
}

int main(int argc, char **argv)
{
    long hours = case_arg(argc, argv, 1, HOURS_MAX, 8, HOURS_MAX);
    read_meter(hours);
    subtract(hours);
    long wrong = 0;
    for (long i = 0; i < hours; i++)
        wrong += reading[i] != used_in(i);
    return case_end(wrong == 0, "%ld of %ld hours are wrong", wrong, hours);
}
