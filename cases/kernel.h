/* What the speed-up kernels share: a clock, a barrier against the optimiser,
 * the repetitions of their work, and the lines by which a measurement is read.
 *
 * The arguments of a kernel end with THREADS: of threads, processes or ranks. A
 * variant that has no use for it takes it all the same. It prints
 *     value <decimal>
 *     seconds <digits>.<12 digits>     of one repetition
 *     repeats <n>                      that is the mean of so many
 *     INVARIANT HELD: ...              or BROKEN, if one value was wrong
 * and nothing else.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_KERNEL_H
#define LOCKSTEP_KERNEL_H

#include "case.h"

#include <time.h>

/* Gives x back, but the compiler may not know that: it can neither work out
 * what x leads to, nor merge two steps into one, nor move the step to another
 * place of the program. The asm is empty; no instruction is added. */
static inline unsigned long kernel_opaque(unsigned long x)
{
    __asm__ volatile("" : "+r"(x));
    return x;
}

/* Seconds since an arbitrary start. */
static inline double kernel_clock(void)
{
    struct timespec t;
    CASE_CHECK(clock_gettime(CLOCK_MONOTONIC, &t) == 0 ? 0 : errno);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Where slice k of n begins when [from, to) is cut into n slices; slice n
 * begins at to. Neighbours share the border, so nothing is lost or doubled,
 * and the longest slice is at most one longer than the shortest. */
static inline unsigned long kernel_cut(unsigned long from, unsigned long to,
                                       unsigned long k, unsigned long n)
{
    unsigned long length = (to - from) / n, rest = (to - from) % n;
    return from + k * length + (k < rest ? k : rest);
}

/* x in decimal, written to the end of text; returns its first digit. */
static inline const char *kernel_decimal(unsigned __int128 x, char text[40])
{
    char *digit = text + 39;
    for (*digit = '\0'; x > 9; x /= 10)
        *--digit = (char)('0' + (int)(x % 10));
    *--digit = (char)('0' + (int)x);
    return digit;
}

/* The last lines of a kernel and its exit status: the value, the seconds that a
 * repetition took, and the token, which is good if the value is right. */
static inline int kernel_report(unsigned __int128 value,
                                unsigned __int128 expected, double seconds,
                                unsigned long repeats)
{
    char a[40], b[40];
    printf("value %s\nseconds %.12f\nrepeats %lu\n", kernel_decimal(value, a),
           seconds, repeats);
    return case_end(value == expected, "value is %s of %s",
                    kernel_decimal(value, a), kernel_decimal(expected, b));
}

/* For so many seconds at least the work is repeated, unless the environment
 * says LOCKSTEP_KERNEL_SECONDS=S; with 0 there is one repetition. */
#define KERNEL_MIN_SECONDS 0.005

/* The work of a variant. What `run` does is what is measured. */
struct kernel_work {
    void (*start)(void *arg); /* makes the team, before all; may be NULL */
    unsigned __int128 (*run)(void *arg); /* one repetition; its value */
    void (*stop)(void *arg);             /* after all; may be NULL */
    void *arg;
    unsigned __int128 expected; /* what each repetition must return */
};

static inline double kernel_min_seconds(void)
{
    const char *text = getenv("LOCKSTEP_KERNEL_SECONDS");
    if (!text)
        return KERNEL_MIN_SECONDS;
    char *end = NULL;
    double seconds = strtod(text, &end);
    if (end == text || *end || !(seconds >= 0 && seconds <= 3600)) {
        fprintf(stderr,
                "LOCKSTEP_KERNEL_SECONDS: '%s' is no number from 0 to "
                "3600\n",
                text);
        exit(2);
    }
    return seconds;
}

/* The seconds of n repetitions. The last value is in *value; a wrong one ends
 * them. */
static inline double kernel_batch(const struct kernel_work *w, unsigned long n,
                                  unsigned __int128 *value)
{
    double start = kernel_clock();
    unsigned long k = 0;
    do
        *value = w->run(w->arg);
    while (*value == w->expected && ++k < n);
    return kernel_clock() - start;
}

/* How many repetitions to try when n of them took too few seconds. */
static inline unsigned long kernel_more(unsigned long n, double seconds,
                                        double least)
{
    double factor = seconds > 0 ? 1.2 * least / seconds : 10;
    return n * (unsigned long)(factor < 2 ? 2 : factor > 10 ? 10 : factor);
}

/* Repeats the work; returns the seconds of one repetition, and how many that is
 * the mean of. The clock is read once for all of them, as reading it takes
 * longer than some kernels do. A first one, which is not measured, warms up. */
static inline double kernel_repeat(const struct kernel_work *w,
                                   unsigned __int128 *value,
                                   unsigned long *repeats)
{
    double least = kernel_min_seconds();
    unsigned long n = 1;
    double seconds = kernel_batch(w, n, value);
    if (*value == w->expected)
        seconds = kernel_batch(w, n, value);
    while (seconds < least && *value == w->expected) {
        n = kernel_more(n, seconds, least);
        seconds = kernel_batch(w, n, value);
    }
    *repeats = n;
    return seconds / (double)n;
}

/* All that main has to do: the exit status of the program. */
static inline int kernel_run(const struct kernel_work *w)
{
    unsigned __int128 value;
    unsigned long repeats;
    if (w->start)
        w->start(w->arg);
    double seconds = kernel_repeat(w, &value, &repeats);
    if (w->stop)
        w->stop(w->arg);
    return kernel_report(value, w->expected, seconds, repeats);
}

#endif
