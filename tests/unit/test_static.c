/* Sources under real static detectors, through the engine: what is found, what
 * is no verdict, what goes without saying. Skipped without clang-19.
 * SPDX-License-Identifier: MIT */
#include "engine/engine.h"
#include "engine/gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

#define ID "clang-thread-safety"

struct desk {
    char *dir, *out;
    struct corpus corpus;
    struct engine_options o;
    struct report report;
};

#define HEAD(kinds)                                                            \
    "title: t\nmodel: pthread\norigin: o\nfailure: wrong-value\n"              \
    "scenario: s\ndiagnosis: d\n"                                              \
    "truth:\n  - {kinds: [" kinds "], sites: [outer, here]}\n"
#define EXPECT(rest) "expect:\n  - {detectors: [" ID "], " rest "}\n"
#define SOURCE(body)                                                           \
    "#include \"case.h\"\n#include \"thread_safety.h\"\n"                      \
    "static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;\n"                  \
    "static int x GUARDED_BY(m);\n"                                            \
    "int main(void)\n{\n    pthread_mutex_lock(&m); /* @site outer */\n    x " \
    "= 1;\n" body "    return 0;\n}\n"
#define UNLOCK "    pthread_mutex_unlock(&m);\n"
#define FINE SOURCE("    ; /* @site here */\n" UNLOCK)

static void copy_header(const char *dir, const char *name)
{
    struct buf text = {0};
    char *from = str_fmt(SOURCE_DIR "/cases/%s", name);
    char *to = str_fmt("cases/%s", name);
    assert_int_equal(fs_read(from, &text), ERR_OK);
    scratch_write(dir, to, buf_str(&text));
    buf_fini(&text);
    free(from);
    free(to);
}

static int make(void **state)
{
    struct desk *b = mem_new(1, sizeof *b);
    void *dir;
    if (scratch_make(&dir) != 0)
        return -1;
    b->dir = dir;
    b->out = fs_join(dir, "out");
    copy_header(dir, "case.h");
    copy_header(dir, "thread_safety.h");
    b->o = (struct engine_options){
        .env = {.configs = SOURCE_DIR "/sanitizer-configs",
                .lib = "/nonexistent"},
        .out = b->out,
        .jobs = 2,
        .repeat = 1,
        .timeout = 20,
    };
    strv_add(&b->o.detectors, ID);
    *state = b;
    return 0;
}

static int unmake(void **state)
{
    struct desk *b = *state;
    void *dir = b->dir;
    report_fini(&b->report);
    corpus_fini(&b->corpus);
    strv_fini(&b->o.detectors);
    free(b->out);
    free(b);
    return scratch_remove(&dir);
}

/* Judges the one case; skips the test without the detector. */
static void run(struct desk *b, const char *manifest, const char *buggy,
                const char *fixed)
{
    struct diag d = {0};
    struct selections what = {0};
    char *cases = fs_join(b->dir, "cases");
    scratch_case(b->dir, "cases/a/b", manifest);
    scratch_write(b->dir, "cases/a/b/buggy.c", buggy);
    scratch_write(b->dir, "cases/a/b/fixed.c", fixed);
    enum err e = corpus_load(cases, NULL, &b->corpus, &d);
    free(cases);
    if (e != ERR_OK)
        scratch_said(&d, "\n");
    assert_int_equal(e, ERR_OK);
    b->o.include_dir = b->corpus.dir;
    engine_probe(&b->o, true, &b->report);
    if (!report_detector(&b->report, ID)->usable)
        skip();
    if (!report_detector(&b->report, ID)->alive)
        print_message("%s\n", report_detector(&b->report, ID)->problem);
    vec_push(&what, ((struct selection){&b->corpus.cases.v[0], NULL}));
    assert_int_equal(engine_run(&b->o, &b->corpus, &what, &b->report, &d),
                     ERR_OK);
    gate_judge(&b->report);
    vec_fini(&what);
    diag_fini(&d);
}

static const struct result *result(const struct desk *b, size_t i,
                                   enum outcome o)
{
    const struct result *r = &b->report.results.v[i];
    if (r->outcome != o)
        print_message("%s, not %s: %s\n", outcome_id(r->outcome), outcome_id(o),
                      r->note ? r->note : "");
    assert_int_equal(r->outcome, o);
    return r;
}

static void source_is_judged_and_never_run(void **state)
{
    struct desk *b = *state;
    run(b, HEAD("double-lock") EXPECT("verdict: flagged"),
        SOURCE("    pthread_mutex_lock(&m); /* @site here */\n" UNLOCK), FINE);
    const struct result *bug = result(b, 0, OUTCOME_FLAGGED);
    assert_int_equal(bug->annotated, 0);
    assert_int_equal(bug->unended, 0);
    assert_null(strstr(bug->command, "program"));
    result(b, 1, OUTCOME_CLEAN);
    assert_int_equal(b->report.timing.built, 0);
    assert_true(b->report.gate.passed);
}

static void what_an_annotation_buys_is_told_apart(void **state)
{
    struct desk *b = *state;
    run(b, HEAD("data-race") EXPECT("verdict: flagged, thanks-to: annotation"),
        SOURCE(UNLOCK "    x = 2; /* @site here */\n"), FINE);
    const struct result *bug = result(b, 0, OUTCOME_FLAGGED);
    assert_int_equal(bug->annotated, 1);
    assert_int_equal(bug->findings.v[0].thanks_to, AID_ANNOTATION);
    assert_true(b->report.gate.passed);
}

static void source_that_cannot_be_read_is_no_miss(void **state)
{
    struct desk *b = *state;
    run(b, HEAD("double-lock"), SOURCE("    } /* @site here */\n"),
        "#include \"nosuch.h\"\nint y; /* @site outer */\nint x; /* @site here "
        "*/\n");
    const struct result *bug = result(b, 0, OUTCOME_ERROR);
    assert_non_null(strstr(bug->note, "the source cannot be read"));
    const struct result *fix = result(b, 1, OUTCOME_ERROR);
    assert_non_null(strstr(fix->note, "nosuch.h"));
    assert_false(b->report.gate.passed);
    assert_int_equal(b->report.gate.incomplete.n, 2);
}

static void miss_beyond_its_kinds_goes_without_saying(void **state)
{
    struct desk *b = *state;
    run(b, HEAD("use-after-free"), FINE, FINE);
    const struct result *bug = result(b, 0, OUTCOME_MISSED);
    assert_int_equal(bug->expected->verdict, VERDICT_MISSED);
    assert_non_null(bug->expected->reason);
    assert_true(b->report.gate.passed);
}

static void miss_within_its_kinds_must_be_recorded(void **state)
{
    struct desk *b = *state;
    run(b, HEAD("lock-leak"), FINE, FINE);
    assert_null(result(b, 0, OUTCOME_MISSED)->expected);
    assert_int_equal(b->report.gate.failures.n, 1);
}

static void finding_on_a_fix_is_a_false_alarm(void **state)
{
    struct desk *b = *state;
    run(b, HEAD("use-after-free"), FINE,
        SOURCE(UNLOCK "    x = 2; /* @site here */\n"));
    result(b, 1, OUTCOME_FALSE_ALARM);
    assert_false(b->report.gate.passed);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(source_is_judged_and_never_run),
        TEST(what_an_annotation_buys_is_told_apart),
        TEST(source_that_cannot_be_read_is_no_miss),
        TEST(miss_beyond_its_kinds_goes_without_saying),
        TEST(miss_within_its_kinds_must_be_recorded),
        TEST(finding_on_a_fix_is_a_false_alarm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
