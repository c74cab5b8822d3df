/* The little that the speed-up kernels share: a clock, a barrier against the
 * optimiser, and the lines by which a measurement is read.
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

/* The last lines of a kernel and its exit status: the value, the seconds it
 * took, and the token, which is good if the value is the expected one. */
static inline int kernel_end(unsigned __int128 value,
                             unsigned __int128 expected, double seconds)
{
    char a[40], b[40];
    printf("value %s\nseconds %.9f\n", kernel_decimal(value, a), seconds);
    return case_end(value == expected, "sum is %s of %s",
                    kernel_decimal(value, a), kernel_decimal(expected, b));
}

#endif
