/* Sums the squares in one thread, one by one.
 * SPDX-License-Identifier: MIT */
#include "work.h"

static u128 run(void *arg)
{
    const struct work *w = arg;
    u128 sum = 0;
    for (unsigned long x = 0; x < w->tasks; x++)
        sum += sum_of_squares(w->from, w->to + x);
    return sum;
}

int main(int argc, char **argv)
{
    struct work w = work_arguments(argc, argv);
    return work_run(&w, NULL, run, NULL, &w);
}
