/* case.yaml: what is read, and how each mistake is told.
 * SPDX-License-Identifier: MIT */
#include "model/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

static enum err read_text(const char *text, struct manifest **m, struct diag *d)
{
    return manifest_read("case.yaml", text, strlen(text), m, d);
}

static struct manifest *good(const char *text)
{
    struct manifest *m = NULL;
    struct diag d = {0};
    enum err e = read_text(text, &m, &d);
    if (e != ERR_OK)
        scratch_said(&d, "\n");
    assert_int_equal(e, ERR_OK);
    assert_int_equal(d.messages.n, 0);
    diag_fini(&d);
    return m;
}

/* Refused with one message that starts with `place` and contains `what`. */
static void assert_refused(const char *text, const char *place,
                           const char *what)
{
    struct manifest *m = NULL;
    struct diag d = {0};
    enum err e = read_text(text, &m, &d);
    if (e == ERR_OK || !scratch_said(&d, what) ||
        !str_starts(d.messages.v[0], place))
        print_message("of: %s\n", text);
    assert_int_equal(e, ERR_INVALID);
    assert_null(m);
    assert_int_equal(d.messages.n, 1);
    assert_true(scratch_said(&d, what));
    assert_true(str_starts(d.messages.v[0], place));
    diag_fini(&d);
}

static void every_key_is_read(void **state)
{
    (void)state;
    struct manifest *m = good(
        SCRATCH_HEAD
        "cwe: [362, 366]\ncert: [CON43-C]\n"
        "patterns: [multi-variable, mixed-deadlock]\nargs: [\"8\", \"\"]\n"
        "truth:\n  - {variant: buggy-too, kinds: [data-race, deadlock],\n"
        "     object: x, sites: [a, b]}\n"
        "plain:\n  - {shows: 3, runs: 10}\n"
        "  - {flags: [\"-O2\"], args: [\"8\", \"\"], shows: 0, runs: 9}\n"
        "expect:\n  - {detectors: [d, e], verdict: sometimes, grade: partial,\n"
        "     rate: 0.25, runs: 20, reports: [A, b (c)], reason: why}\n"
        "variants:\n  - {name: other, model: openmp}\n"
        "  - {name: ranks, model: mpi, threads: yes}\n"
        "  - {name: loop, model: pthread, threads: no}\n"
        "bench:\n  workloads:\n    - {name: w}\n");
    assert_string_equal(m->title, "A made case");
    assert_int_equal(m->model, MODEL_PTHREAD);
    assert_int_equal(m->failure, FAILURE_WRONG_VALUE);
    assert_int_equal(m->cwe_count, 2);
    assert_int_equal(m->cwe[1], 366);
    assert_string_equal(m->cert[0], "CON43-C");
    assert_int_equal(m->patterns_count, 2);
    assert_int_equal(m->patterns[1], PATTERN_MIXED_DEADLOCK);
    assert_string_equal(m->args[1], "");
    assert_string_equal(m->truth[0].variant, "buggy-too");
    assert_int_equal(m->truth[0].kinds[1], KIND_DEADLOCK);
    assert_string_equal(m->truth[0].object, "x");
    assert_string_equal(m->truth[0].sites[1], "b");
    assert_int_equal(m->plain[0].shows, 3);
    assert_null(m->plain[0].variant);
    assert_int_equal(m->plain[0].flags_count + m->plain[0].args_count, 0);
    assert_int_equal(m->plain[1].flags_count, 1);
    assert_string_equal(m->plain[1].flags[0], "-O2");
    assert_int_equal(m->plain[1].args_count, 2);
    assert_string_equal(m->plain[1].args[1], "");
    assert_string_equal(m->expect[0].detectors[1], "e");
    assert_int_equal(m->expect[0].verdict, VERDICT_SOMETIMES);
    assert_int_equal(m->expect[0].grade, GRADE_PARTIAL);
    assert_true(m->expect[0].rate == 0.25);
    assert_int_equal(m->expect[0].runs, 20);
    assert_int_equal(m->expect[0].reports_count, 2);
    assert_string_equal(m->expect[0].reports[1], "b (c)");
    assert_int_equal(m->variants[0].model, MODEL_OPENMP);
    assert_null(m->variants[0].threads);
    assert_int_equal(m->variants[1].model, MODEL_MPI);
    assert_true(*m->variants[1].threads);
    assert_false(*m->variants[2].threads);
    manifest_free(m);
}

