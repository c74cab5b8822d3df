/* What changed between two reports, and between two sources.
 * SPDX-License-Identifier: MIT */
#include "formats/support/changes.h"
#include "formats/support/line_diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_report.h"

/* The directions of all changes from one outcome to another of one cell. */
static const char *told(enum outcome was, unsigned was_flagged, enum outcome is,
                        unsigned is_flagged, bool buggy)
{
    struct scenario_case c = {.id = (char *)"a/b"};
    struct variant v = {.name = (char *)"x", .buggy = buggy};
    struct detector_report d = {.id = "drd"};
    struct result old = {.c = &c, .variant = &v, .detector = &d, .runs = 2};
    struct result new = old;
    struct report before = {.results = {&old, 1, 1}};
    struct report after = {.results = {&new, 1, 1}};
    struct changes l = {0};
    old.outcome = was;
    old.flagged = was_flagged;
    old.grade = was_flagged ? GRADE_EXACT : GRADE_NONE;
    new.outcome = is;
    new.flagged = is_flagged;
    new.grade = is_flagged ? GRADE_EXACT : GRADE_NONE;
    changes_find(&before, &after, &l);
    assert_true(l.n <= 1);
    const char *word = l.n ? change_word(l.v[0].direction) : "same";
    vec_fini(&l);
    return word;
}

static void changes_have_a_direction(void **state)
{
    (void)state;
    assert_string_equal(told(OUTCOME_MISSED, 0, OUTCOME_FLAGGED, 2, true),
                        "better");
    assert_string_equal(told(OUTCOME_FLAGGED, 2, OUTCOME_SOMETIMES, 1, true),
                        "worse");
    assert_string_equal(told(OUTCOME_CLEAN, 0, OUTCOME_FALSE_ALARM, 1, false),
                        "worse");
    assert_string_equal(told(OUTCOME_FALSE_ALARM, 2, OUTCOME_CLEAN, 0, false),
                        "better");
    assert_string_equal(told(OUTCOME_MISSED, 0, OUTCOME_HANG, 0, true),
                        "other");
    assert_string_equal(told(OUTCOME_SKIPPED, 0, OUTCOME_FLAGGED, 2, true),
                        "other");
    assert_string_equal(told(OUTCOME_FLAGGED, 2, OUTCOME_FLAGGED, 2, true),
                        "same");
}

static void cells_come_and_go(void **state)
{
    (void)state;
    struct scenario_case a = {.id = (char *)"a/a"}, b = {.id = (char *)"b/b"};
    struct variant v = {.name = (char *)"x", .buggy = true};
    struct detector_report d = {.id = "drd"};
    struct result old = {.c = &a, .variant = &v, .detector = &d};
    struct result new = {.c = &b, .variant = &v, .detector = &d};
    struct report before = {.results = {&old, 1, 1}};
    struct report after = {.results = {&new, 1, 1}};
    struct changes l = {0};
    changes_find(&before, &after, &l);
    assert_int_equal(l.n, 2);
    assert_int_equal(l.v[0].direction, CHANGE_NEW);
    assert_ptr_equal(l.v[0].after, &new);
    assert_null(l.v[0].before);
    assert_int_equal(l.v[1].direction, CHANGE_GONE);
    assert_ptr_equal(l.v[1].before, &old);
    vec_fini(&l);
}

/* Pairs as "1-1 2-+3 ..." with ! where they differ. */
static void pairs_are(const char *dir, const char *left, const char *right,
                      const char *want)
{
    const struct format_options o = {0};
    struct sources s = {.options = &o};
    struct line_pairs l = {0};
    struct buf b = {0};
    scratch_write(dir, "left", left);
    scratch_write(dir, "right", right);
    char *a = fs_join(dir, "left"), *z = fs_join(dir, "right");
    line_diff(sources_get(&s, a), sources_get(&s, z), &l);
    for (size_t i = 0; i < l.n; i++)
        buf_addf(&b, "%d%s%d ", l.v[i].left, l.v[i].same ? "=" : "!",
                 l.v[i].right);
    assert_string_equal(buf_str(&b), want);
    buf_fini(&b);
    vec_fini(&l);
    sources_fini(&s);
    free(a);
    free(z);
}

static void same_lines_stand_beside_each_other(void **state)
{
    const char *dir = *state;
    pairs_are(dir, "a\nb\nc\n", "a\nb\nc\n", "1=1 2=2 3=3 ");
    pairs_are(dir, "a\nb\nc\n", "a\nx\ny\nc\n", "1=1 2!2 0!3 3=4 ");
    pairs_are(dir, "a\nc\n", "a\nb\nc\n", "1=1 0!2 2=3 ");
    pairs_are(dir, "a\nb\n", "b\n", "1!0 2=1 ");
    pairs_are(dir, "a", "", "1!0 ");
    pairs_are(dir, "x\n", "y\n", "1!1 ");
}

static void very_long_sources_are_paired_line_by_line(void **state)
{
    const char *dir = *state;
    const struct format_options o = {0};
    struct sources s = {.options = &o};
    struct line_pairs l = {0};
    struct buf b = {0};
    for (int i = 0; i < 5000; i++)
        buf_adds(&b, "x\n");
    scratch_write(dir, "long", buf_str(&b));
    char *path = fs_join(dir, "long");
    const struct source *f = sources_get(&s, path);
    line_diff(f, f, &l);
    assert_int_equal(l.n, 5000);
    assert_int_equal(l.v[4999].right, 5000);
    vec_fini(&l);
    buf_fini(&b);
    sources_fini(&s);
    free(path);
}

static void what_is_no_file_has_no_lines(void **state)
{
    const char *dir = *state;
    const struct format_options o = {0};
    struct sources s = {.options = &o};
    size_t n;
    assert_null(sources_get(&s, "/dev/zero"));
    assert_null(sources_get(&s, dir));
    assert_null(sources_get(&s, "/nowhere"));
    scratch_write(dir, "f", "a\r\nb");
    char *path = fs_join(dir, "f");
    const struct source *f = sources_get(&s, path);
    assert_ptr_equal(sources_get(&s, path), f);
    assert_memory_equal(source_line(f, 1, &n), "a", 1);
    assert_int_equal(n, 1);
    assert_memory_equal(source_line(f, 2, &n), "b", 1);
    assert_int_equal(n, 1);
    assert_null(source_line(f, 3, &n));
    assert_null(source_line(f, 0, &n));
    sources_fini(&s);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_have_a_direction),
        cmocka_unit_test(cells_come_and_go),
        SCRATCH_TEST(same_lines_stand_beside_each_other),
        SCRATCH_TEST(very_long_sources_are_paired_line_by_line),
        SCRATCH_TEST(what_is_no_file_has_no_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
