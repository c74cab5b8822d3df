/* Nothing is called verified that was not shown: each doubt, each limit and
 * each end before the end is enough. SPDX-License-Identifier: MIT */
#include "explore/claim.h"
#include "explore/search/search.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

/* What a search that covered all leaves behind. */
static int make(void **state)
{
    struct shared *s = calloc(1, sizeof *s);
    s->finished = s->exhausted = s->complete = true;
    strcpy(s->compiler, "gcc");
    *state = s;
    return 0;
}

static int drop(void **state)
{
    free(*state);
    return 0;
}

static enum claim verdict(const struct shared *s, const char *reason)
{
    struct strv why = {0};
    enum claim v = claim_of(s, &why);
    bool told = reason == NULL;
    for (size_t i = 0; i < why.n; i++)
        told = told || strstr(why.v[i], reason);
    assert_true(told);
    strv_fini(&why);
    return v;
}

static void all_covered_is_verified_with_its_terms(void **state)
{
    struct shared *s = *state;
    assert_int_equal(verdict(s, "gcc -O0"), EXPLORED_VERIFIED);
    assert_int_equal(verdict(s, "no spurious"), EXPLORED_VERIFIED);
    s->learned = LEARNED_WEAK;
    assert_int_equal(verdict(s, "SC only"), EXPLORED_VERIFIED);
    s->learned = LEARNED_FEEBLE;
    assert_int_equal(verdict(s, "no weak compare-exchange"), EXPLORED_VERIFIED);
    s->learned = LEARNED_PIPE | LEARNED_SIGNALS;
    assert_int_equal(verdict(s, "holds 64 KiB"), EXPLORED_VERIFIED);
    assert_int_equal(verdict(s, "no signals from outside"), EXPLORED_VERIFIED);
    s->config.timeouts = 3;
    assert_int_equal(verdict(s, "at most 3 time-outs"), EXPLORED_VERIFIED);
}

static void any_doubt_is_enough(void **state)
{
    struct shared *s = *state;
    for (unsigned d = 0; d < DOUBT_COUNT; d++) {
        s->doubts = 1u << d;
        assert_int_equal(verdict(s, NULL), EXPLORED_BOUNDED);
    }
    strcpy(s->names[0], "signal");
    s->names_count = 1;
    assert_int_equal(verdict(s, "signal"), EXPLORED_BOUNDED);
}

static void any_limit_is_enough(void **state)
{
    struct shared *s = *state;
    for (unsigned bit = 1; bit <= SEARCH_LIMIT_THREADS; bit *= 2) {
        s->stats.limits = bit;
        assert_int_equal(verdict(s, NULL), EXPLORED_BOUNDED);
    }
}

static void what_is_not_complete_is_not_verified(void **state)
{
    struct shared *s = *state;
    s->complete = false;
    assert_int_equal(verdict(s, "does not cover all"), EXPLORED_BOUNDED);
    s->complete = true;
    s->exhausted = false;
    assert_int_equal(verdict(s, "not finished"), EXPLORED_NOT_FOUND);
    s->exhausted = true;
    s->finished = false;
    assert_int_equal(verdict(s, "not finished"), EXPLORED_NOT_FOUND);
}

static void few_preemptions_are_a_bound(void **state)
{
    struct shared *s = *state;
    s->complete = s->exhausted = false;
    s->stats.limits = SEARCH_LIMIT_WORK;
    s->stats.covered = 1;
    assert_int_equal(verdict(s, "without a preemption"), EXPLORED_BOUNDED);
    s->stats.covered = 2;
    assert_int_equal(verdict(s, "most 1 preemption was"), EXPLORED_BOUNDED);
    s->stats.covered = 3;
    assert_int_equal(verdict(s, "most 2 preemptions was"), EXPLORED_BOUNDED);
    assert_int_equal(verdict(s, "number of steps in all"), EXPLORED_BOUNDED);
    assert_int_equal(verdict(s, "whole search was not"), EXPLORED_BOUNDED);
    s->finished = false;
    assert_int_equal(verdict(s, "not finished"), EXPLORED_NOT_FOUND);
}

static void a_bug_comes_first(void **state)
{
    struct shared *s = *state;
    s->bugs_count = 1;
    assert_int_equal(verdict(s, NULL), EXPLORED_BUG);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, make, drop)
    const struct CMUnitTest tests[] = {
        TEST(all_covered_is_verified_with_its_terms),
        TEST(any_doubt_is_enough),
        TEST(any_limit_is_enough),
        TEST(what_is_not_complete_is_not_verified),
        TEST(few_preemptions_are_a_bound),
        TEST(a_bug_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
