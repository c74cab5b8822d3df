/* Known findings: which are known, and the file of them.
 * SPDX-License-Identifier: MIT */
#include "model/baseline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "findings.h"
#include "scratch.h"

/* A finding of a race in lines a and b of dir/a.c; b 0: one place is known. */
static struct merged_finding made(const char *dir, int a, int b)
{
    struct merged_finding m = {0};
    struct findings l = {0};
    char *path = fs_join(dir, "a.c");
    struct finding *f = findings_add(&l, "drd", KIND_DATA_RACE, "race");
    add_access(f, ROLE_WRITE, path, a);
    if (b)
        add_access(f, ROLE_READ, path, b);
    m.finding = *f;
    merged_describe(&m);
    vec_fini(&l);
    free(path);
    return m;
}

/* A baseline of that finding. */
static void know(struct baseline *b, const char *dir, int x, int y)
{
    struct merged_finding m = made(dir, x, y);
    struct baseline_entry e = {.fingerprint = str_dup(m.fingerprint),
                               .kind = m.finding.kind,
                               .one_sided = m.one_sided,
                               .message = str_dup("a \xff race"),
                               .landmarks = m.landmarks};
    m.landmarks = (struct landmarks){0};
    vec_push(&b->entries, e);
    merged_finding_fini(&m);
}

static bool knows(struct baseline *b, const char *dir, int x, int y)
{
    struct merged_finding m = made(dir, x, y);
    bool found = baseline_find(b, &m) != NULL;
    merged_finding_fini(&m);
    return found;
}

static void write_source(const char *dir)
{
    scratch_write(dir, "a.c", "one();\ntwo();\nthree();\n");
}

static void a_pair_is_known_by_both_places(void **state)
{
    struct baseline b = {0};
    write_source(*state);
    know(&b, *state, 1, 2);
    assert_true(knows(&b, *state, 1, 2));
    assert_true(knows(&b, *state, 2, 1));
    assert_false(knows(&b, *state, 1, 3));
    assert_false(knows(&b, *state, 1, 1));
    baseline_fini(&b);
}

static void one_place_may_mean_any_pair_that_has_it(void **state)
{
    struct baseline b = {0};
    write_source(*state);
    know(&b, *state, 1, 2);
    assert_true(knows(&b, *state, 2, 0));
    assert_false(knows(&b, *state, 3, 0));
    baseline_fini(&b);
    b = (struct baseline){0};
    know(&b, *state, 1, 0);
    assert_true(knows(&b, *state, 1, 3));
    assert_false(knows(&b, *state, 2, 3));
    baseline_fini(&b);
}

static void only_what_was_looked_up_is_seen(void **state)
{
    struct baseline b = {0};
    write_source(*state);
    know(&b, *state, 1, 2);
    know(&b, *state, 3, 3);
    assert_true(knows(&b, *state, 1, 2));
    assert_true(b.entries.v[0].seen);
    assert_false(b.entries.v[1].seen);
    assert_int_equal(baseline_prune(&b), 1);
    assert_int_equal(b.entries.n, 1);
    baseline_fini(&b);
}

static void the_file_gives_back_what_was_written(void **state)
{
    struct baseline b = {0}, copy = {0}, more = {0};
    struct diag d = {0};
    char *path = fs_join(*state, "known.json");
    write_source(*state);
    know(&b, *state, 1, 2);
    know(&more, *state, 1, 2);
    know(&more, *state, 3, 0);
    assert_int_equal(baseline_add(&b, &more, "a reason"), 1);
    assert_int_equal(baseline_write(path, &b), ERR_OK);
    assert_int_equal(baseline_read(path, &copy, &d), ERR_OK);
    assert_int_equal(copy.entries.n, 2);
    assert_true(knows(&copy, *state, 1, 2));
    for (size_t i = 0; i < 2; i++) {
        const struct baseline_entry *e = &copy.entries.v[i];
        assert_int_equal(str_eq(e->reason, "a reason"), e->one_sided);
        assert_string_equal(e->message, "a ? race");
    }
    baseline_fini(&copy);
    baseline_fini(&b);
    free(path);
}

static void what_is_none_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"{\n\"findings\": [", "f.json:2: no JSON"},
        {"[]", "f.json: neither a baseline"},
        {"{\"findings\": []}", "f.json: neither a baseline"},
        {"{\"lockstep_baseline\": 2, \"findings\": []}", "neither a baseline"},
        {"{\"lockstep_baseline\": 1}", "neither a baseline"},
        {"{\"lockstep_baseline\": 1, \"findings\": [7]}", "entry 1"},
        {"{\"lockstep_baseline\": 1, \"findings\": [{\"fingerprint\": \"x\", "
         "\"kind\": \"nosuch\"}]}",
         "entry 1"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct baseline b = {0};
        struct diag d = {0};
        assert_int_equal(
            baseline_parse("f.json", bad[i].text, strlen(bad[i].text), &b, &d),
            ERR_INVALID);
        assert_true(scratch_said(&d, bad[i].said));
        baseline_fini(&b);
        diag_fini(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(a_pair_is_known_by_both_places),
        SCRATCH_TEST(one_place_may_mean_any_pair_that_has_it),
        SCRATCH_TEST(only_what_was_looked_up_is_seen),
        SCRATCH_TEST(the_file_gives_back_what_was_written),
        cmocka_unit_test(what_is_none_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
