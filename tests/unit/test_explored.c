/* The reader of what the explorer found.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/explored.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "told.h"

static enum err findings_in(const char *text, const char *id, const char *err,
                            struct findings *l, char **problem)
{
    struct explore_report x;
    explore_report_read(text, &x);
    enum err e = explored_findings(&x, id, err, l, problem);
    explore_report_fini(&x);
    return e;
}

static struct search_result claim_in(const char *text)
{
    struct explore_report x;
    struct search_result r;
    explore_report_read(text, &x);
    explored_claim(&x, &r);
    explore_report_fini(&x);
    return r;
}

static void parse_golden(const char *id, const struct buf *text,
                         struct findings *l)
{
    char *problem = NULL;
    enum err e = findings_in(buf_str(text), id, "", l, &problem);
    assert_int_equal(e, problem ? ERR_INVALID : ERR_OK);
    free(problem);
}

static void real_reports_are_read(void **state)
{
    (void)state;
    assert_int_equal(told_goldens("explore", "json", parse_golden), 9);
}

static char *read_golden(const char *name)
{
    struct buf text = {0};
    char *path = str_fmt("%s/explore/%s.json", GOLDEN_DIR, name);
    assert_int_equal(fs_read(path, &text), ERR_OK);
    free(path);
    return buf_take(&text);
}

static void innocent_program_is_verified_and_ran_to_its_end(void **state)
{
    char *text = read_golden("clean");
    struct search_result r = claim_in(text);
    (void)state;
    assert_int_equal(r.claim, CLAIM_VERIFIED);
    assert_non_null(strstr(r.terms, "SC; this input; gcc -O0"));
    assert_string_equal(r.printed, "INVARIANT HELD: written\n");
    free(r.terms);
    free(r.printed);
    free(text);
}

static void what_was_found_makes_no_claim(void **state)
{
    char *text = read_golden("hit");
    struct search_result r = claim_in(text);
    (void)state;
    assert_int_equal(r.claim, CLAIM_NONE);
    assert_null(r.terms);
    free(r.printed);
    free(text);
}

/* An explorer that says nothing, or half of it, has not found a program clean.
 */
static void what_is_no_result_is_a_problem(void **state)
{
    static const struct {
        const char *text, *err, *problem;
    } bad[] = {
        {"", "lockstep: x cannot be explored: it died\n",
         "lockstep: x cannot be explored: it died"},
        {"", "", "the explorer gave no result"},
        {"{\"explore\": []}", "", "the explorer gave no result"},
        {"{\"explore\": [{}]}", "", "the explorer gave no result"},
        {"{\"explore\": [{\"verdict\": \"BUG\"}]}", "", "no result"},
        {"{\"explore\": [{\"verdict\": \"BUG\", \"bugs\": []}]}", "",
         "no result"},
        {"{\"explore\": [{\"verdict\": 7, \"bugs\": 3}]}", "", "no result"},
        {"[1, 2", "", "no result"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct findings l = {0};
        struct search_result r = claim_in(bad[i].text);
        char *problem = NULL;
        assert_int_equal(
            findings_in(bad[i].text, "explore", bad[i].err, &l, &problem),
            ERR_INVALID);
        assert_int_equal(l.n, 0);
        assert_non_null(strstr(problem, bad[i].problem));
        assert_int_equal(r.claim, CLAIM_NONE);
        free(r.printed);
        free(problem);
    }
}

static void unknown_bug_is_told_and_never_counts(void **state)
{
    static const char text[] =
        "{\"explore\": [{\"verdict\": \"BUG\", \"bugs\": [{\"kind\": \"new\", "
        "\"text\": \"odd\", \"places\": [{\"thread\": 1, \"line\": 7}]}, "
        "{\"kind\": 5}, {\"kind\": \"deadlock\", \"places\": []}, "
        "{\"kind\": \"lost-wakeup\", \"places\": {}}]}]}";
    struct findings l = {0};
    char *problem = NULL;
    (void)state;
    assert_int_equal(findings_in(text, "explore", "", &l, &problem), ERR_OK);
    assert_int_equal(l.n, 4);
    assert_int_equal(l.v[0].kind, KIND_OTHER);
    assert_string_equal(l.v[0].message, "a bug of another kind: odd");
    assert_int_equal(l.v[1].kind, KIND_OTHER);
    for (size_t i = 0; i < l.n; i++)
        assert_int_equal(l.v[i].accesses.n, 0);
    findings_fini(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_reports_are_read),
        cmocka_unit_test(innocent_program_is_verified_and_ran_to_its_end),
        cmocka_unit_test(what_was_found_makes_no_claim),
        cmocka_unit_test(what_is_no_result_is_a_problem),
        cmocka_unit_test(unknown_bug_is_told_and_never_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
