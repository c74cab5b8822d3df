/* Plain runs of tiny programs: what counts as a failure that shows, what must
 * not be counted, and what a fix must not do. No detector is needed: the only
 * one that is asked for is not usable here.
 * SPDX-License-Identifier: MIT */
#include "engine/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

struct lab {
    char *dir, *out;
    struct corpus corpus;
    struct engine_options o;
    struct measured m;
    bool plain_only;
};

#define PROGRAM(body)                                                          \
    "#include \"case.h\"\n#include <pthread.h>\n#include <unistd.h>\n"         \
    "int main(int argc, char **argv)\n{\n    (void)argc, (void)argv;\n"        \
    "    " body " /* @site here */\n}\n"
#define HELD PROGRAM("return case_end(true, \"fine\");")
#define BROKEN PROGRAM("return case_end(false, \"lost\");")

static int make(void **state)
{
    struct lab *l = mem_new(1, sizeof *l);
    struct buf text = {0};
    void *dir;
    if (scratch_make(&dir) != 0 ||
        fs_read(SOURCE_DIR "/cases/case.h", &text) != ERR_OK)
        return -1;
    l->dir = dir;
    l->out = fs_join(dir, "out");
    scratch_write(dir, "cases/case.h", buf_str(&text));
    buf_fini(&text);
    l->o = (struct engine_options){
        .env = {.configs = SOURCE_DIR "/sanitizer-configs",
                .lib = "/nonexistent"},
        .out = l->out,
        .jobs = 1,
        .repeat = 1,
        .timeout = 5,
    };
    strv_add(&l->o.detectors, "watchdog");
    *state = l;
    return 0;
}

static int unmake(void **state)
{
    struct lab *l = *state;
    void *dir = l->dir;
    measured_fini(&l->m);
    corpus_fini(&l->corpus);
    strv_fini(&l->o.detectors);
    free(l->out);
    free(l);
    return scratch_remove(&dir);
}

static void measure(struct lab *l, const char *lists, const char *buggy,
                    const char *fixed, unsigned plain)
{
    struct diag d = {0};
    char *manifest = str_fmt(SCRATCH_HEAD SCRATCH_TRUTH "%s", lists);
    char *cases = fs_join(l->dir, "cases");
    scratch_case(l->dir, "cases/a/b", manifest);
    scratch_write(l->dir, "cases/a/b/buggy.c", buggy);
    scratch_write(l->dir, "cases/a/b/fixed.c", fixed);
    assert_int_equal(corpus_load(cases, NULL, &l->corpus, &d), ERR_OK);
    l->o.include_dir = l->corpus.dir;
    const struct measure_options o = {&l->o, plain, l->plain_only};
    const struct selection what = {&l->corpus.cases.v[0], NULL};
    assert_int_equal(measure_case(&o, &l->corpus, &what, &l->m, &d), ERR_OK);
    assert_int_equal(d.messages.n, 0);
    diag_fini(&d);
    free(cases);
    free(manifest);
}

static void assert_figures(const struct lab *l, size_t i, unsigned shows,
                           unsigned runs)
{
    assert_true(i < l->m.record.plain.n);
    assert_int_equal(l->m.record.plain.v[i].is.shows, shows);
    assert_int_equal(l->m.record.plain.v[i].is.runs, runs);
}

static void assert_passed(const struct lab *l)
{
    const struct strv *f = &l->m.report.gate.failures;
    if (f->n)
        assert_string_equal(f->v[0], "");
    assert_true(l->m.report.gate.passed);
}

/* The one failure starts with `start` and contains `text`. */
static void assert_failed(const struct lab *l, const char *start,
                          const char *text)
{
    const struct strv *f = &l->m.report.gate.failures;
    assert_false(l->m.report.gate.passed);
    assert_int_equal(f->n, 1);
    if (!str_starts(f->v[0], start) || !strstr(f->v[0], text))
        assert_string_equal(f->v[0], start);
}

