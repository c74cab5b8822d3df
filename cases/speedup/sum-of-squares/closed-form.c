/* Sums the squares by the formula: the better algorithm beats all processors.
 * SPDX-License-Identifier: MIT */
#include "work.h"

/* The compiler shall not find out that each repetition gives the same. */
static u128 run(void *arg)
{
    const struct work *given = arg;
    struct work w = {kernel_opaque(given->from), kernel_opaque(given->to),
                     kernel_opaque(given->tasks), given->threads};
    return work_value(&w);
}

int main(int argc, char **argv)
{
    struct work w = work_arguments(argc, argv);
    return work_run(&w, NULL, run, NULL, &w);
}
