/* Adds up the traffic of a day, request by request, with a team of threads.
 * Usage: PROGRAM [REQUESTS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <omp.h>

long traffic; /* KiB */

/* The size of a request, from 0 to 99 KiB; any hundred of them make 4950. */
static long size_of(long request)
{
    return request * 37 % 100;
}

int main(int argc, char **argv)
{
    long requests = case_arg(argc, argv, 1, 20000000, 100, 1000000000);
    requests -= requests % 100;
    long expected = requests / 100 * 4950;
#pragma omp parallel for reduction(+ : traffic)
    for (long i = 0; i < requests; i++) {
        traffic += size_of(i); /* @site add */
    }
    return case_end(traffic == expected, "%ld of %ld KiB, by a team of %d",
                    traffic, expected, omp_get_max_threads());
}