static void broken_invariant_shows(void **state)
{
    struct lab *l = *state;
    measure(l, "", BROKEN, HELD, 3);
    assert_passed(l);
    assert_int_equal(l->m.record.plain.n, 1);
    assert_figures(l, 0, 3, 3);
    assert_string_equal(l->m.record.plain.v[0].is.variant, "buggy");
    assert_int_equal(l->m.record.plain.v[0].from, RECORD_NEW);
}

static void hang_shows(void **state)
{
    struct lab *l = *state;
    measure(l, "",
            PROGRAM("static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;"
                    "pthread_mutex_lock(&m); return pthread_mutex_lock(&m);"),
            HELD, 2);
    assert_passed(l);
    assert_figures(l, 0, 2, 2);
}

static void running_for_ever_shows(void **state)
{
    struct lab *l = *state;
    l->o.timeout = 0.5;
    measure(l, "", PROGRAM("for (volatile long i = 0;; i++) {}"), HELD, 1);
    assert_passed(l);
    assert_figures(l, 0, 1, 1);
}

static void crash_shows(void **state)
{
    struct lab *l = *state;
    measure(l, "", PROGRAM("abort();"), HELD, 2);
    assert_passed(l);
    assert_figures(l, 0, 2, 2);
}

static void bug_that_does_not_show_is_counted_too(void **state)
{
    struct lab *l = *state;
    measure(l, "", HELD, HELD, 2);
    assert_passed(l);
    assert_figures(l, 0, 0, 2);
}

static void run_that_tells_nothing_fails(void **state)
{
    static const struct {
        const char *program, *text;
    } runs[] = {
        {PROGRAM("return 2;"), "it ended with 2 and no token"},
        {PROGRAM("return 0;"), "it ended with 0 and no token"},
        {PROGRAM("return 1;"), "it ended with 1 and no token"},
        {PROGRAM("case_end(false, \"lost\"); return 0;"),
         "it ended with 0 and saw its invariant broken"},
        {PROGRAM("case_end(true, \"fine\"); return 1;"),
         "it ended with 1 and said that its invariant held"},
    };
    struct lab *l = *state;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        measure(l, "", runs[i].program, HELD, 2);
        assert_failed(l,
                      "a/b:buggy: 2 of 2 plain runs neither held nor failed as "
                      "a bug does: ",
                      runs[i].text);
        measured_fini(&l->m);
        corpus_fini(&l->corpus);
    }
}

static void fix_must_hold(void **state)
{
    static const struct {
        const char *program, *start, *text;
    } runs[] = {
        {BROKEN, "a/b:fixed: a fix must not fail, but in 3 of 3 plain runs: ",
         "it ended with 1 and saw its invariant broken; what it printed is in"},
        {PROGRAM("abort();"), "a/b:fixed: a fix must not fail",
         "it died from SIGABRT"},
        {PROGRAM("return pause();"), "a/b:fixed: a fix must not fail",
         "it hung"},
        {PROGRAM("return 0;"), "a/b:fixed: 3 of 3 plain runs neither held",
         "no token"},
    };
    struct lab *l = *state;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        measure(l, "", BROKEN, runs[i].program, 3);
        assert_failed(l, runs[i].start, runs[i].text);
        measured_fini(&l->m);
        corpus_fini(&l->corpus);
    }
}

static void flags_and_arguments_are_those_of_the_record(void **state)
{
    struct lab *l = *state;
    measure(l,
            "plain:\n"
            "  - {flags: [\"-DFLAG=1\", \"-O2\"], shows: 9, runs: 9}\n"
            "  - {args: [\"8\", \"\"], shows: 9, runs: 9}\n"
            "  - {shows: 9, runs: 9}\n",
            "#ifndef FLAG\n#define FLAG 0\n#endif\n" PROGRAM(
                "return case_end(!FLAG && argc != 3, \"%d\", argc);"),
            HELD, 2);
    assert_passed(l);
    assert_int_equal(l->m.record.plain.n, 3);
    assert_figures(l, 0, 2, 2);
    assert_figures(l, 1, 2, 2);
    assert_figures(l, 2, 0, 2);
    assert_int_equal(l->m.record.plain.v[2].from, 2);
}

