/* The score: who was right how often, at what cost.
 * SPDX-License-Identifier: MIT */
#include "engine/score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_report.h"

#define MANIFEST SCRATCH_HEAD SCRATCH_TRUTH

static void assert_near(double x, double wanted, double tolerance)
{
    if (x < wanted - tolerance || x > wanted + tolerance)
        print_message("%g, not %g\n", x, wanted);
    assert_true(x >= wanted - tolerance && x <= wanted + tolerance);
}

/* The last four: R. G. Newcombe, Two-Sided Confidence Intervals for the Single
 * Proportion, Statistics in Medicine 17, 1998, table I, method 3. */
static void interval_is_that_of_wilson(void **state)
{
    (void)state;
    static const struct share known[] = {
        {8, 10, 0.4902, 0.9433},   {1, 1, 0.2065, 1},
        {0, 10, 0, 0.2775},        {50, 100, 0.4038, 0.5962},
        {81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605},
        {0, 20, 0, 0.1611},        {1, 29, 0.0061, 0.1718},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct share s = share_of(known[i].k, known[i].n);
        assert_int_equal(s.k, known[i].k);
        assert_int_equal(s.n, known[i].n);
        assert_near(s.low, known[i].low, 0.00005);
        assert_near(s.high, known[i].high, 0.00005);
    }
}

static void interval_keeps_within_its_bounds(void **state)
{
    (void)state;
    for (unsigned n = 1; n < 300; n++)
        for (unsigned k = 0; k <= n; k++) {
            struct share s = share_of(k, n), mirror = share_of(n - k, n);
            double p = (double)k / n;
            assert_true(s.low >= 0 && s.low <= p);
            assert_true(s.high >= p && s.high <= 1);
            assert_near(s.low, 1 - mirror.high, 1e-12);
        }
    struct share nothing = share_of(0, 0);
    assert_true(nothing.low == 0 && nothing.high == 1);
}

static void make(struct made *m, const char *const *detectors)
{
    for (size_t i = 0; i < 4; i++) {
        static const char *const ids[] = {"class/b", "class/c", "deadlock/a",
                                          "order/z"};
        scratch_case(m->dir, ids[i], MANIFEST);
    }
    made_corpus(m, "class/a", MANIFEST);
    assert_int_equal(m->corpus.cases.n, 5);
    for (size_t i = 0; detectors[i]; i++)
        made_detector(m, detectors[i]);
}

static const char *const two[] = {"d", "watchdog", NULL};

/* A cell of the nth case. */
static struct result *add(struct made *m, size_t n, const char *variant,
                          size_t detector, enum outcome o)
{
    const struct scenario_case *c = &m->corpus.cases.v[n];
    bool some = o == OUTCOME_SOMETIMES;
    bool all = o == OUTCOME_FLAGGED || o == OUTCOME_FALSE_ALARM;
    return made_cell(m, c, case_variant(c, variant), detector, o,
                     some  ? 1
                     : all ? 2
                           : 0,
                     2);
}

static const struct tally *tally(const struct made *m, size_t detector)
{
    return &m->report.score.detectors.v[detector].tally;
}

static void assert_share(const struct share *s, unsigned k, unsigned n)
{
    struct share wanted = share_of(k, n);
    if (s->k != k || s->n != n)
        print_message("%u/%u, not %u/%u\n", s->k, s->n, k, n);
    assert_memory_equal(s, &wanted, sizeof wanted);
}

static void sometimes_is_counted_apart(void **state)
{
    struct made *m = *state;
    make(m, two);
    add(m, 0, "buggy", 0, OUTCOME_FLAGGED);
    add(m, 1, "buggy", 0, OUTCOME_SOMETIMES);
    add(m, 2, "buggy", 0, OUTCOME_MISSED);
    add(m, 3, "buggy", 0, OUTCOME_HANG);
    add(m, 4, "buggy", 0, OUTCOME_TIMEOUT);
    score_report(&m->report);
    assert_share(&tally(m, 0)->recall, 1, 5);
    assert_int_equal(tally(m, 0)->sometimes, 1);
    assert_share(&tally(m, 0)->alarms, 0, 0);
    assert_share(&tally(m, 0)->exact, 1, 1);
}

