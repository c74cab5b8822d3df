/* The overhead of a construct is what it takes beyond its delay, and counts are
 * checked.
 * SPDX-License-Identifier: MIT */
#include "../../cases/speedup/overhead/overhead.h"

#include "base/str.h"
#include "bench/sample.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

/* Constructs that take as long as so many delays, in the caller alone. */
static unsigned long delays(unsigned long n, unsigned long each)
{
    for (unsigned long k = 0; k < n * each; k++)
        overhead_delay();
    return n;
}

static unsigned long of_no_delay(void *team, unsigned long n)
{
    (void)team;
    return delays(n, 0);
}

static unsigned long of_one_delay(void *team, unsigned long n)
{
    (void)team;
    return delays(n, 1);
}

static unsigned long of_101_delays(void *team, unsigned long n)
{
    (void)team;
    return delays(n, 101);
}

static unsigned long that_loses_one(void *team, unsigned long n)
{
    (void)team;
    return n - 1;
}

static const struct overhead_runtime runtime = {
    NULL, NULL, of_101_delays, of_one_delay, of_no_delay, that_loses_one};

/* What the program prints for the construct; its exit status in *code. Owned by
 * the caller. */
static char *printed(const char *construct, int *code)
{
    char *argv[] = {"overhead", (char *)(uintptr_t)construct, "50", "2", NULL};
    static struct overhead_team team;
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stdout);
    int out = dup(STDOUT_FILENO);
    assert_int_equal(dup2(fileno(file), STDOUT_FILENO), STDOUT_FILENO);
    *code = overhead_main(4, argv, &runtime, &team);
    assert_int_equal(dup2(out, STDOUT_FILENO), STDOUT_FILENO);
    close(out);
    char *text = calloc(1, 1000);
    rewind(file);
    assert_true(fread(text, 1, 999, file) < 999);
    fclose(file);
    return text;
}

static double overhead_of(const char *construct)
{
    int code;
    char *text = printed(construct, &code), *problem = NULL;
    struct sample s = {0};
    assert_int_equal(code, 0);
    if (sample_parse(text, "50", &s, &problem) != ERR_OK)
        fail_msg("%s: %s", problem, text);
    sample_fini(&s);
    free(text);
    return s.seconds;
}

static double delay(const char *unused)
{
    (void)unused;
    double start = kernel_clock();
    delays(20000, 1);
    return (kernel_clock() - start) / 20000;
}

/* Of several: other programs only slow it down. */
static double least(double (*measure)(const char *), const char *what)
{
    double best = measure(what);
    for (int i = 0; i < 9; i++)
        best = fmin(best, measure(what));
    return best;
}

/* The bounds are wide for what still disturbs it. */
static void overhead_is_what_exceeds_the_delay(void **state)
{
    (void)state;
    double one = least(delay, NULL), hundred = least(overhead_of, "fork-join");
    double none = least(overhead_of, "barrier");
    assert_true(hundred > 20 * one && hundred < 500 * one);
    assert_true(none < hundred / 20);
}

static void overhead_below_the_delay_is_a_picosecond(void **state)
{
    (void)state;
    assert_true(overhead_of("critical") == 1e-12);
}

static void lost_construct_is_told(void **state)
{
    (void)state;
    int code;
    char *text = printed("reduction", &code);
    assert_int_equal(code, 1);
    assert_non_null(strstr(text, "INVARIANT BROKEN: value is 49 of 50\n"));
    free(text);
    text = printed("all", &code);
    assert_int_equal(code, 1);
    assert_non_null(strstr(text, "INVARIANT BROKEN: value is 199 of 200\n"));
    free(text);
}

static void threads_must_have_counted_alike(void **state)
{
    (void)state;
    static struct overhead_team team;
    team.threads = 3;
    for (int k = 0; k < 3; k++)
        team.count[k].done = 7;
    assert_int_equal(overhead_agreed(&team), 7);
    team.count[2].done = 6;
    assert_int_equal(overhead_agreed(&team), 0);
    overhead_reset(&team);
    assert_int_equal(team.count[0].done, 0);
}

static void shares_make_up_the_whole(void **state)
{
    (void)state;
    static struct overhead_team team;
    for (team.threads = 1; team.threads < 9; team.threads++) {
        unsigned long all = 0;
        for (int k = 0; k < team.threads; k++)
            all += overhead_share(&team, k, 1000);
        assert_int_equal(all, 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overhead_is_what_exceeds_the_delay),
        cmocka_unit_test(overhead_below_the_delay_is_a_picosecond),
        cmocka_unit_test(lost_construct_is_told),
        cmocka_unit_test(threads_must_have_counted_alike),
        cmocka_unit_test(shares_make_up_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
