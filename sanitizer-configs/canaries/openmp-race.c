/* Canary: two OpenMP threads race once on a global. A detector must tell.
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
        shared++;                                       /* @site increment */
    }
    return case_end(shared != 0, "incremented");
}
