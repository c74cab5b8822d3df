/* A thread of a team enters the same critical section twice.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

#include <omp.h>

static void inner(void)
{
#pragma omp critical(table) /* @site again */
    puts("never");
}

int main(void)
{
#pragma omp parallel num_threads(2)
    {
        if (omp_get_thread_num() == 1) {
#pragma omp critical(table)
            inner();
        }
    }
    return 0;
}