static void fix_must_hold_in_each_build_of_its_bug(void **state)
{
    struct lab *l = *state;
    measure(l,
            "plain:\n  - {shows: 1, runs: 1}\n"
            "  - {flags: [\"-O2\"], args: [\"x y\"], shows: 1, runs: 1}\n",
            BROKEN,
            "#ifndef __OPTIMIZE__\n#define __OPTIMIZE__ 0\n#endif\n" PROGRAM(
                "return case_end(!(__OPTIMIZE__ && argc == 2), \"%d\", argc);"),
            2);
    assert_failed(l, "a/b:fixed -O2 x y: a fix must not fail, but in 2 of 2",
                  "saw its invariant broken");
}

static void fix_is_run_less_often_than_its_bug(void **state)
{
    struct lab *l = *state;
    measure(l, "", HELD, BROKEN, MEASURE_FIX_RUNS + 5);
    assert_figures(l, 0, 0, MEASURE_FIX_RUNS + 5);
    assert_failed(l, "a/b:fixed: a fix must not fail, but in 20 of 20", "");
}

static void without_plain_runs_the_figures_stand(void **state)
{
    struct lab *l = *state;
    measure(l, "plain:\n  - {shows: 7, runs: 9}\n", HELD, BROKEN, 0);
    assert_passed(l);
    assert_int_equal(l->m.record.plain.n, 1);
    assert_figures(l, 0, 7, 9);
}

static void program_that_does_not_compile_is_told(void **state)
{
    struct lab *l = *state;
    measure(l, "", PROGRAM("return undeclared;"), HELD, 2);
    assert_failed(l, "a/b:buggy plainly: does not compile:\n",
                  "'undeclared' undeclared");
}

static void detector_that_is_missing_is_told(void **state)
{
    struct lab *l = *state;
    measure(l, "expect:\n  - {detectors: [watchdog], verdict: flagged}\n",
            BROKEN, HELD, 1);
    assert_passed(l);
    assert_int_equal(l->m.record.expect.n, 1);
    bool told = false;
    for (size_t i = 0; i < l->m.notes.n; i++)
        told |= strstr(l->m.notes.v[i], "watchdog is not usable here") != NULL;
    assert_true(told);
}

static void what_detectors_said_stands_without_them(void **state)
{
    struct lab *l = *state;
    l->plain_only = true;
    measure(l,
            "expect:\n  - {detectors: [drd, watchdog], verdict: flagged}\n"
            "  - {detectors: [drd], variant: fixed, verdict: false-alarm, "
            "reason: r}\n",
            BROKEN, HELD, 1);
    assert_passed(l);
    assert_figures(l, 0, 1, 1);
    assert_int_equal(l->m.record.expect.n, 2);
    assert_int_equal(l->m.record.expect.v[0].detectors.n, 2);
    assert_int_equal(l->m.report.results.n, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(broken_invariant_shows),
        TEST(hang_shows),
        TEST(running_for_ever_shows),
        TEST(crash_shows),
        TEST(bug_that_does_not_show_is_counted_too),
        TEST(run_that_tells_nothing_fails),
        TEST(fix_must_hold),
        TEST(flags_and_arguments_are_those_of_the_record),
        TEST(fix_must_hold_in_each_build_of_its_bug),
        TEST(fix_is_run_less_often_than_its_bug),
        TEST(without_plain_runs_the_figures_stand),
        TEST(program_that_does_not_compile_is_told),
        TEST(detector_that_is_missing_is_told),
        TEST(what_detectors_said_stands_without_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
