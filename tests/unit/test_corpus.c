/* Loading cases, checking manifests against sources, finding a case.
 * SPDX-License-Identifier: MIT */
#include "model/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

#define GOOD SCRATCH_HEAD SCRATCH_TRUTH

static enum err load(const char *dir, struct corpus *c, struct diag *d)
{
    struct strv detectors = {0};
    strv_add(&detectors, "one");
    strv_add(&detectors, "two");
    enum err e = corpus_load(dir, &detectors, c, d);
    strv_fini(&detectors);
    return e;
}

/* The corpus in dir is refused, and some message contains `message`. */
static void assert_refused(const char *dir, const char *message)
{
    struct corpus c;
    struct diag d = {0};
    assert_int_equal(load(dir, &c, &d), ERR_INVALID);
    assert_true(scratch_said(&d, message));
    diag_fini(&d);
    corpus_fini(&c);
}

static void assert_good(const char *dir, struct corpus *c)
{
    struct diag d = {0};
    enum err e = load(dir, c, &d);
    if (e != ERR_OK)
        scratch_said(&d, "\n");
    assert_int_equal(e, ERR_OK);
    assert_int_equal(d.messages.n, 0);
    diag_fini(&d);
}

static void pair_is_loaded(void **state)
{
    struct corpus c;
    scratch_case(*state, "class/pair", GOOD);
    scratch_write(*state, "class/pair/fixed-too.c", SCRATCH_SOURCE);
    scratch_write(*state, "class/pair/buggy-too.c", "int x; /* @site here */");
    scratch_write(*state, "class/pair/case.yaml",
                  GOOD "  - {variant: buggy-too, kinds: [deadlock],"
                       " sites: [here]}\n");
    scratch_write(*state, "class/pair/note.txt", "not a source");
    assert_good(*state, &c);
    assert_int_equal(c.cases.n, 1);
    const struct scenario_case *one = &c.cases.v[0];
    assert_string_equal(one->id, "class/pair");
    assert_string_equal(one->class, "class");
    assert_string_equal(one->name, "pair");
    static const char *const names[] = {"buggy", "buggy-too", "fixed",
                                        "fixed-too"};
    assert_int_equal(one->variants.n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(one->variants.v[i].name, names[i]);
        assert_int_equal(one->variants.v[i].buggy, i < 2);
        assert_int_equal(one->variants.v[i].source[0], '/');
    }
    assert_string_equal(one->variants.v[0].sites.v[0].function, "main");
    corpus_fini(&c);
}

static void hidden_files_are_no_variants(void **state)
{
    struct corpus c;
    scratch_case(*state, "class/pair", GOOD);
    scratch_write(*state, "class/pair/.#buggy.c", "editor's");
    scratch_write(*state, "class/pair/.c", "");
    assert_good(*state, &c);
    assert_int_equal(c.cases.v[0].variants.n, 2);
    corpus_fini(&c);
}

static void variant_may_have_a_model_of_its_own(void **state)
{
    struct corpus c;
    scratch_case(*state, "class/pair",
                 GOOD "variants:\n  - {name: fixed, model: openmp}\n");
    assert_good(*state, &c);
    assert_int_equal(c.cases.v[0].variants.v[0].model, MODEL_PTHREAD);
    assert_int_equal(c.cases.v[0].variants.v[1].model, MODEL_OPENMP);
    corpus_fini(&c);
}

static void missing_twin_is_told(void **state)
{
    scratch_case(*state, "class/pair", GOOD);
    char *path = fs_join(*state, "class/pair/fixed.c");
    assert_int_equal(fs_remove(path), ERR_OK);
    assert_refused(*state, "case.yaml:1: has no fixed.c");
    free(path);
    path = fs_join(*state, "class/pair/buggy.c");
    assert_int_equal(fs_remove(path), ERR_OK);
    assert_refused(*state, "case.yaml:1: has no buggy.c");
    free(path);
}

