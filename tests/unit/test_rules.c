/* Rules of analysers as kinds, and clang's SARIF and clang-tidy's YAML as
 * findings.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/clang_analyzer.h"
#include "detectors/support/rules.h"
#include "detectors/support/sarif.h"
#include "detectors/support/thread_safety.h"
#include "detectors/support/tidy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"
#include "told.h"

static const struct rule table[] = {
    {"lock", "twice", "double", KIND_DOUBLE_LOCK, AID_NONE},
    {"lock", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {NULL, "guarded", "guard", KIND_DATA_RACE, AID_ANNOTATION},
    {0},
};

static void first_line_that_fits_counts(void **state)
{
    (void)state;
    assert_ptr_equal(rule_of(table, "lock", "locked twice"), &table[0]);
    assert_ptr_equal(rule_of(table, "lock", "locked"), &table[1]);
    assert_ptr_equal(rule_of(table, "lock", NULL), &table[1]);
    assert_ptr_equal(rule_of(table, "any", "is guarded"), &table[2]);
    assert_null(rule_of(table, "any", "is locked"));
    assert_null(rule_of(table, NULL, NULL));
}

static void unknown_rule_is_told_as_such(void **state)
{
    struct findings l = {0};
    (void)state;
    rule_add(&l, "d", table, "new-rule", "bad\nthing");
    struct finding *f = rule_add(&l, "d", table, "x", "guarded");
    rule_place(f, ROLE_READ, NULL, 3, 4);
    assert_int_equal(l.v[0].kind, KIND_OTHER);
    assert_string_equal(l.v[0].native, "new-rule");
    assert_string_equal(l.v[0].message, "bad?thing");
    assert_int_equal(l.v[0].thanks_to, AID_NONE);
    assert_string_equal(l.v[1].native, "guard");
    assert_int_equal(l.v[1].thanks_to, AID_ANNOTATION);
    assert_null(access_place(&l.v[1].accesses.v[0]));
    findings_fini(&l);
}

#define RESULT(uri)                                                            \
    "{\"runs\":[{\"results\":[{\"ruleId\":\"r\",\"level\":\"warning\","        \
    "\"message\":{\"text\":\"m\"},\"locations\":[{\"physicalLocation\":{"      \
    "\"artifactLocation\":{\"uri\":\"" uri "\"},"                              \
    "\"region\":{\"startLine\":7,\"startColumn\":2}}}]}]}]}\n"

static void assert_path(const char *sarif, const char *path)
{
    struct sarif_results l = {0};
    char *problem = NULL;
    enum err e = sarif_read(sarif, strlen(sarif), &l, &problem);
    if (problem)
        print_message("%s\n", problem);
    assert_int_equal(e, ERR_OK);
    assert_int_equal(l.n, 1);
    assert_string_equal(l.v[0].file, path);
    assert_int_equal(l.v[0].line, 7);
    assert_int_equal(l.v[0].col, 2);
    sarif_fini(&l);
}

static void places_of_sarif_are_paths(void **state)
{
    (void)state;
    assert_path(RESULT("file:///a%20b/c.c"), "/a b/c.c");
    assert_path(RESULT("file:///a%zz%2"), "/a%zz%2");
    assert_path(RESULT("a.c"), "a.c");
    assert_path("a.c:1: note\n" RESULT("file:///x") "1 warning generated.\n",
                "/x");
}

static void what_is_no_sarif_is_refused(void **state)
{
    static const struct {
        const char *text, *problem;
    } all[] = {
        {"", "no report"},
        {"clang: error: no such file\n", "no report"},
        {"{\"runs\":[{\"results\":[", "no JSON"},
        {"{}", "no SARIF"},
        {"{\"runs\":7}", "no SARIF"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct sarif_results l = {0};
        char *problem = NULL;
        assert_int_equal(
            sarif_read(all[i].text, strlen(all[i].text), &l, &problem),
            ERR_INVALID);
        assert_int_equal(l.n, 0);
        assert_non_null(strstr(problem, all[i].problem));
        free(problem);
    }
}

/* What a golden report comes to: findings, or why it is broken. */
static void finish(struct findings *l, char *problem)
{
    if (!problem)
        return;
    struct finding *f = findings_add(l, "broken", KIND_OTHER, "problem");
    f->message = problem;
}

static void parse_thread_safety(const char *id, const struct buf *text,
                                struct findings *l)
{
    char *problem = NULL;
    (void)id;
    thread_safety_parse(buf_str(text), text->len, false, l, &problem);
    finish(l, problem);
}

static void parse_analyzer(const char *id, const struct buf *text,
                           struct findings *l)
{
    char *problem = NULL;
    (void)id;
    clang_analyzer_parse(buf_str(text), text->len, l, &problem);
    finish(l, problem);
}

