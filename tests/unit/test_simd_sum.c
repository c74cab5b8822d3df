/* The sum of squares with vectors of each size is exact.
 * SPDX-License-Identifier: MIT */
#include "../../cases/speedup/sum-of-squares/simd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef u128 sum_function(unsigned long from, unsigned long elements);

static void is_exact(sum_function *sum, unsigned long from,
                     unsigned long elements)
{
    u128 wanted = squares_below(from + elements) - squares_below(from);
    if (sum(from, elements) != wanted)
        fail_msg("the squares of %lu from %lu on", elements, from);
}

static void is_exact_everywhere(sum_function *sum)
{
    static const unsigned long lengths[] = {32, 64, 96, 992, 320000};
    static const unsigned long starts[] = {0,       1,       7,
                                           1000003, 1 << 27, 3037000000UL};
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        for (size_t s = 0; s < sizeof starts / sizeof *starts; s++)
            is_exact(sum, starts[s], lengths[l]);
        is_exact(sum, SIMD_LIMIT - lengths[l], lengths[l]);
        is_exact(sum, SIMD_LIMIT - lengths[l] - 1, lengths[l]);
    }
}

static u128 chosen(unsigned long from, unsigned long elements)
{
    return sum_of_squares_simd(from, from + elements);
}

#ifdef __x86_64__

static void sse2_is_exact(void **state)
{
    (void)state;
    is_exact_everywhere(simd_sum_sse2);
}

static void avx2_is_exact(void **state)
{
    (void)state;
    if (!__builtin_cpu_supports("avx2"))
        skip();
    is_exact_everywhere(simd_sum_avx2);
}

static void avx512_is_exact(void **state)
{
    (void)state;
    if (!__builtin_cpu_supports("avx512f"))
        skip();
    is_exact_everywhere(simd_sum_avx512);
}

static void lanes_add_as_often_as_they_can(void **state)
{
    (void)state;
    static const unsigned long ends[] = {
        2, 3, 1000, 65536, 65537, 100000000, 1000000000, SIMD_LIMIT};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        u128 square = (u128)(ends[i] - 1) * (ends[i] - 1);
        unsigned long n = simd_additions(ends[i]);
        assert_true(n >= 1);
        assert_true(n * square < (u128)1 << 64);
        assert_true(((u128)n + 1) * square >= (u128)1 << 64);
    }
}

#endif

static void every_length_is_exact(void **state)
{
    (void)state;
    for (unsigned long elements = 0; elements < 200; elements++)
        for (unsigned long from = 0; from < 40; from++)
            is_exact(chosen, from * 1234577, elements);
    is_exact_everywhere(chosen);
}

static void beyond_the_lanes_it_is_exact(void **state)
{
    (void)state;
    for (unsigned long from = SIMD_LIMIT - 70; from < SIMD_LIMIT + 3; from++)
        for (unsigned long elements = 0; elements < 140; elements += 7)
            is_exact(chosen, from, elements);
    is_exact(chosen, (unsigned long)LIMIT - 1000, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef __x86_64__
        cmocka_unit_test(sse2_is_exact),
        cmocka_unit_test(avx2_is_exact),
        cmocka_unit_test(avx512_is_exact),
        cmocka_unit_test(lanes_add_as_often_as_they_can),
#endif
        cmocka_unit_test(every_length_is_exact),
        cmocka_unit_test(beyond_the_lanes_it_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
