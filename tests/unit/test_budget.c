/* What gets one more round when time is short.
 * SPDX-License-Identifier: MIT */
#include "bench/budget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Works that cost 1, 8, 2 and 4 seconds a round; those of `wanted` that are
 * chosen, as a word of x and -. */
static void chooses(const char *wanted, double left, const char *chosen)
{
    struct bench_report r = {0};
    bool want[4], active[4];
    size_t n = 0;
    for (size_t i = 0; i < 4; i++) {
        static const double costs[] = {1, 8, 2, 4};
        vec_push(&r.works, ((struct bench_work){.cost = costs[i]}));
        want[i] = wanted[i] == 'x';
        n += chosen[i] == 'x';
    }
    assert_int_equal(budget_choose(&r, want, left, active), n);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(active[i], chosen[i] == 'x');
    vec_fini(&r.works);
}

static void all_that_is_wanted_if_there_is_time(void **state)
{
    (void)state;
    chooses("xxxx", 15, "xxxx");
    chooses("-x-x", 12.5, "-x-x");
    chooses("----", 100, "----");
}

static void the_dearest_stay_out_first(void **state)
{
    (void)state;
    chooses("xxxx", 14.9, "x-xx");
    chooses("xxxx", 6.9, "x-x-");
    chooses("xxxx", 1, "x---");
    chooses("-x-x", 11, "---x");
}

static void without_time_there_is_nothing(void **state)
{
    (void)state;
    chooses("xxxx", 0.9, "----");
    chooses("xxxx", -1, "----");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_is_wanted_if_there_is_time),
        cmocka_unit_test(the_dearest_stay_out_first),
        cmocka_unit_test(without_time_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