static void what_was_not_judged_does_not_count(void **state)
{
    static const enum outcome without_verdict[] = {
        OUTCOME_NO_TOKEN,    OUTCOME_BUILD_FAILED, OUTCOME_ERROR,
        OUTCOME_UNSUPPORTED, OUTCOME_SKIPPED,      OUTCOME_CANCELLED,
    };
    struct made *m = *state;
    make(m, two);
    add(m, 0, "buggy", 0, OUTCOME_FLAGGED);
    add(m, 0, "fixed", 0, OUTCOME_FALSE_ALARM);
    struct result *bug = add(m, 1, "buggy", 0, OUTCOME_CANCELLED);
    vec_push(&bug->costs, ((struct run_cost){5, 5}));
    add(m, 1, "fixed", 0, OUTCOME_CANCELLED);
    for (size_t i = 0; i < sizeof without_verdict / sizeof *without_verdict;
         i++) {
        m->report.results.v[2].outcome = without_verdict[i];
        m->report.results.v[3].outcome = without_verdict[i];
        score_report(&m->report);
        const struct score *s = &m->report.score;
        assert_share(&tally(m, 0)->recall, 1, 1);
        assert_share(&tally(m, 0)->alarms, 1, 1);
        assert_int_equal(s->detectors.v[0].cost.runs, 0);
        assert_int_equal(s->bugs, 1);
        assert_int_equal(s->fixes, 1);
        assert_int_equal(s->unflagged.n, 0);
        assert_int_equal(s->unjudged.n, 1);
        assert_string_equal(s->unjudged.v[0].c->id, "class/b");
        score_fini(&m->report.score);
        m->report.score = (struct score){0};
    }
}

static void exact_means_in_every_run(void **state)
{
    struct made *m = *state;
    make(m, two);
    add(m, 0, "buggy", 0, OUTCOME_FLAGGED);
    add(m, 1, "buggy", 0, OUTCOME_FLAGGED)->weakest = GRADE_PARTIAL;
    add(m, 2, "buggy", 0, OUTCOME_FLAGGED)->weakest = GRADE_EXACT;
    add(m, 3, "buggy", 0, OUTCOME_SOMETIMES);
    score_report(&m->report);
    assert_share(&tally(m, 0)->recall, 3, 4);
    assert_share(&tally(m, 0)->exact, 2, 3);
}

static void alarm_in_one_run_is_an_alarm(void **state)
{
    struct made *m = *state;
    make(m, two);
    add(m, 0, "fixed", 0, OUTCOME_FALSE_ALARM)->flagged = 1;
    add(m, 1, "fixed", 0, OUTCOME_CLEAN);
    add(m, 2, "fixed", 0, OUTCOME_HANG);
    score_report(&m->report);
    assert_share(&tally(m, 0)->alarms, 1, 3);
    assert_share(&tally(m, 0)->recall, 0, 0);
    assert_int_equal(m->report.score.clean, 1);
    assert_int_equal(m->report.score.fixes, 3);
}

static void classes_are_scored_apart(void **state)
{
    struct made *m = *state;
    make(m, two);
    add(m, 0, "buggy", 0, OUTCOME_FLAGGED);
    add(m, 0, "buggy", 1, OUTCOME_MISSED);
    add(m, 1, "buggy", 0, OUTCOME_FLAGGED);
    add(m, 1, "buggy", 1, OUTCOME_UNSUPPORTED);
    add(m, 3, "buggy", 0, OUTCOME_SOMETIMES);
    add(m, 3, "buggy", 1, OUTCOME_FLAGGED);
    add(m, 3, "fixed", 1, OUTCOME_FALSE_ALARM);
    score_report(&m->report);
    const struct class_scores *l = &m->report.score.classes;
    assert_int_equal(l->n, 2);
    assert_string_equal(l->v[0].class, "class");
    assert_int_equal(l->v[0].bugs, 2);
    assert_int_equal(l->v[0].fixes, 0);
    assert_share(&l->v[0].tallies.v[0].recall, 2, 2);
    assert_share(&l->v[0].tallies.v[1].recall, 0, 1);
    assert_string_equal(l->v[1].class, "deadlock");
    assert_share(&l->v[1].tallies.v[0].recall, 0, 1);
    assert_int_equal(l->v[1].tallies.v[0].sometimes, 1);
    assert_share(&l->v[1].tallies.v[1].recall, 1, 1);
    assert_share(&l->v[1].tallies.v[1].alarms, 1, 1);
}

