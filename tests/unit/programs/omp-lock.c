/* A thread of a team sets an OpenMP lock twice.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

#include <omp.h>

int main(void)
{
    omp_lock_t lock;
    omp_init_lock(&lock);
#pragma omp parallel num_threads(2)
    {
        if (omp_get_thread_num() == 1) {
            omp_set_lock(&lock); /* @site first */
            omp_set_lock(&lock); /* @site again */
        }
    }
    omp_destroy_lock(&lock);
    return 0;
}