static void every_key_of_a_measurement_is_read(void **state)
{
    (void)state;
    struct manifest *m = good(
        SCRATCH_HEAD
        "bench:\n  group: io\n  base: loop\n  threads: [1, 160]\n"
        "  workloads:\n    - {name: w, args: [\"1\", \"\"], value: \"42\"}\n"
        "    - {name: v, size: 7, paths: [/10394, /277], requests: 160}\n"
        "  sweep: {args: [\"0\", \"{size}\"], sizes: [10, 1e12]}\n"
        "  server: {latency_ms: 100, jitter_ms: 5, bandwidth: 1000000,\n"
        "    fail: [\"reset:0.1\"], seed: 3}\n");
    const struct bench_entry *b = m->bench;
    assert_int_equal(b->group, BENCH_GROUP_IO);
    assert_string_equal(b->base, "loop");
    assert_int_equal(b->threads_count, 2);
    assert_int_equal(b->threads[1], 160);
    assert_int_equal(b->workloads_count, 2);
    assert_string_equal(b->workloads[0].name, "w");
    assert_string_equal(b->workloads[0].args[1], "");
    assert_string_equal(b->workloads[0].value, "42");
    assert_null(b->workloads[0].size);
    assert_null(b->workloads[1].value);
    assert_string_equal(b->workloads[1].size, "7");
    assert_string_equal(b->workloads[1].paths[1], "/277");
    assert_int_equal(b->workloads[1].requests, 160);
    assert_string_equal(b->sweep->args[1], SWEEP_SIZE);
    assert_int_equal(b->sweep->sizes_count, 2);
    assert_string_equal(b->sweep->sizes[1], "1e12");
    assert_int_equal(b->server->latency_ms, 100);
    assert_int_equal(b->server->bandwidth, 1000000);
    assert_string_equal(b->server->fail[0], "reset:0.1");
    assert_int_equal(b->server->seed, 3);
    manifest_free(m);
    for (int g = 0; g < BENCH_GROUP_COUNT; g++)
        assert_int_equal(bench_group_by_id(bench_group_id(g)), g);
    assert_int_equal(bench_group_by_id("all"), BENCH_GROUP_COUNT);
}

/* Without its own words a kernel is one of the processor's. */
static void measurement_may_say_little(void **state)
{
    (void)state;
    struct manifest *m =
        good(SCRATCH_HEAD "bench:\n  workloads:\n    - {name: w}\n");
    assert_int_equal(m->bench->group, BENCH_GROUP_CPU);
    assert_null(m->bench->base);
    assert_null(m->bench->sweep);
    assert_null(m->bench->server);
    assert_int_equal(m->bench->workloads[0].args_count, 0);
    manifest_free(m);
}

static void what_may_be_left_out_is_empty(void **state)
{
    (void)state;
    struct manifest *m = good("title: t\nmodel: c11\norigin: o\nfailure: none\n"
                              "scenario: s\n");
    assert_null(m->diagnosis);
    assert_null(m->bench);
    assert_int_equal(m->truth_count + m->expect_count + m->args_count, 0);
    manifest_free(m);
    manifest_free(NULL);
}

static void every_id_of_the_lists_is_known(void **state)
{
    (void)state;
    for (int k = 0; k < KIND_COUNT; k++) {
        char *text = str_fmt(
            SCRATCH_HEAD "truth:\n  - {kinds: [%s], sites: [a]}\n", kind_id(k));
        struct manifest *m = good(text);
        assert_int_equal(m->truth[0].kinds[0], k);
        assert_int_equal(kind_by_id(kind_id(k)), k);
        manifest_free(m);
        free(text);
    }
    for (int i = 0; i < MODEL_COUNT; i++)
        assert_int_equal(model_by_id(model_id(i)), i);
    for (int i = 0; i < PATTERN_COUNT; i++) {
        char *text = str_fmt(SCRATCH_HEAD "patterns: [%s]\n", pattern_id(i));
        struct manifest *m = good(text);
        assert_int_equal(m->patterns[0], i);
        assert_int_equal(pattern_by_id(pattern_id(i)), i);
        manifest_free(m);
        free(text);
    }
    assert_int_equal(pattern_by_id("race"), PATTERN_COUNT);
    assert_int_equal(kind_by_id("Data-Race"), KIND_COUNT);
    assert_int_equal(model_by_id(""), MODEL_COUNT);
}