static void bug_that_any_flags_once_is_flagged(void **state)
{
    struct made *m = *state;
    make(m, two);
    add(m, 0, "buggy", 0, OUTCOME_MISSED);
    add(m, 0, "buggy", 1, OUTCOME_SOMETIMES);
    add(m, 1, "buggy", 0, OUTCOME_MISSED);
    add(m, 1, "buggy", 1, OUTCOME_ERROR);
    add(m, 2, "fixed", 0, OUTCOME_CLEAN);
    add(m, 2, "fixed", 1, OUTCOME_UNSUPPORTED);
    score_report(&m->report);
    const struct score *s = &m->report.score;
    assert_int_equal(s->bugs, 2);
    assert_int_equal(s->flagged, 1);
    assert_int_equal(s->unflagged.n, 1);
    assert_string_equal(s->unflagged.v[0].c->id, "class/b");
    assert_string_equal(s->unflagged.v[0].variant->name, "buggy");
    assert_int_equal(s->unjudged.n, 0);
    assert_int_equal(s->fixes, 1);
    assert_int_equal(s->clean, 1);
    assert_int_equal(s->judging, 2);
}

static void add_costs(struct result *r, const double *wall, size_t n)
{
    for (size_t i = 0; i < n; i++)
        vec_push(&r->costs, ((struct run_cost){wall[i], wall[i] / 4}));
}

static void costs_are_summed_and_compared(void **state)
{
    struct made *m = *state;
    make(m, two);
    add_costs(add(m, 0, "buggy", 0, OUTCOME_MISSED), (double[]){6, 2}, 2);
    add_costs(add(m, 0, "buggy", 1, OUTCOME_MISSED), (double[]){1}, 1);
    add_costs(add(m, 1, "buggy", 0, OUTCOME_FLAGGED), (double[]){8}, 1);
    add_costs(add(m, 1, "buggy", 1, OUTCOME_FLAGGED), (double[]){1, 3}, 2);
    add_costs(add(m, 2, "fixed", 0, OUTCOME_CLEAN), (double[]){40}, 1);
    add_costs(add(m, 2, "fixed", 1, OUTCOME_ERROR), (double[]){9}, 1);
    score_report(&m->report);
    const struct score *s = &m->report.score;
    const struct cost *c = &s->detectors.v[0].cost;
    assert_ptr_equal(s->baseline, &m->report.detectors.v[1]);
    assert_int_equal(c->runs, 4);
    assert_near(c->wall, 56, 1e-9);
    assert_near(c->cpu, 14, 1e-9);
    assert_near(c->wall_median, 7, 1e-9);
    assert_near(c->cpu_median, 1.75, 1e-9);
    assert_near(c->wall_factor, (4.0 + 8) / (1 + 2), 1e-9);
    assert_near(c->cpu_factor, 4, 1e-9);
    c = &s->detectors.v[1].cost;
    assert_int_equal(c->runs, 3);
    assert_near(c->wall, 5, 1e-9);
    assert_near(c->wall_median, 1, 1e-9);
    assert_near(c->wall_factor, 1, 1e-9);
}

static void without_the_baseline_no_factor_is_known(void **state)
{
    struct made *m = *state;
    make(m, two);
    m->report.detectors.v[1].wanted = false;
    add_costs(add(m, 0, "buggy", 0, OUTCOME_MISSED), (double[]){6}, 1);
    score_report(&m->report);
    const struct score *s = &m->report.score;
    assert_int_equal(s->detectors.n, 1);
    assert_null(s->baseline);
    assert_near(s->detectors.v[0].cost.wall, 6, 1e-9);
    assert_true(s->detectors.v[0].cost.wall_factor == 0);
}

static void empty_report_has_an_empty_score(void **state)
{
    struct made *m = *state;
    score_report(&m->report);
    assert_int_equal(m->report.score.detectors.n, 0);
    assert_int_equal(m->report.score.bugs, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interval_is_that_of_wilson),
        cmocka_unit_test(interval_keeps_within_its_bounds),
        MADE_TEST(sometimes_is_counted_apart),
        MADE_TEST(what_was_not_judged_does_not_count),
        MADE_TEST(exact_means_in_every_run),
        MADE_TEST(alarm_in_one_run_is_an_alarm),
        MADE_TEST(classes_are_scored_apart),
        MADE_TEST(bug_that_any_flags_once_is_flagged),
        MADE_TEST(costs_are_summed_and_compared),
        MADE_TEST(without_the_baseline_no_factor_is_known),
        MADE_TEST(empty_report_has_an_empty_score),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
