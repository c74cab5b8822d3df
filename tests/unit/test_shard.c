/* Parts of a plan: disjoint, together the whole, and alike.
 * SPDX-License-Identifier: MIT */
#include "engine/shard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_report.h"

#define CASES 7
#define DETECTORS 3

/* Each variant of each case under each detector, numbered. */
static void make(struct made *m)
{
    static const char *const ids[] = {"a", "b", "c"};
    struct diag d = {0};
    for (int i = 0; i < CASES; i++) {
        char *id = str_fmt("class/case%d", i);
        scratch_case(m->dir, id, SCRATCH_HEAD SCRATCH_TRUTH);
        free(id);
    }
    for (int i = 0; i < DETECTORS; i++)
        made_detector(m, ids[i]);
    assert_int_equal(corpus_load(m->dir, NULL, &m->corpus, &d), ERR_OK);
    diag_fini(&d);
}

static void fill(struct made *m)
{
    m->report.results.n = 0;
    for (size_t i = 0; i < m->corpus.cases.n; i++)
        for (size_t v = 0; v < 2; v++)
            for (size_t k = 0; k < DETECTORS; k++) {
                const struct scenario_case *c = &m->corpus.cases.v[i];
                unsigned number = (unsigned)m->report.results.n;
                made_cell(m, c, &c->variants.v[v], k, OUTCOME_CANCELLED, 0, 0)
                    ->number = number;
            }
}

static void parts_are_the_whole_and_as_large(void **state)
{
    struct made *m = *state;
    unsigned seen[CASES * 2 * DETECTORS] = {0};
    make(m);
    for (unsigned part = 1; part <= 4; part++) {
        unsigned of[DETECTORS] = {0};
        fill(m);
        shard_keep(&m->report.results, part, 4);
        for (size_t i = 0; i < m->report.results.n; i++) {
            const struct result *r = &m->report.results.v[i];
            assert_true(i == 0 || r->number > r[-1].number);
            seen[r->number]++;
            of[r->detector - m->report.detectors.v]++;
        }
        for (int i = 0; i < DETECTORS; i++)
            assert_in_range(of[i], 3, 4); /* of 14 by 4 */
    }
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
        assert_int_equal(seen[i], 1);
}

static bool is_in(const struct results *l, const struct result *r)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].variant == r->variant && l->v[i].detector == r->detector)
            return true;
    return false;
}

/* Who names the cases in another order has the same parts. */
static void order_does_not_matter(void **state)
{
    struct made *m = *state;
    struct results *l = &m->report.results, turned = {0};
    make(m);
    fill(m);
    for (size_t i = l->n; i-- > 0;)
        vec_push(&turned, l->v[i]);
    shard_keep(&turned, 2, 4);
    shard_keep(l, 2, 4);
    assert_int_equal(turned.n, l->n);
    for (size_t i = 0; i < l->n; i++)
        assert_true(is_in(&turned, &l->v[i]));
    vec_fini(&turned);
}

static void more_parts_than_cells_leave_some_empty(void **state)
{
    struct made *m = *state;
    size_t all = 0;
    make(m);
    for (unsigned part = 1; part <= 100; part++) {
        fill(m);
        shard_keep(&m->report.results, part, 100);
        all += m->report.results.n;
    }
    assert_int_equal(all, CASES * 2 * DETECTORS);
}

/* As two computers know each other's: by texts and words, not by places. */
static void plan_is_known_by_its_content(void **state)
{
    struct made *m = *state;
    make(m);
    fill(m);
    char *plan = shard_plan(&m->report.results, 3);
    char *again = shard_plan(&m->report.results, 3);
    char *repeats = shard_plan(&m->report.results, 4);
    assert_string_equal(plan, again);
    assert_string_not_equal(plan, repeats);
    m->corpus.cases.v[3].variants.v[1].text[0]++;
    char *source = shard_plan(&m->report.results, 3);
    assert_string_not_equal(plan, source);
    m->report.results.n--;
    char *shorter = shard_plan(&m->report.results, 3);
    assert_string_not_equal(source, shorter);
    free(plan);
    free(again);
    free(repeats);
    free(source);
    free(shorter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MADE_TEST(parts_are_the_whole_and_as_large),
        MADE_TEST(order_does_not_matter),
        MADE_TEST(more_parts_than_cells_leave_some_empty),
        MADE_TEST(plan_is_known_by_its_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
