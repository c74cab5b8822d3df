/* The sum of squares with explicit vectors, of the largest size that the
 * processor has. Each square is worked out and added, as in the scalar loop.
 *
 * The multiplication of two 32-bit numbers to 64 bits is the widest one that
 * SSE2, AVX2 and AVX-512 have in common. Beyond 2^32, and on other processors,
 * the scalar loop does the work.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_SUM_OF_SQUARES_SIMD_H
#define LOCKSTEP_SUM_OF_SQUARES_SIMD_H

#include "work.h"

#define SIMD_LIMIT (1UL << 32) /* of the numbers whose squares fit a lane */
#define SIMD_BLOCK 32          /* elements of a step with the largest vectors */

#ifdef __x86_64__
#include <immintrin.h>

/* How many squares of numbers below `to` a lane can add up: to <= 2^32. */
static inline unsigned long simd_additions(unsigned long to)
{
    return to < 2 ? ~0UL : ~0UL / ((to - 1) * (to - 1));
}

#define SUM_NAME simd_sum_sse2
#define SUM_TARGET "sse2"
#define SUM_BYTES 16
#define SUM_SQUARE(x) _mm_mul_epu32((__m128i)(x), (__m128i)(x))
#include "simd_sum.h"

#define SUM_NAME simd_sum_avx2
#define SUM_TARGET "avx2"
#define SUM_BYTES 32
#define SUM_SQUARE(x) _mm256_mul_epu32((__m256i)(x), (__m256i)(x))
#include "simd_sum.h"

#define SUM_NAME simd_sum_avx512
#define SUM_TARGET "avx512f"
#define SUM_BYTES 64
#define SUM_SQUARE(x) _mm512_mul_epu32((__m512i)(x), (__m512i)(x))
#include "simd_sum.h"

static inline u128 simd_sum(unsigned long from, unsigned long elements)
{
    if (__builtin_cpu_supports("avx512f"))
        return simd_sum_avx512(from, elements);
    if (__builtin_cpu_supports("avx2"))
        return simd_sum_avx2(from, elements);
    return simd_sum_sse2(from, elements);
}

#else

static inline u128 simd_sum(unsigned long from, unsigned long elements)
{
    return sum_of_squares(from, from + elements);
}

#endif

/* The sum over [from, to): what all variants but `serial` share out. */
static inline u128 sum_of_squares_simd(unsigned long from, unsigned long to)
{
    unsigned long end = to < SIMD_LIMIT ? to : SIMD_LIMIT;
    unsigned long blocks =
        from < end ? (end - from) & -(unsigned long)SIMD_BLOCK : 0;
    u128 sum = blocks ? simd_sum(from, blocks) : 0;
    return sum + sum_of_squares(from + blocks, to);
}

#endif
