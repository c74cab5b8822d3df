/* Swaps the channels of a recording whose cables were the wrong way round.
 * Usage: PROGRAM [FRAMES]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define FRAMES_MAX 8000000

short left[FRAMES_MAX];
short right[FRAMES_MAX];

/* What the two microphones heard at a frame. */
static short near_sound(long frame)
{
    return (short)(frame * 7 % 20011);
}

static short far_sound(long frame)
{
    return (short)-(frame * 5 % 20021);
}

static void record(long frames)
{
    for (long i = 0; i < frames; i++) {
        left[i] = far_sound(i);
        right[i] = near_sound(i);
    }
}

static long count_wrong(long frames)
{
    long wrong = 0;
    for (long i = 0; i < frames; i++)
        wrong += left[i] != near_sound(i) || right[i] != far_sound(i);
    return wrong;
}

int main(int argc, char **argv)
{
    long frames = case_arg(argc, argv, 1, FRAMES_MAX, 1, FRAMES_MAX);
    short held;
    record(frames);
#pragma omp parallel for private(held)
    for (long i = 0; i < frames; i++) {
        held = left[i]; /* @site hold */
        left[i] = right[i];
        right[i] = held; /* @site put */
    }
    long wrong = count_wrong(frames);
    return case_end(wrong == 0, "%ld of %ld frames are wrong", wrong, frames);
}
