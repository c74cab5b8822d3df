/* Sums the squares in one thread, with vectors: the work function of all that
 * follow, and what they are measured by.
 * SPDX-License-Identifier: MIT */
#include "pieces.h"

static u128 run(void *arg)
{
    return work_piece(arg, 0, 1);
}

int main(int argc, char **argv)
{
    struct work w = work_arguments(argc, argv);
    return work_run(&w, NULL, run, NULL, &w);
}
