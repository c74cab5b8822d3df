/* What is said of schedules with few preemptions holds: against brute force,
 * on simulated programs.
 * SPDX-License-Identifier: MIT */
#include "generate.h"
#include "programs.h"
#include "run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { INTERLEAVINGS = 2000 };

static struct sim_program program;

static void parse(const char *text)
{
    char why[120];
    if (!sim_parse(&program, text, why))
        fail_msg("%s\n    %s", why, text);
}

/* Whether it is small enough to run all of its interleavings. */
static bool is_small(void)
{
    struct oracle o;
    oracle_traces(&o, &program, 20000);
    bool small = !o.enough && o.interleavings <= INTERLEAVINGS;
    oracle_fini(&o);
    return small;
}

/* Every interleaving within a bound once, and none beyond it. */
static bool dfs_holds(const char *text, uint32_t preemptions)
{
    struct search_options o = {.mode = SEARCH_DFS,
                               .bounded = true,
                               .preemptions = preemptions,
                               .count_traces = true};
    struct oracle all;
    struct run r;
    run_search(&r, &program, &o, 0, true);
    oracle_bounded(&all, &program, preemptions, SIZE_MAX);
    if ((double)r.stats.executions != all.interleavings ||
        r.traces.n != all.traces.n || !traces_within(&r.traces, &all.traces))
        fail_msg("%u: %llu runs, %zu traces, not %.0f, %zu\n    %s",
                 preemptions, (unsigned long long)r.stats.executions,
                 r.traces.n, all.interleavings, all.traces.n, text);
    bool whole = !r.stats.limits;
    run_fini(&r);
    oracle_fini(&all);
    return whole;
}

/* The bound that leaves nothing out, plus one. */
static uint32_t bounds_hold(const char *text)
{
    uint32_t preemptions = 0;
    while (!dfs_holds(text, preemptions))
        preemptions++;
    return preemptions + 1;
}

/* Auto that is cut short at once, with so many steps for few preemptions. */
static struct run cut_short(uint64_t few)
{
    struct search_options o = {
        .mode = SEARCH_AUTO, .work = 1, .few = few, .count_traces = true};
    struct run r;
    run_search(&r, &program, &o, 0, true);
    return r;
}

static void claim_holds(const char *text, const struct run *r)
{
    struct oracle all;
    if (r->stats.covered == 0)
        return;
    oracle_bounded(&all, &program, r->stats.covered - 1, SIZE_MAX);
    if (!traces_within(&all.traces, &r->traces))
        fail_msg("covered %u, but not all of it\n    %s", r->stats.covered,
                 text);
    oracle_fini(&all);
}

/* With enough steps, all; with less, what is said to be. */
static bool auto_holds(const char *text, uint32_t bounds)
{
    struct run r = cut_short(UINT64_MAX);
    uint64_t steps = r.stats.steps;
    bool cut = !r.stats.complete || r.stats.covered;
    claim_holds(text, &r);
    if (!r.stats.complete || (r.stats.covered && r.stats.covered != bounds))
        fail_msg("complete %d, covered %u of %u\n    %s", r.stats.complete,
                 r.stats.covered, bounds, text);
    run_fini(&r);
    for (uint64_t few = 1; cut && few < steps; few = few * 3 / 2 + 1) {
        r = cut_short(few);
        claim_holds(text, &r);
        if (!r.stats.complete && !(r.stats.limits & SEARCH_LIMIT_WORK))
            fail_msg("cut short, and not told\n    %s", text);
        if (r.stats.complete && r.stats.covered != bounds)
            fail_msg("complete with %u of %u\n    %s", r.stats.covered, bounds,
                     text);
        run_fini(&r);
    }
    return cut;
}

static void bounds_hold_for_known_programs(void **state)
{
    (void)state;
    int held = 0;
    for (size_t i = 0; i < known_programs_n; i++) {
        const char *text = known_programs[i].text;
        parse(text);
        if (is_small())
            held += auto_holds(text, bounds_hold(text));
    }
    assert_true(held >= 40);
}

static void bounds_hold_for_generated_programs(void **state)
{
    (void)state;
    int held = 0;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        char *text = generate(seed, 1 + seed % 3);
        parse(text);
        if (is_small())
            held += auto_holds(text, bounds_hold(text));
        free(text);
    }
    assert_true(held >= 100);
}

/* A lost update needs one preemption: none suffices to come to its end. */
static void the_least_bound_comes_first(void **state)
{
    (void)state;
    parse("var x | ld r0 x; st x r0+1 | ld r0 x; st x r0+1");
    struct run r = cut_short(4 + 4);
    assert_int_equal(r.stats.covered, 1);
    assert_false(r.stats.complete);
    assert_int_equal(r.traces.n, 2);
    run_fini(&r);
    r = cut_short(0);
    assert_int_equal(r.stats.covered, 0);
    assert_int_equal(r.stats.executions, 1);
    run_fini(&r);
}

/* Threads that wait for a time-out do not go on: who is first is no matter of
 * preemptions. */
static void last_resorts_interrupt_nobody(void **state)
{
    (void)state;
    struct oracle o;
    const char *text = "cond c d; mutex m n; var x "
                       "| lock m; twait r0 c m; unlock m; st x 1 "
                       "| lock n; twait r0 d n; unlock n; st x 2";
    parse(text);
    oracle_bounded(&o, &program, 0, SIZE_MAX);
    assert_true(o.traces.n >= 2);
    oracle_fini(&o);
    dfs_holds(text, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_hold_for_known_programs),
        cmocka_unit_test(bounds_hold_for_generated_programs),
        cmocka_unit_test(the_least_bound_comes_first),
        cmocka_unit_test(last_resorts_interrupt_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