/* text with each `from` as `to`; caller frees. */
static char *exchanged(const char *text, const char *from, const char *to)
{
    struct buf b = {0};
    for (const char *at; (at = strstr(text, from)); text = at + strlen(from)) {
        buf_add(&b, text, (size_t)(at - text));
        buf_adds(&b, to);
    }
    buf_adds(&b, text);
    return buf_take(&b);
}

/* Places in the export are offsets into files, which must be there. */
static void parse_tidy(const char *id, const struct buf *text,
                       struct findings *l)
{
    char *problem = NULL;
    char *here = exchanged(buf_str(text), "/src/", GOLDEN_DIR "/sources/");
    (void)id;
    tidy_parse(here, strlen(here), l, &problem);
    for (size_t i = 0; i < l->n; i++) {
        struct frame *f = l->v[i].accesses.v[0].stack.v;
        char *file = exchanged(f->file, GOLDEN_DIR "/sources/", "/src/");
        free(f->file);
        f->file = file;
    }
    finish(l, problem);
    free(here);
}

static void real_reports_of_thread_safety_are_read(void **state)
{
    (void)state;
    assert_true(told_goldens(THREAD_SAFETY_ID, "sarif", parse_thread_safety) >=
                4);
}

static void real_reports_of_the_analyzer_are_read(void **state)
{
    (void)state;
    assert_true(told_goldens(CLANG_ANALYZER_ID, "sarif", parse_analyzer) >= 3);
}

static void real_reports_of_tidy_are_read(void **state)
{
    (void)state;
    assert_true(told_goldens(TIDY_ID, "yaml", parse_tidy) >= 3);
}

static void failure_without_an_error_is_none_the_less(void **state)
{
    struct findings l = {0};
    char *problem = NULL;
    (void)state;
    assert_int_equal(thread_safety_parse(RESULT("file:///x"),
                                         strlen(RESULT("file:///x")), true, &l,
                                         &problem),
                     ERR_INVALID);
    assert_int_equal(l.n, 0);
    assert_non_null(problem);
    free(problem);
}

#define DIAGNOSTIC(name, path, offset)                                         \
    "Diagnostics:\n  - DiagnosticName: " name "\n    DiagnosticMessage:\n"     \
    "      Message: 'function is not thread safe'\n"                           \
    "      FilePath: '" path "'\n      FileOffset: " offset "\n"               \
    "      Replacements: []\n    Level: Warning\n"

static void offsets_of_tidy_are_lines(void **state)
{
    struct findings l = {0};
    char *problem = NULL;
    scratch_write(*state, "a.c", "int a;\n\n  strtok(a);\n");
    char *text = str_fmt(DIAGNOSTIC("concurrency-mt-unsafe", "%s/a.c", "10"),
                         (const char *)*state);
    assert_int_equal(tidy_parse(text, strlen(text), &l, &problem), ERR_OK);
    assert_int_equal(l.n, 1);
    assert_string_equal(l.v[0].message, "function is not thread safe: strtok");
    const struct frame *f = access_place(&l.v[0].accesses.v[0]);
    assert_int_equal(f->line, 3);
    assert_int_equal(f->col, 3);
    findings_fini(&l);
    free(text);
}

static void offset_beyond_its_file_has_no_line(void **state)
{
    struct findings l = {0};
    char *problem = NULL;
    static const char text[] = DIAGNOSTIC("new", "/nonexistent", "10");
    (void)state;
    assert_int_equal(tidy_parse(text, strlen(text), &l, &problem), ERR_OK);
    assert_null(access_place(&l.v[0].accesses.v[0]));
    assert_int_equal(l.v[0].kind, KIND_OTHER);
    findings_fini(&l);
}

static void tidy_that_could_not_compile_is_broken(void **state)
{
    struct findings l = {0};
    char *problem = NULL;
    static const char text[] = DIAGNOSTIC("clang-diagnostic-error", "", "0");
    (void)state;
    assert_int_equal(tidy_parse(text, strlen(text), &l, &problem), ERR_INVALID);
    assert_int_equal(l.n, 0);
    free(problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_line_that_fits_counts),
        cmocka_unit_test(unknown_rule_is_told_as_such),
        cmocka_unit_test(places_of_sarif_are_paths),
        cmocka_unit_test(what_is_no_sarif_is_refused),
        cmocka_unit_test(real_reports_of_thread_safety_are_read),
        cmocka_unit_test(real_reports_of_the_analyzer_are_read),
        cmocka_unit_test(real_reports_of_tidy_are_read),
        cmocka_unit_test(failure_without_an_error_is_none_the_less),
        SCRATCH_TEST(offsets_of_tidy_are_lines),
        cmocka_unit_test(offset_beyond_its_file_has_no_line),
        cmocka_unit_test(tidy_that_could_not_compile_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
