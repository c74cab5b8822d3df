/* Numbers of elements: what is one, and what is none.
 * SPDX-License-Identifier: MIT */
#include "model/size.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void reads(const char *text, uint64_t wanted)
{
    uint64_t x = 0;
    if (!size_read(text, &x) || x != wanted)
        fail_msg("'%s' is read as %ju", text, (uintmax_t)x);
}

static void digits_and_powers_of_ten_are_sizes(void **state)
{
    (void)state;
    reads("1", 1);
    reads("1500", 1500);
    reads("007", 7);
    reads("1e3", 1000);
    reads("25e0", 25);
    reads("1e15", SIZE_LIMIT);
    reads("1000000000000000", SIZE_LIMIT);
}

static void anything_else_is_none(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "0",
                                      "0e9",
                                      "-1",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1.5",
                                      "1e",
                                      "e3",
                                      "1e-3",
                                      "1E3",
                                      "0x10",
                                      "1e16",
                                      "10e15",
                                      "1000000000000001",
                                      "18446744073709551617",
                                      "1e18446744073709551617",
                                      "99999999999999999999999999",
                                      "nan"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint64_t x = 42;
        if (size_read(bad[i], &x) || x != 42)
            fail_msg("'%s' is read as %ju", bad[i], (uintmax_t)x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_and_powers_of_ten_are_sizes),
        cmocka_unit_test(anything_else_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