static void sources_without_a_manifest_are_told(void **state)
{
    scratch_case(*state, "class/pair", GOOD);
    scratch_write(*state, "class/bare/buggy.c", SCRATCH_SOURCE);
    assert_refused(*state, "class/bare: has a buggy.c but no case.yaml");
}

static void mistakes_are_told_at_their_line(void **state)
{
    static const struct {
        const char *manifest, *message;
    } bad[] = {
        {SCRATCH_HEAD "truth:\n  - {kinds: [data-race], sites: [there]}\n",
         "case.yaml:8: label 'there' is not in "},
        {GOOD "cert:\n  - CON43-C\n  - CON43\n",
         "case.yaml:11: 'CON43' is no id of SEI CERT C"},
        {GOOD "cert: [con43-C]\n", "'con43-C' is no id of SEI CERT C"},
        {GOOD "cert: [CON431-C]\n", "'CON431-C' is no id of SEI CERT C"},
        {GOOD "cert: [CON43-CPP]\n", "'CON43-CPP' is no id of SEI CERT C"},
        {GOOD "cert: [POS54-C, CON43-C,\n  POS54-C]\n",
         "case.yaml:10: POS54-C stands twice"},
        {GOOD "cwe: [362,\n  0]\n", "case.yaml:10: '0' is no number of CWE"},
        {GOOD "cwe: [10000]\n", "case.yaml:9: '10000' is no number of CWE"},
        {GOOD "cwe: [362, 366, 362]\n", "case.yaml:9: CWE-362 stands twice"},
        {GOOD "patterns: [multi-variable, multi-variable]\n",
         "case.yaml:9: 'multi-variable' stands twice"},
        {SCRATCH_HEAD "truth: []\n", "case.yaml:7: no truth is given for"},
        {GOOD "  - {variant: fixed, kinds: [data-race], sites: [here]}\n",
         "case.yaml:9: truth of 'fixed', which is no bug"},
        {GOOD "  - {variant: buggy-9, kinds: [data-race], sites: [here]}\n",
         "case.yaml:9: variant 'buggy-9' has no file buggy-9.c"},
        {GOOD "variants:\n  - {name: fixed-9, model: c11}\n",
         "case.yaml:10: variant 'fixed-9' has no file"},
        {GOOD "plain:\n  - {shows: 3, runs: 2}\n",
         "case.yaml:10: 'plain' says 3 of 2 runs"},
        {GOOD "plain:\n  - {flags: [\"-O2\"], shows: 1, runs: 2}\n"
              "  - {shows: 1, runs: 2}\n"
              "  - {variant: buggy, flags: [\"-O2\"], shows: 2, runs: 2}\n",
         "case.yaml:12: 'plain' has two entries for 'buggy' with the same"},
        {GOOD "expect:\n  - {detectors: [one], verdict: missed, reason: WHY}\n",
         "case.yaml:10: 'reason: WHY' waits for the reason: write why the "
         "detector says this of the bug"},
        {GOOD "expect:\n  - detectors: [one]\n    variant: fixed\n"
              "    verdict: false-alarm\n    reason: >-\n      WHY\n",
         "case.yaml:13: 'reason: WHY' waits for the reason: write why correct "
         "code is flagged"},
        {GOOD "expect:\n  - {detectors: [one], variant: fixed, "
              "verdict: clean, reports: [x]}\n",
         "case.yaml:10: 'reports' of a verdict 'clean'"},
        {GOOD "expect:\n  - {detectors: [one], verdict: crashes, reason: r, "
              "reports: [x]}\n",
         "case.yaml:10: 'reports' of a verdict 'crashes': it reports none"},
        {GOOD "expect:\n  - {detectors: [three], verdict: flagged}\n",
         "case.yaml:10: no detector is called 'three'"},
        {GOOD "expect:\n  - {detectors: [one], verdict: clean}\n",
         "case.yaml:10: verdict 'clean' does not fit 'buggy', which is a bug"},
        {GOOD "expect:\n  - {detectors: [one], verdict: flagged}\n"
              "  - {detectors: [one], variant: fixed, verdict: flagged}\n",
         "case.yaml:11: verdict 'flagged' does not fit 'fixed'"},
        {GOOD "expect:\n  - {detectors: [one], verdict: missed}\n",
         "case.yaml:10: verdict 'missed' needs a 'reason'"},
        {GOOD "expect:\n  - {detectors: [one], verdict: missed, reason: r}\n"
              "  - {detectors: [two], verdict: missed}\n",
         "case.yaml:11: verdict 'missed' needs a 'reason'"},
        {GOOD "expect:\n  - {detectors: [one], verdict: flagged, "
              "grade: partial}\n",
         "case.yaml:10: verdict 'flagged' needs a 'reason'"},
        {GOOD "expect:\n  - {detectors: [one], variant: fixed, verdict: "
              "crashes}\n",
         "case.yaml:10: verdict 'crashes' needs a 'reason': why does it die"},
        {"title: t\nmodel: c11\norigin: o\nfailure: crash\nscenario: s\n"
         "diagnosis: d\n" SCRATCH_TRUTH
         "expect:\n  - {detectors: [one], verdict: crashes, reason: r}\n",
         "case.yaml:10: verdict 'crashes' is for programs that do not crash by "
         "themselves"},
        {GOOD "expect:\n  - {detectors: [one], verdict: flagged, "
              "claim: bounded, reason: r}\n",
         "case.yaml:10: 'claim' of a verdict 'flagged' of 'buggy': it was "
         "found"},
        {GOOD "expect:\n  - {detectors: [one], variant: fixed, verdict: "
              "false-alarm, claim: verified, reason: r}\n",
         "case.yaml:10: 'claim' of a verdict 'false-alarm' of 'fixed'"},
        {GOOD "expect:\n  - detectors: [one]\n    variant: fixed\n"
              "    verdict: clean\n    claim: bounded\n",
         "case.yaml:13: claim 'bounded' needs a 'reason'"},
        {GOOD "expect:\n  - detectors: [one]\n    variant: fixed\n"
              "    verdict: clean\n    claim: none\n",
         "case.yaml:13"},
        {GOOD "explore: {}\n",
         "case.yaml:9: 'explore' has no 'args', 'work' or "
         "'unsupported'"},
        {GOOD "explore: {work: 5, unsupported: why}\n",
         "case.yaml:9: what is 'unsupported' needs no 'args'"},
        {GOOD "explore: {args: [\"2\"],\n  arguments: 2}\n", "case.yaml:10"},
        {GOOD "explore: {work: many}\n", "case.yaml:9"},
        {GOOD "expect:\n  - {detectors: [one], verdict: sometimes, rate: 0.5, "
              "reason: r}\n",
         "case.yaml:10: 'sometimes' needs a measured 'rate'"},
        {GOOD "expect:\n  - {detectors: [one], verdict: sometimes, rate: nan, "
              "runs: 20, reason: r}\n",
         "'sometimes' needs a measured 'rate'"},
        {GOOD "expect:\n  - {detectors: [one], verdict: sometimes, rate: 1, "
              "runs: 20, reason: r}\n",
         "'sometimes' needs a measured 'rate'"},
        {GOOD "expect:\n  - {detectors: [one], verdict: flagged}\n"
              "  - {detectors: [two, one], verdict: flagged}\n",
         "case.yaml:11: detector 'one' has two expectations for 'buggy'"},
        {"title: t\nmodel: c11\norigin: o\nfailure: none\nscenario: s\n"
         "diagnosis: d\n" SCRATCH_TRUTH,
         "case.yaml:4: 'failure: none' is for kernels"},
        {"title: t\nmodel: c11\norigin: o\nfailure: hang\n"
         "scenario: s\n" SCRATCH_TRUTH,
         "case.yaml:1: key 'diagnosis' is missing"},
        {"title: 'failure'\nmodel: c11\norigin: title\nfailure: none\n"
         "scenario: s\ndiagnosis: d\n" SCRATCH_TRUTH,
         "case.yaml:4: 'failure: none' is for kernels"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        scratch_case(*state, "class/pair", bad[i].manifest);
        assert_refused(*state, bad[i].message);
    }
}

static void builds_of_one_variant_may_be_many(void **state)
{
    struct corpus c;
    scratch_case(*state, "class/pair",
                 GOOD "plain:\n  - {shows: 0, runs: 2}\n"
                      "  - {flags: [\"-O2\"], shows: 1, runs: 2}\n"
                      "  - {args: [\"-O2\"], shows: 1, runs: 2}\n"
                      "  - {flags: [\"-O2\", \"-g\"], shows: 1, runs: 2}\n"
                      "  - {variant: fixed, shows: 0, runs: 2}\n");
    assert_good(*state, &c);
    corpus_fini(&c);
}

static void schedules_may_be_explored_with_less_to_do(void **state)
{
    struct corpus c;
    scratch_case(*state, "class/pair",
                 GOOD "explore: {args: [\"2\", \"\"], work: 500}\n"
                      "expect:\n  - {detectors: [one], variant: fixed, "
                      "verdict: clean, claim: verified}\n");
    assert_good(*state, &c);
    const struct manifest *m = c.cases.v[0].manifest;
    assert_int_equal(m->explore->args_count, 2);
    assert_string_equal(m->explore->args[0], "2");
    assert_int_equal(m->explore->work, 500);
    assert_int_equal(m->expect[0].claim, CLAIM_VERIFIED);
    corpus_fini(&c);
}

static void twins_carry_the_same_labels(void **state)
{
    scratch_case(*state, "class/pair", GOOD);
    scratch_write(*state, "class/pair/fixed.c", "int main(void);\n");
    assert_refused(*state, "buggy.c:4: label 'here' is not in fixed.c");
}

static void kernel_needs_no_twins(void **state)
{
    struct corpus c;
    scratch_write(*state, "speedup/sum/serial.c", "int main(void);\n");
    scratch_write(*state, "speedup/sum/case.yaml",
                  "title: t\nmodel: serial\norigin: o\nfailure: none\n"
                  "scenario: s\nbench:\n  workloads: [{name: w}]\n");
    assert_good(*state, &c);
    assert_false(c.cases.v[0].variants.v[0].threads); /* it is serial */
    corpus_fini(&c);
}

/* A kernel with the variants loop (no threads), pool and serial. */
static void write_kernel(const char *dir, const char *bench)
{
    static const char *const sources[] = {"loop", "pool", "serial"};
    for (size_t i = 0; i < 3; i++) {
        char *file = str_fmt("speedup/sum/%s.c", sources[i]);
        scratch_write(dir, file, "int main(void);\n");
        free(file);
    }
    char *text = str_fmt(
        "title: t\nmodel: pthread\norigin: o\nfailure: none\nscenario: s\n"
        "variants:\n  - {name: serial, model: serial}\n"
        "  - {name: loop, model: pthread, threads: no}\nbench:\n%s",
        bench);
    scratch_write(dir, "speedup/sum/case.yaml", text);
    free(text);
}

static void variants_of_a_kernel_know_whether_they_use_threads(void **state)
{
    struct corpus c;
    write_kernel(*state, "  base: loop\n  workloads: [{name: w}]\n");
    assert_good(*state, &c);
    const struct scenario_case *k = &c.cases.v[0];
    assert_false(case_variant(k, "loop")->threads);
    assert_true(case_variant(k, "pool")->threads);
    assert_false(case_variant(k, "serial")->threads);
    corpus_fini(&c);
}

static void mistakes_of_a_measurement_are_told_at_their_line(void **state)
{
    static const struct {
        const char *bench, *said;
    } bad[] = {
        {"  group: cpu\n", "case.yaml:9: 'bench' has neither"},
        {"  workloads: [{name: w}]\n  base: none\n",
         "case.yaml:11: base 'none' has no file none.c"},
        {"  base: pool\n  workloads: [{name: w}]\n",
         "case.yaml:10: base 'pool' uses threads"},
        {"  threads: [2, 1]\n  workloads: [{name: w}]\n",
         "case.yaml:10: 'threads' are numbers"},
        {"  threads: [0, 1]\n  workloads: [{name: w}]\n", "not 0"},
        {"  threads: [1, 1025]\n  workloads: [{name: w}]\n", "not 1025"},
        {"  workloads:\n  - {name: w}\n  - {name: v}\n  - {name: w}\n",
         "case.yaml:13: workload 'w' stands twice"},
        {"  workloads:\n  - {name: sweep}\n", "case.yaml:11: 'sweep' names"},
        {"  workloads:\n  - {name: w, value: \"4 2\"}\n",
         "case.yaml:11: value '4 2' is no decimal number"},
        {"  workloads:\n  - {name: w, value: \"-1\"}\n", "value '-1'"},
        {"  workloads:\n  - {name: w, paths: [/x]}\n",
         "case.yaml:11: 'paths' of workload 'w' need a 'server'"},
        {"  workloads:\n  - {name: w,\n    requests: 3}\n",
         "case.yaml:12: 'requests' of workload 'w' need 'paths'"},
        {"  server: {seed: 1}\n  workloads:\n  - {name: w, paths: [x]}\n",
         "case.yaml:12: path 'x' does not begin"},
        {"  sweep: {args: [\"size\"], sizes: [1, 2]}\n",
         "case.yaml:10: no argument of 'sweep' is"},
        {"  sweep:\n    args: [\"{size}\"]\n    sizes: [1, 1]\n",
         "case.yaml:12: size 1: sizes must ascend"},
        {"  workloads: [{name: w,\n  size: 1.5}]\n",
         "case.yaml:11: '1.5' is no size"},
        {"  sweep:\n    args: [\"{size}\"]\n    sizes: [0, 1]\n",
         "case.yaml:12: '0' is no size from 1"},
        {"  sweep:\n    args: [\"{size}\"]\n    sizes:\n    - 1\n"
         "    - 1000000000000001\n",
         "case.yaml:14: '1000000000000001' is no size"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        write_kernel(*state, bad[i].bench);
        assert_refused(*state, bad[i].said);
    }
}

static void all_mistakes_of_all_cases_are_told(void **state)
{
    struct corpus c;
    struct diag d = {0};
    scratch_case(*state, "a/one", "colour: red\n");
    scratch_case(*state, "b/two", GOOD "cwe: [x]\n");
    scratch_case(*state, "b/good", GOOD);
    assert_int_equal(load(*state, &c, &d), ERR_INVALID);
    assert_int_equal(d.messages.n, 2);
    assert_int_equal(c.cases.n, 1);
    diag_fini(&d);
    corpus_fini(&c);
}

static void what_is_no_corpus_is_told(void **state)
{
    struct corpus c;
    struct diag d = {0};
    assert_int_equal(load(*state, &c, &d), ERR_NOENT);
    assert_true(scratch_said(&d, "holds no case"));
    corpus_fini(&c);
    assert_int_equal(load("/nonexistent/folder", &c, &d), ERR_NOENT);
    assert_true(scratch_said(&d, "--cases DIR"));
    corpus_fini(&c);
    diag_fini(&d);
}

static void case_is_found_by_its_names(void **state)
{
    struct corpus c;
    struct diag d = {0};
    const struct scenario_case *found = NULL;
    const struct variant *v = NULL;
    scratch_case(*state, "a/same", GOOD);
    scratch_case(*state, "b/same", GOOD);
    scratch_case(*state, "b/own", GOOD);
    assert_good(*state, &c);

    assert_int_equal(corpus_find(&c, "own", &found, &v, &d), ERR_OK);
    assert_string_equal(found->id, "b/own");
    assert_null(v);
    assert_int_equal(corpus_find(&c, "b/same:fixed", &found, &v, &d), ERR_OK);
    assert_string_equal(found->id, "b/same");
    assert_string_equal(v->name, "fixed");
    assert_int_equal(corpus_find(&c, "own:buggy", &found, &v, &d), ERR_OK);
    assert_string_equal(v->name, "buggy");
    char *path = str_fmt("%s/a/same/", c.dir);
    assert_int_equal(corpus_find(&c, path, &found, &v, &d), ERR_OK);
    assert_string_equal(found->id, "a/same");
    free(path);
    assert_int_equal(d.messages.n, 0);

    found = NULL;
    assert_int_equal(corpus_find(&c, "same", &found, &v, &d), ERR_NOENT);
    assert_true(scratch_said(&d, "'same' is both a/same and b/same"));
    assert_int_equal(corpus_find(&c, "own:fast", &found, &v, &d), ERR_NOENT);
    assert_true(scratch_said(&d, "there is: buggy fixed"));
    assert_int_equal(corpus_find(&c, "ow", &found, &v, &d), ERR_NOENT);
    assert_true(scratch_said(&d, "no case 'ow'; there is: b/own"));
    assert_int_equal(corpus_find(&c, "zzz", &found, &v, &d), ERR_NOENT);
    assert_true(scratch_said(&d, "`lockstep list`"));
    assert_int_equal(corpus_find(&c, "", &found, &v, &d), ERR_NOENT);
    assert_int_equal(corpus_find(&c, ":", &found, &v, &d), ERR_NOENT);
    assert_null(found);
    diag_fini(&d);
    corpus_fini(&c);
}

static void short_name_has_the_class_where_it_must(void **state)
{
    struct corpus c;
    scratch_case(*state, "a/same", GOOD);
    scratch_case(*state, "b/same", GOOD);
    scratch_case(*state, "b/own", GOOD);
    assert_good(*state, &c);
    assert_string_equal(case_short_name(&c, &c.cases.v[0]), "a/same");
    assert_string_equal(case_short_name(&c, &c.cases.v[1]), "own");
    assert_string_equal(case_short_name(&c, &c.cases.v[2]), "b/same");
    corpus_fini(&c);
}

static void expectation_is_that_of_variant_and_detector(void **state)
{
    struct corpus c;
    scratch_case(*state, "a/b",
                 GOOD "expect:\n  - {detectors: [one], verdict: flagged}\n"
                      "  - {detectors: [one], variant: fixed, "
                      "verdict: false-alarm, reason: r}\n");
    assert_good(*state, &c);
    const struct scenario_case *one = &c.cases.v[0];
    const struct variant *bug = case_variant(one, "buggy");
    const struct variant *fix = case_variant(one, "fixed");
    assert_int_equal(case_expectation(one, bug, "one")->verdict,
                     VERDICT_FLAGGED);
    assert_int_equal(case_expectation(one, fix, "one")->verdict,
                     VERDICT_FALSE_ALARM);
    assert_null(case_expectation(one, bug, "two"));
    assert_null(case_variant(one, "slow"));
    corpus_fini(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(pair_is_loaded),
        SCRATCH_TEST(hidden_files_are_no_variants),
        SCRATCH_TEST(variant_may_have_a_model_of_its_own),
        SCRATCH_TEST(missing_twin_is_told),
        SCRATCH_TEST(sources_without_a_manifest_are_told),
        SCRATCH_TEST(mistakes_are_told_at_their_line),
        SCRATCH_TEST(builds_of_one_variant_may_be_many),
        SCRATCH_TEST(schedules_may_be_explored_with_less_to_do),
        SCRATCH_TEST(twins_carry_the_same_labels),
        SCRATCH_TEST(kernel_needs_no_twins),
        SCRATCH_TEST(variants_of_a_kernel_know_whether_they_use_threads),
        SCRATCH_TEST(mistakes_of_a_measurement_are_told_at_their_line),
        SCRATCH_TEST(all_mistakes_of_all_cases_are_told),
        SCRATCH_TEST(what_is_no_corpus_is_told),
        SCRATCH_TEST(case_is_found_by_its_names),
        SCRATCH_TEST(short_name_has_the_class_where_it_must),
        SCRATCH_TEST(expectation_is_that_of_variant_and_detector),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
