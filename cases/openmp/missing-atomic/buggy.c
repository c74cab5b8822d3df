/* Counts how many pixels of a picture have each of 256 levels of grey.
 * Usage: PROGRAM [PIXELS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define LEVELS 256

long pixels_of[LEVELS];

/* A night picture: few levels, and most of them dark. */
static int level_at(long pixel)
{
    long noise = pixel * 2654435761 >> 7 & 63;
    return (int)(noise * noise / 256);
}

int main(int argc, char **argv)
{
    long pixels = case_arg(argc, argv, 1, 20000000, 1, 1000000000);
#pragma omp parallel for
    for (long i = 0; i < pixels; i++) {
        int level = level_at(i);
        pixels_of[level]++; /* @site count */
    }
    long counted = 0;
    for (int level = 0; level < LEVELS; level++)
        counted += pixels_of[level];
    return case_end(counted == pixels, "%ld of %ld pixels counted", counted,
                    pixels);
}
