/* What asks for optimisation is told from what only has the word.
 * SPDX-License-Identifier: MIT */
#include "explore/preprocessed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const asking[] = {
    "#pragma GCC optimize(\"O2\")\nint n;\n",
    "int n;\n #  pragma GCC optimize (\"O2\")\n",
    "__attribute__((optimize(\"O2\"))) int f(void);",
    "__attribute__((optimize(3))) int f(void);",
    "__attribute__ ( ( noinline , __optimize__ (\"O2\") ) ) int f(void);",
    "__attribute((aligned(8), optimize(\"O2\"))) int f(void);",
    "[[gnu::optimize(\"O2\")]] int f(void);",
    "[[gnu::noinline, gnu::__optimize__(\"O2\")]] int f(void);",
    "char c = '\"'; __attribute__((optimize(3))) int f(void);",
    "char s[] = \"\\\"\"; __attribute__((optimize(3))) int f(void);",
    "int n = (a[b[1]]); __attribute__((optimize(3))) int f(void);",
};

static const char *const silent[] = {
    "",
    "int n;\n",
    "int optimize(int n) { return optimize(n - 1); }\n",
    "#pragma GCC diagnostic ignored \"optimize\"\n",
    "#pragma clang optimize off\n",
    "#pragma omp parallel\n",
    "const char *s = \"__attribute__((optimize(3)))\";",
    "const char *s = \"\n#pragma GCC optimises\n",
    "__attribute__((section(\"optimize\"))) int n;",
    "__attribute__((unused)) int n; int optimize(void);",
    "__attribute__((unused)) int optimize(void), a[(2)];",
    "int reoptimize, optimize_2; __attribute__((optimized)) int n;",
    "__attribute__((",
    "[[",
    "'",
    "\"\\",
    ")]))]",
    "#pragma GCC",
};

static void test_asking(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        if (!preprocessed_optimises(asking[i]))
            fail_msg("not seen: %s", asking[i]);
}

static void test_silent(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        if (preprocessed_optimises(silent[i]))
            fail_msg("seen: %s", silent[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asking),
        cmocka_unit_test(test_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
