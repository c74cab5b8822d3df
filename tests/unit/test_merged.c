/* The findings of several runs and detectors, each told once.
 * SPDX-License-Identifier: MIT */
#include "model/merged.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "findings.h"

#define FILE_NAME "/nosuch/a.c"

/* Moves what is in made into l, as of one run. */
static void observe(struct observations *l, struct findings *made,
                    const char *under, unsigned run)
{
    for (size_t i = 0; i < made->n; i++)
        vec_push(l, ((struct observation){made->v[i], under, run}));
    vec_fini(made);
}

static void race(struct observations *l, const char *id, unsigned run, int a,
                 int b)
{
    struct findings made = {0};
    add_race(&made, id, FILE_NAME, a, b);
    observe(l, &made, id, run);
}

/* What DRD says: one place. */
static void half(struct observations *l, unsigned run, int line)
{
    struct findings made = {0};
    struct finding *f = findings_add(&made, "drd", KIND_DATA_RACE, "C");
    f->object = str_dup("n");
    add_access(f, ROLE_WRITE, FILE_NAME, line);
    observe(l, &made, "drd", run);
}

static void one_race_of_two_detectors_is_one(void **state)
{
    (void)state;
    struct observations l = {0};
    struct merged_findings out = {0};
    race(&l, "tsan", 0, 3, 5);
    race(&l, "tsan", 1, 5, 3);
    race(&l, "helgrind", 0, 3, 5);
    merge_observations(&l, &out);
    assert_int_equal(out.n, 1);
    assert_int_equal(out.v[0].seen.n, 2);
    assert_string_equal(out.v[0].seen.v[0].detector, "helgrind");
    assert_int_equal(out.v[0].seen.v[0].runs, 1);
    assert_int_equal(out.v[0].seen.v[1].runs, 2);
    merged_findings_fini(&out);
}

static void a_run_counts_once_however_often_it_is_told(void **state)
{
    (void)state;
    struct observations l = {0};
    struct merged_findings out = {0};
    race(&l, "tsan", 4, 3, 5);
    race(&l, "tsan", 4, 3, 5);
    merge_observations(&l, &out);
    assert_int_equal(out.v[0].seen.v[0].runs, 1);
    merged_findings_fini(&out);
}

static void who_knows_one_place_joins_who_knows_both(void **state)
{
    (void)state;
    struct observations l = {0};
    struct merged_findings out = {0};
    half(&l, 0, 3);
    race(&l, "tsan", 0, 3, 5);
    merge_observations(&l, &out);
    assert_int_equal(out.n, 1);
    assert_string_equal(out.v[0].finding.detector, "tsan");
    assert_string_equal(out.v[0].finding.object, "n");
    assert_false(out.v[0].one_sided);
    assert_int_equal(out.v[0].seen.n, 2);
    merged_findings_fini(&out);
}

static void a_lost_stack_is_no_other_place(void **state)
{
    (void)state;
    struct observations l = {0};
    struct merged_findings out = {0};
    race(&l, "tsan", 0, 3, 0);
    race(&l, "tsan", 1, 3, 5);
    race(&l, "tsan", 2, 9, 0);
    merge_observations(&l, &out);
    assert_int_equal(out.n, 2);
    assert_false(out.v[0].one_sided);
    assert_int_equal(out.v[0].seen.v[0].runs, 2);
    assert_true(out.v[1].one_sided);
    merged_findings_fini(&out);
}

static void other_places_and_kinds_stay_apart(void **state)
{
    (void)state;
    struct observations l = {0};
    struct merged_findings out = {0};
    race(&l, "tsan", 0, 9, 9);
    race(&l, "tsan", 0, 3, 5);
    struct findings made = {0};
    struct finding *f = findings_add(&made, "tsan", KIND_LOCK_ORDER, "cycle");
    add_access(f, ROLE_LOCKS, FILE_NAME, 3);
    add_access(f, ROLE_LOCKS, FILE_NAME, 5);
    observe(&l, &made, "tsan", 0);
    merge_observations(&l, &out);
    assert_int_equal(out.n, 3);
    assert_int_equal(merged_place(&out.v[0])->line, 3);
    assert_int_equal(merged_place(&out.v[2])->line, 9);
    merged_findings_fini(&out);
}

static void a_guest_speaks_in_the_runs_of_another(void **state)
{
    (void)state;
    struct observations l = {0};
    struct merged_findings out = {0};
    for (int i = 0; i < 2; i++) {
        struct findings made = {0};
        struct finding *f =
            findings_add(&made, "watchdog", KIND_DEADLOCK, "deadlock");
        add_access(f, ROLE_WAITS, FILE_NAME, 3);
        observe(&l, &made, i ? "watchdog" : "drd", 0);
    }
    merge_observations(&l, &out);
    assert_int_equal(out.n, 1);
    assert_int_equal(out.v[0].seen.n, 2);
    assert_string_equal(out.v[0].seen.v[0].under, "drd");
    assert_true(out.v[0].one_sided);
    merged_findings_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_race_of_two_detectors_is_one),
        cmocka_unit_test(a_run_counts_once_however_often_it_is_told),
        cmocka_unit_test(who_knows_one_place_joins_who_knows_both),
        cmocka_unit_test(a_lost_stack_is_no_other_place),
        cmocka_unit_test(other_places_and_kinds_stay_apart),
        cmocka_unit_test(a_guest_speaks_in_the_runs_of_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
