/* Whole runs of tiny programs under real detectors: what each end of a program
 * comes to. Skipped where gcc's ThreadSanitizer is not installed.
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

struct bench {
    char *dir, *out;
    struct corpus corpus;
    struct engine_options o;
    struct report report;
};

#define HEAD(failure)                                                          \
    "title: t\nmodel: pthread\norigin: o\nfailure: " failure                   \
    "\nscenario: s\ndiagnosis: d\n"                                            \
    "truth:\n  - {kinds: [data-race, deadlock], sites: [here]}\n"

#define RACE                                                                   \
    "#include \"case.h\"\n#include <pthread.h>\nstatic int x;\n"               \
    "static void *work(void *p)\n{\n"                                          \
    "    x++; /* @site here */\n    return p;\n}\n"                            \
    "int main(void)\n{\n    pthread_t a, b;\n"                                 \
    "    pthread_create(&a, NULL, work, NULL);\n"                              \
    "    pthread_create(&b, NULL, work, NULL);\n"                              \
    "    pthread_join(a, NULL);\n    pthread_join(b, NULL);\n"                 \
    "    return case_end(x == 2, \"x is %d\", x);\n}\n"

#define SINGLE(body)                                                           \
    "#include \"case.h\"\n#include <signal.h>\n#include <pthread.h>\n"         \
    "#include <unistd.h>\n"                                                    \
    "int main(int argc, char **argv)\n{\n    (void)argc, (void)argv;\n"        \
    "    " body " /* @site here */\n}\n"

#define HELD SINGLE("return case_end(true, \"fine\");")

/* In the folder of the group, in which canaries that are alive are remembered:
 * else each test would prove them anew. */
static int make(void **state)
{
    struct bench *b = mem_new(1, sizeof *b);
    struct buf text = {0};
    char *dir = *state;
    if (fs_read(SOURCE_DIR "/cases/case.h", &text) != ERR_OK)
        return -1;
    b->dir = dir;
    b->out = fs_join(dir, "out");
    scratch_write(dir, "cases/case.h", buf_str(&text));
    buf_fini(&text);
    b->o = (struct engine_options){
        .env = {.configs = SOURCE_DIR "/sanitizer-configs",
                .lib = "/nonexistent"},
        .out = b->out,
        .jobs = 2,
        .repeat = 1,
        .timeout = 20,
    };
    strv_add(&b->o.detectors, "tsan-gcc");
    *state = b;
    return 0;
}

static int unmake(void **state)
{
    static const char *const made[] = {"cases", "out/cache", "out/runs"};
    struct bench *b = *state;
    enum err e = ERR_OK;
    for (size_t i = 0; i < sizeof made / sizeof *made && e == ERR_OK; i++) {
        char *path = fs_join(b->dir, made[i]);
        e = fs_remove(path);
        free(path);
    }
    report_fini(&b->report);
    corpus_fini(&b->corpus);
    strv_fini(&b->o.detectors);
    free(b->out);
    free(b);
    return e == ERR_OK ? 0 : -1;
}

static void write_case(struct bench *b, const char *manifest, const char *buggy,
                       const char *fixed)
{
    scratch_case(b->dir, "cases/a/b", manifest);
    scratch_write(b->dir, "cases/a/b/buggy.c", buggy);
    scratch_write(b->dir, "cases/a/b/fixed.c", fixed);
}

/* Loads and runs the one case; skips the test without the detector. */
static void run(struct bench *b)
{
    struct diag d = {0};
    struct selections what = {0};
    char *cases = fs_join(b->dir, "cases");
    enum err e = corpus_load(cases, NULL, &b->corpus, &d);
    free(cases);
    if (e != ERR_OK)
        scratch_said(&d, "\n");
    assert_int_equal(e, ERR_OK);
    b->o.include_dir = b->corpus.dir;
    engine_probe(&b->o, false, &b->report);
    const struct detector_report *r = report_detector(&b->report, "tsan-gcc");
    if (!r || !r->usable) {
        diag_fini(&d);
        skip();
    }
    vec_push(&what, ((struct selection){&b->corpus.cases.v[0], NULL}));
    assert_int_equal(engine_run(&b->o, &b->corpus, &what, &b->report, &d),
                     ERR_OK);
    assert_int_equal(d.messages.n, 0);
    assert_int_equal(b->report.results.n, 2);
    vec_fini(&what);
    diag_fini(&d);
}

static const struct result *buggy(const struct bench *b)
{
    return &b->report.results.v[0];
}

static const struct result *fixed(const struct bench *b)
{
    return &b->report.results.v[1];
}

static void assert_outcome(const struct result *r, enum outcome o)
{
    if (r->outcome != o)
        print_message("%s: %s, not %s: %s\n", r->variant->name,
                      outcome_id(r->outcome), outcome_id(o),
                      r->note ? r->note : "");
    assert_int_equal(r->outcome, o);
}

static void race_is_flagged_and_its_fix_is_clean(void **state)
{
    struct bench *b = *state;
    write_case(b, HEAD("wrong-value"), RACE, HELD);
    b->o.repeat = 3;
    run(b);
    assert_outcome(buggy(b), OUTCOME_FLAGGED);
    assert_int_equal(buggy(b)->grade, GRADE_EXACT);
    assert_int_equal(buggy(b)->runs, 3);
    assert_int_equal(buggy(b)->flagged, 3);
    assert_int_equal(buggy(b)->findings.n, 1);
    assert_int_equal(buggy(b)->natives.n, 1);
    assert_string_equal(buggy(b)->natives.v[0], "data race");
    assert_non_null(strstr(buggy(b)->command, "program"));
    assert_outcome(fixed(b), OUTCOME_CLEAN);
    assert_int_equal(fixed(b)->natives.n, 0);
    assert_int_equal(fixed(b)->runs, 3);
    assert_int_equal(fixed(b)->unended, 0);
    assert_int_equal(b->report.timing.built, 2);
    assert_int_equal(b->report.timing.reused, 0);
}

/* They are one finding: a kind and a place. */
static void reports_at_one_place_keep_their_names(void **state)
{
    struct bench *b = *state;
    write_case(b, HEAD("wrong-value"),
               SINGLE("static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER, "
                      "n = PTHREAD_MUTEX_INITIALIZER;"
                      "pthread_mutex_unlock(&m); pthread_mutex_lock(&n);"
                      "pthread_mutex_destroy(&n);"
                      "return case_end(true, \"fine\");"),
               HELD);
    run(b);
    assert_int_equal(buggy(b)->findings.n, 1);
    assert_int_equal(buggy(b)->natives.n, 2);
    assert_true(strv_has(&buggy(b)->natives, "destroy of a locked mutex"));
}

static void race_in_a_fix_is_a_false_alarm(void **state)
{
    struct bench *b = *state;
    write_case(b, HEAD("wrong-value"), HELD, RACE);
    run(b);
    assert_outcome(buggy(b), OUTCOME_MISSED);
    assert_int_equal(buggy(b)->flagged, 0);
    assert_outcome(fixed(b), OUTCOME_FALSE_ALARM);
    assert_int_equal(fixed(b)->flagged, 1);
    gate_judge(&b->report);
    assert_false(b->report.gate.passed);
}

static void hang_is_told_from_being_busy(void **state)
{
    struct bench *b = *state;
    b->o.timeout = 4;
    write_case(b, HEAD("hang"),
               SINGLE("pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;"
                      "pthread_mutex_lock(&m); return pthread_mutex_lock(&m);"),
               SINGLE("for (volatile long i = 0;; i++) {}"));
    run(b);
    assert_outcome(buggy(b), OUTCOME_HANG);
    assert_int_equal(buggy(b)->hung, 1);
    /* What the watchdog says of it is not what tsan-gcc reports. */
    assert_int_equal(buggy(b)->findings.n, 1);
    assert_int_equal(buggy(b)->natives.n, 0);
    assert_int_equal(buggy(b)->unended, 0);
    assert_outcome(fixed(b), OUTCOME_TIMEOUT);
    assert_int_equal(fixed(b)->hung, 0);
    assert_int_equal(fixed(b)->unended, 1);
}

static void hang_where_none_belongs_did_not_end(void **state)
{
    struct bench *b = *state;
    write_case(b, HEAD("wrong-value"), SINGLE("return pause();"),
               SINGLE("return pause();"));
    run(b);
    for (int i = 0; i < 2; i++) {
        assert_outcome(&b->report.results.v[i], OUTCOME_HANG);
        assert_int_equal(b->report.results.v[i].unended, 1);
    }
}

static void crash_is_a_miss_only_where_it_belongs(void **state)
{
    struct bench *b = *state;
    write_case(b, HEAD("crash"), SINGLE("raise(SIGKILL); return 0;"),
               SINGLE("raise(SIGKILL); return 0;"));
    run(b);
    assert_outcome(buggy(b), OUTCOME_MISSED);
    assert_int_equal(buggy(b)->unended, 0);
    assert_outcome(fixed(b), OUTCOME_NO_TOKEN);
    assert_int_equal(fixed(b)->unended, 1);
}

static void death_by_a_fault_is_no_verdict(void **state)
{
    struct bench *b = *state;
    write_case(b, HEAD("wrong-value"), SINGLE("abort();"), SINGLE("abort();"));
    b->o.repeat = 2;
    run(b);
    for (int i = 0; i < 2; i++) {
        assert_outcome(&b->report.results.v[i], OUTCOME_CRASHES);
        assert_int_equal(b->report.results.v[i].crashed, 2);
        assert_int_equal(b->report.results.v[i].runs, 0);
        assert_null(b->report.results.v[i].note);
    }
}

static void fault_that_is_the_bug_is_judged(void **state)
{
    struct bench *b = *state;
    write_case(b, HEAD("crash"), SINGLE("return *(volatile int *)argv[argc];"),
               SINGLE("return *(volatile int *)argv[argc];"));
    run(b);
    assert_outcome(buggy(b), OUTCOME_MISSED); /* its truth is a race */
    assert_int_equal(buggy(b)->grade, GRADE_WRONG_KIND);
    assert_int_equal(buggy(b)->findings.v[0].kind, KIND_CRASH);
    assert_int_equal(buggy(b)->unended, 0);
    assert_outcome(fixed(b), OUTCOME_CRASHES);
    assert_int_equal(fixed(b)->findings.v[0].kind, KIND_CRASH);
}

static void race_before_a_death_is_no_verdict(void **state)
{
    struct bench *b = *state;
    char *end = strstr(RACE, "    return case_end(");
    char *source = str_fmt("%.*s    abort();\n}\n", (int)(end - RACE), RACE);
    write_case(b, HEAD("wrong-value"), source, source);
    free(source);
    run(b);
    assert_outcome(buggy(b), OUTCOME_CRASHES);
    assert_int_equal(buggy(b)->flagged, 0);
    assert_int_equal(buggy(b)->findings.v[0].kind, KIND_DATA_RACE);
    assert_outcome(fixed(b), OUTCOME_CRASHES);
}

/* What ThreadSanitizer does not intercept. */
static void death_of_the_runtime_is_told(void **state)
{
    static const char source[] =
        "#include \"case.h\"\n#include <threads.h>\n"
        "static int x;\n"
        "static int work(void *p)\n{\n    x++;\n    return p != NULL;\n}\n"
        "int main(void)\n{\n    thrd_t t;\n"
        "    thrd_create(&t, work, NULL); /* @site here */\n"
        "    thrd_join(t, NULL);\n    return case_end(true, \"fine\");\n}\n";
    static const char native[] =
        HEAD("wrong-value") "variants:\n"
                            "  - {name: buggy, model: c11-native}\n"
                            "  - {name: fixed, model: c11}\n";
    struct bench *b = *state;
    write_case(b, native, source, source);
    run(b);
    assert_outcome(buggy(b), OUTCOME_CRASHES);
    assert_non_null(strstr(buggy(b)->note, "ThreadSanitizer runtime"));
    assert_outcome(fixed(b), OUTCOME_CLEAN);
    gate_judge(&b->report);
    assert_int_equal(b->report.gate.incomplete.n, 1);
}

static void silent_program_has_no_verdict(void **state)
{
    struct bench *b = *state;
    write_case(b, HEAD("wrong-value"), SINGLE("return 0;"),
               SINGLE("puts(\" INVARIANT HELD: no\"); return 0;"));
    run(b);
    assert_outcome(buggy(b), OUTCOME_NO_TOKEN);
    assert_outcome(fixed(b), OUTCOME_NO_TOKEN);
    assert_int_equal(fixed(b)->unended, 1);
}

static void fix_must_hold(void **state)
{
    struct bench *b = *state;
    write_case(b, HEAD("wrong-value"),
               SINGLE("return case_end(false, \"lost\");"),
               SINGLE("return case_end(false, \"lost\");"));
    run(b);
    assert_outcome(buggy(b), OUTCOME_MISSED);
    assert_int_equal(buggy(b)->broken, 1);
    assert_outcome(fixed(b), OUTCOME_NO_TOKEN);
}

/* Every second run makes the file, the others find and remove it. */
static void bug_that_shows_in_some_runs_is_sometimes(void **state)
{
    struct bench *b = *state;
    b->o.jobs = 1;
    b->o.repeat = 4;
    char *mark = fs_join(b->dir, "mark");
    char *manifest = str_fmt("%sargs: [\"%s\"]\n", HEAD("wrong-value"), mark);
    struct buf source = {0};
    buf_adds(&source, RACE);
    char *at = strstr(source.data, "int main(void)\n{\n");
    struct buf whole = {0};
    buf_add(&whole, source.data, (size_t)(at - source.data));
    buf_adds(&whole, "#include <unistd.h>\nint main(int argc, char **argv)\n{\n"
                     "    if (argc != 2 || unlink(argv[1]) == 0)\n"
                     "        return case_end(true, \"nothing\");\n"
                     "    fclose(fopen(argv[1], \"w\"));\n");
    buf_adds(&whole, at + strlen("int main(void)\n{\n"));
    write_case(b, manifest, buf_str(&whole), HELD);
    free(manifest);
    free(mark);
    buf_fini(&source);
    buf_fini(&whole);
    run(b);
    assert_outcome(buggy(b), OUTCOME_SOMETIMES);
    assert_int_equal(buggy(b)->runs, 4);
    assert_int_equal(buggy(b)->flagged, 2);
    assert_int_equal(buggy(b)->grade, GRADE_EXACT);
}

static void source_that_does_not_compile_is_told(void **state)
{
    struct bench *b = *state;
    b->o.repeat = 2;
    write_case(b, HEAD("wrong-value"), SINGLE("return undeclared;"), HELD);
    run(b);
    assert_outcome(buggy(b), OUTCOME_BUILD_FAILED);
    assert_non_null(strstr(buggy(b)->note, "undeclared"));
    assert_null(buggy(b)->command);
    assert_outcome(fixed(b), OUTCOME_CLEAN);
    assert_int_equal(b->report.timing.built, 1);
}

#define FIX_IN_OPENMP                                                          \
    HEAD("wrong-value") "variants:\n  - {name: fixed, model: openmp}\n"

static void model_that_cannot_be_judged_is_set_aside(void **state)
{
    struct bench *b = *state;
    strv_fini(&b->o.detectors);
    strv_add(&b->o.detectors, "helgrind");
    write_case(b, FIX_IN_OPENMP, RACE, HELD);
    run(b);
    assert_outcome(fixed(b), OUTCOME_UNSUPPORTED);
    assert_non_null(strstr(fixed(b)->note, "OpenMP"));
}

/* There is no libomp where this test says that Lockstep's libraries are. */
static void openmp_without_its_runtime_is_set_aside(void **state)
{
    struct bench *b = *state;
    write_case(b, FIX_IN_OPENMP, RACE, HELD);
    run(b);
    assert_outcome(fixed(b), OUTCOME_SKIPPED);
    assert_non_null(strstr(fixed(b)->note, "apt-get install libomp-19-dev"));
    assert_outcome(buggy(b), OUTCOME_FLAGGED);
    assert_true(report_detector(&b->report, "tsan-gcc")->alive);
}

static void folder_that_cannot_be_written_is_an_error(void **state)
{
    struct bench *b = *state;
    struct diag d = {0};
    struct selections none = {0};
    char *file = fs_join(b->dir, "file");
    scratch_write(b->dir, "file", "it is in the way");
    b->o.out = file;
    assert_int_not_equal(engine_run(&b->o, &b->corpus, &none, &b->report, &d),
                         ERR_OK);
    assert_true(scratch_said(&d, "--out DIR"));
    diag_fini(&d);
    free(file);
}

static void nothing_selected_is_nothing_run(void **state)
{
    struct bench *b = *state;
    struct diag d = {0};
    struct selections none = {0};
    b->o.include_dir = SOURCE_DIR "/cases";
    engine_probe(&b->o, false, &b->report);
    assert_int_equal(engine_run(&b->o, &b->corpus, &none, &b->report, &d),
                     ERR_OK);
    assert_int_equal(b->report.results.n, 0);
    assert_int_equal(d.messages.n, 0);
    diag_fini(&d);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(race_is_flagged_and_its_fix_is_clean),
        TEST(reports_at_one_place_keep_their_names),
        TEST(race_in_a_fix_is_a_false_alarm),
        TEST(hang_is_told_from_being_busy),
        TEST(hang_where_none_belongs_did_not_end),
        TEST(crash_is_a_miss_only_where_it_belongs),
        TEST(death_by_a_fault_is_no_verdict),
        TEST(fault_that_is_the_bug_is_judged),
        TEST(race_before_a_death_is_no_verdict),
        TEST(death_of_the_runtime_is_told),
        TEST(silent_program_has_no_verdict),
        TEST(fix_must_hold),
        TEST(bug_that_shows_in_some_runs_is_sometimes),
        TEST(source_that_does_not_compile_is_told),
        TEST(model_that_cannot_be_judged_is_set_aside),
        TEST(openmp_without_its_runtime_is_set_aside),
        TEST(folder_that_cannot_be_written_is_an_error),
        TEST(nothing_selected_is_nothing_run),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
