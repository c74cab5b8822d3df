/* Adds an echo to a sound: each sample hears half of one shortly before it.
 * Usage: PROGRAM [SAMPLES [DELAY]]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define SAMPLES_MAX 1000000
#define DELAY_MIN 2 /* samples */

int sound[SAMPLES_MAX];
int expected[SAMPLES_MAX];

static int recorded(long sample)
{
    return (int)(sample * 37 % 1001) * 16;
}

static void add_echo(long samples, long delay)
{
#pragma omp simd safelen(DELAY_MIN)
    for (long i = delay; i < samples; i++) {
        int echo = sound[i - delay] / 2; /* @site echo */
        sound[i] += echo;                /* @site add */
    }
}

/* The same, by the definition of the echo. */
static void expect_echo(long samples, long delay)
{
    for (long i = 0; i < samples; i++)
        expected[i] = recorded(i) + (i < delay ? 0 : expected[i - delay] / 2);
}

int main(int argc, char **argv)
{
    long samples = case_arg(argc, argv, 1, SAMPLES_MAX, 8, SAMPLES_MAX);
    long delay = case_arg(argc, argv, 2, DELAY_MIN, DELAY_MIN, SAMPLES_MAX);
#pragma omp parallel for
    for (long i = 0; i < samples; i++)
        sound[i] = recorded(i);
    add_echo(samples, delay);
    expect_echo(samples, delay);
    long wrong = 0;
    for (long i = 0; i < samples; i++)
        wrong += sound[i] != expected[i];
    return case_end(wrong == 0, "%ld of %ld samples are wrong", wrong, samples);
}
