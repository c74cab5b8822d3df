/* Allocates by OpenMP 5.0, as gcc's libgomp has it in a version of its own.
 * SPDX-License-Identifier: MIT */
#include <omp.h>

int main(void)
{
    int *p = omp_alloc(sizeof *p, omp_default_mem_alloc);
#pragma omp parallel
    if (omp_get_thread_num() == 0)
        *p = 1;
    omp_free(p, omp_default_mem_alloc);
    return 0;
}
