/* Canary: the same two OpenMP threads in a critical section. A detector must
 * say nothing.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <omp.h>
#include <unistd.h>

static int shared;

int main(void)
{
#pragma omp parallel num_threads(2)
    {
        usleep(20000 * (unsigned)omp_get_thread_num()); /* orders nothing */
#pragma omp critical
        shared++; /* @site increment */
    }
    return case_end(shared != 0, "incremented");
}
