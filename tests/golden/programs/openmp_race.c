/* Golden reports: an OpenMP sum without a reduction.
 * SPDX-License-Identifier: MIT */
#include <stdio.h>

int main(void)
{
    int sum = 0;
#pragma omp parallel for
    for (int i = 0; i < 1000; i++)
        sum += i;
    printf("%d\n", sum);
    return 0;
}
