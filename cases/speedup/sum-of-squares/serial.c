/* Sums the squares of [A, B) in one thread: what the others are measured by.
 * SPDX-License-Identifier: MIT */
#include "work.h"

int main(int argc, char **argv)
{
    struct work w = work_arguments(argc, argv);

    double start = kernel_clock();
    u128 sum = sum_of_squares(w.from, w.to);
    double seconds = kernel_clock() - start;

    return work_end(&w, sum, seconds);
}