static void wrong_values_are_refused_at_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *tail, *place, *what;
    } bad[] = {
        {"colour: red\n", "case.yaml:7: ", "colour"},
        {"Truth: []\n", "case.yaml:7: ", "Truth"},
        {"cwe: [red]\n", "case.yaml:7: ", "red"},
        {"cwe: [-1]\n", "case.yaml:7: ", "-1"},
        {"cwe: [1e2]\n", "case.yaml:7: ", "1e2"},
        {"cwe: [36O]\n", "case.yaml:7: ", "36O"},
        {"bench:\n  server: {latency_ms: 1e3}\n", "case.yaml:8: ", "1e3"},
        {"plain:\n  - {shows: 1,\n     runs: 1e2}\n", "case.yaml:9: ", "1e2"},
        {"expect:\n  - {detectors: [d], verdict: sometimes, rate: 0.4x}\n",
         "case.yaml:8: ", "0.4x"},
        {"cwe: 362\n", "case.yaml:7: ", "cwe"},
        {"patterns: [data-race]\n", "case.yaml:7: ", "data-race"},
        {"patterns: order-violation\n", "case.yaml:7: ", "patterns"},
        {"args: {a: b}\n", "case.yaml:7: ", "args"},
        {"truth:\n  - {kinds: [race], sites: [a]}\n", "case.yaml:8: ", "race"},
        {"truth:\n  - {kinds: [], sites: [a]}\n", "case.yaml:8: ", "kinds"},
        {"truth:\n  - {kinds: [data-race]}\n", "case.yaml:8: ", "sites"},
        {"truth:\n  - {kinds: [data-race], sites: []}\n",
         "case.yaml:8: ", "sites"},
        {"plain:\n  - {shows: 1}\n", "case.yaml:8: ", "runs"},
        {"expect:\n  - {detectors: [d], verdict: green}\n",
         "case.yaml:8: ", "green"},
        {"expect:\n  - {verdict: clean}\n", "case.yaml:8: ", "detectors"},
        {"expect:\n  - {detectors: [d], verdict: sometimes, rate: often}\n",
         "case.yaml:8: ", "often"},
        {"expect:\n  - {detectors: [d], verdict: clean, grade: best}\n",
         "case.yaml:8: ", "best"},
        {"variants:\n  - {name: x, model: rust}\n", "case.yaml:8: ", "rust"},
        {"variants:\n  - {name: x, model: mpi, threads: [1]}\n",
         "case.yaml:8: ", "threads"},
        {"bench:\n  args: []\n", "case.yaml:8: ", "args"},
        {"bench: []\n", "case.yaml:7: ", "bench"},
        {"bench:\n  group: gpu\n", "case.yaml:8: ", "cpu, io, overhead"},
        {"bench:\n  workloads: []\n", "case.yaml:8: ", "workloads"},
        {"bench:\n  workloads:\n    - {args: []}\n", "case.yaml:9: ", "name"},
        {"bench:\n  sweep: {args: [x], sizes: [1]}\n",
         "case.yaml:8: ", "sizes"},
        {"bench:\n  server: {latency: 1}\n", "case.yaml:8: ", "latency"},
        {"x: [\n", "case.yaml:", "x"},
        {"\tx: y\n", "case.yaml:7: ", ""},
        {"title: again\n", "case.yaml:7: ", "title"},
        {"cwe: [1]\ncwe: [2]\n", "case.yaml:8: ", "cwe"},
        {"args: &a [x]\ncert: *a\n", "case.yaml:", ""},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *text = str_fmt("%s%s", SCRATCH_HEAD, bad[i].tail);
        assert_refused(text, bad[i].place, bad[i].what);
        free(text);
    }
}

static void what_is_no_manifest_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "\n\n",
        "# only a comment\n",
        "title\n",
        "- a\n- b\n",
        "{}\n",
        "null",
        "[",
        "title: [x\n",
        "\xff\xfe\xfd",
        "a: \"\\q\"\n",
        "--- \n...\n",
        "%YAML 9.9\n---\na: b\n",
        "title: \x01\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_refused(bad[i], "case.yaml:", "");
}

static void each_required_key_is_missed(void **state)
{
    (void)state;
    struct strv lines = {0};
    strv_split(&lines, SCRATCH_HEAD, '\n');
    assert_int_equal(lines.n, 6);
    for (size_t left_out = 0; left_out < 5; left_out++) {
        struct buf b = {0};
        for (size_t i = 0; i < lines.n; i++)
            if (i != left_out)
                buf_addf(&b, "%s\n", lines.v[i]);
        char *key =
            str_ndup(lines.v[left_out], strcspn(lines.v[left_out], ":"));
        assert_refused(buf_str(&b), "case.yaml:", key);
        free(key);
        buf_fini(&b);
    }
    strv_fini(&lines);
}

static void line_of_a_word_is_that_of_its_nth_scalar(void **state)
{
    (void)state;
    static const char text[] = "# clean\na: clean\nb: [unclean,\n"
                               "  clean]\nc: |\n  clean\nd: 'clean'\n";
    size_t n = strlen(text);
    assert_int_equal(manifest_line(text, n, "clean", 0), 2);
    assert_int_equal(manifest_line(text, n, "clean", 1), 4);
    assert_int_equal(manifest_line(text, n, "clean", 2), 7);
    assert_int_equal(manifest_line(text, n, "clean", 3), 0);
    assert_int_equal(manifest_line(text, n, "b", 0), 3);
    assert_int_equal(manifest_line("a: [", 4, "x", 0), 0);
    assert_int_equal(manifest_line("", 0, "x", 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_read),
        cmocka_unit_test(every_key_of_a_measurement_is_read),
        cmocka_unit_test(measurement_may_say_little),
        cmocka_unit_test(what_may_be_left_out_is_empty),
        cmocka_unit_test(every_id_of_the_lists_is_known),
        cmocka_unit_test(wrong_values_are_refused_at_their_line),
        cmocka_unit_test(what_is_no_manifest_is_refused),
        cmocka_unit_test(each_required_key_is_missed),
        cmocka_unit_test(line_of_a_word_is_that_of_its_nth_scalar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
