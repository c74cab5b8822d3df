/* The instructions of the vector loop in assembler: for each vector of elements
 * a multiplication and two additions.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_SUM_OF_SQUARES_LIMIT_H
#define LOCKSTEP_SUM_OF_SQUARES_LIMIT_H

#include "simd.h"

/* The scalar rest of both ends. */
static inline unsigned long limit_rest(unsigned long from, unsigned long to)
{
    return (unsigned long)sum_of_squares(from, to);
}

#ifdef __x86_64__

#define LIMIT_CHAINS 6

#define LIMIT_AVX(x, sum)                                                      \
    "vpmuludq %[" x "], %[" x "], %[t]\n"                                      \
    "vpaddq %[t], %[" sum "], %[" sum "]\n"                                    \
    "vpaddq %[step], %[" x "], %[" x "]\n"

#define LIMIT_SSE(x, sum)                                                      \
    "movdqa %[" x "], %[t]\n"                                                  \
    "pmuludq %[t], %[t]\n"                                                     \
    "paddq %[t], %[" sum "]\n"                                                 \
    "paddq %[step], %[" x "]\n"

#define LIMIT_CODE(STEP)                                                       \
    "1:\n" STEP("x0", "s0") STEP("x1", "s1") STEP("x2", "s2") STEP("x3", "s3") \
        STEP("x4", "s4") STEP("x5", "s5") "dec %[n]\n"                         \
                                          "jnz 1b\n"

/* A function that sums up the low 64 bits of n * LIMIT_CHAINS vectors, n > 0 */
#define LIMIT_FUNCTION(name, isa, bytes, STEP)                                 \
    typedef unsigned long name##_vector __attribute__((vector_size(bytes)));   \
    __attribute__((target(isa), noinline)) static unsigned long name(          \
        unsigned long from, unsigned long n)                                   \
    {                                                                          \
        enum { LANES = bytes / 8 };                                            \
        name##_vector x[LIMIT_CHAINS], sum[LIMIT_CHAINS] = {0}, t;             \
        name##_vector step = (name##_vector){0} + LIMIT_CHAINS * LANES;        \
        for (unsigned long k = 0; k < LIMIT_CHAINS * LANES; k++)               \
            x[k / LANES][k % LANES] = from + k;                                \
        __asm__ volatile(                                                      \
            LIMIT_CODE(STEP)                                                   \
            : [x0] "+v"(x[0]), [x1] "+v"(x[1]), [x2] "+v"(x[2]),               \
              [x3] "+v"(x[3]), [x4] "+v"(x[4]), [x5] "+v"(x[5]),               \
              [s0] "+v"(sum[0]), [s1] "+v"(sum[1]), [s2] "+v"(sum[2]),         \
              [s3] "+v"(sum[3]), [s4] "+v"(sum[4]), [s5] "+v"(sum[5]),         \
              [t] "=&v"(t), [n] "+r"(n)                                        \
            : [step] "v"(step)                                                 \
            : "cc");                                                           \
        unsigned long total = 0;                                               \
        for (unsigned long k = 0; k < LIMIT_CHAINS * LANES; k++)               \
            total += sum[k / LANES][k % LANES];                                \
        return total;                                                          \
    }

LIMIT_FUNCTION(limit_sse2, "sse2", 16, LIMIT_SSE)
LIMIT_FUNCTION(limit_avx2, "avx2", 32, LIMIT_AVX)
LIMIT_FUNCTION(limit_avx512, "avx512f", 64, LIMIT_AVX)

/* The sum over [from, to) but for its upper bits. */
static inline unsigned long limit_sum(unsigned long from, unsigned long to)
{
    bool avx512 = __builtin_cpu_supports("avx512f");
    bool avx2 = __builtin_cpu_supports("avx2");
    unsigned long step = LIMIT_CHAINS * (avx512 ? 8 : avx2 ? 4 : 2);
    unsigned long end = to < SIMD_LIMIT ? to : SIMD_LIMIT;
    unsigned long n = from < end ? (end - from) / step : 0;
    unsigned long rest = limit_rest(from + n * step, to);
    if (n == 0)
        return rest;
    return rest + (avx512 ? limit_avx512(from, n)
                   : avx2 ? limit_avx2(from, n)
                          : limit_sse2(from, n));
}

#else

static inline unsigned long limit_sum(unsigned long from, unsigned long to)
{
    return limit_rest(from, to);
}

#endif

#endif
