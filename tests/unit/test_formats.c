/* The output formats over reports made by hand.
 * SPDX-License-Identifier: MIT */
#include "engine/score.h"
#include "formats/format.h"
#include "formats/support/findings_text.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_report.h"

#define MANIFEST                                                               \
    SCRATCH_HEAD SCRATCH_TRUTH "expect:\n  - {detectors: [helgrind], "         \
                               "verdict: missed, reason: blind}\n"

/* The report as that format writes it; owned by the caller. */
static char *written(const struct made *m, const char *format, bool color)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    struct format_options o = {.color = color, .timing = true, .width = 80};
    assert_non_null(format_by_id(format));
    assert_int_equal(format_by_id(format)->write(&m->report, &o, out), ERR_OK);
    fclose(out);
    return text;
}

static json_t *parsed(const struct made *m)
{
    char *text = written(m, "json", false);
    json_error_t error;
    json_t *j = json_loads(text, 0, &error);
    if (!j)
        print_message("line %d: %s\n", error.line, error.text);
    assert_non_null(j);
    free(text);
    return j;
}

/* Detectors "tsan-gcc" and "helgrind", one case, four results, two findings. */
static void make(struct made *m)
{
    made_corpus(m, "class/pair", MANIFEST);
    made_detector(m, "tsan-gcc");
    made_detector(m, "helgrind");
    m->report.host =
        (struct host_report){str_dup("Linux"), str_dup("a cpu"), 2, "cgroup"};
    m->report.timing = (struct timing_report){1, 2, 3, 2, 4, 5};
    struct result *r = made_result(m, m->bug, 0, OUTCOME_FLAGGED, 3, 3);
    struct finding *f =
        add_race(&r->findings, "tsan-gcc", m->bug->source, 4, 4);
    f->object = str_dup("shared");
    f->accesses.v[1].previous = true;
    f->accesses.v[1].thread = str_dup("T1");
    f->accesses.v[1].stack.v[0].col = 5;
    r->command = str_dup("env A=B prog");
    made_result(m, m->bug, 1, OUTCOME_MISSED, 0, 3);
    made_result(m, m->fix, 0, OUTCOME_CLEAN, 0, 3);
    made_result(m, m->fix, 1, OUTCOME_CLEAN, 0, 3);
}

static const char *string_at(json_t *j, const char *key)
{
    return json_string_value(json_object_get(j, key));
}

static json_t *result_at(json_t *j, size_t i)
{
    return json_array_get(json_object_get(j, "results"), i);
}

static void formats_are_found_by_their_id(void **state)
{
    (void)state;
    size_t n = 0;
    for (; formats[n]; n++)
        assert_ptr_equal(format_by_id(formats[n]->id), formats[n]);
    assert_true(n >= 2);
    assert_null(format_by_id("toml"));
    assert_null(format_by_id(""));
}

static void json_has_what_was_measured(void **state)
{
    struct made *m = *state;
    make(m);
    json_t *j = parsed(m);
    const char *lockstep, *id, *variant, *detector, *outcome, *grade, *expected;
    int cores, judged, flagged;
    json_t *findings;
    assert_int_equal(json_unpack(j, "{s:s, s:{s:i}}", "lockstep", &lockstep,
                                 "host", "cores", &cores),
                     0);
    assert_int_equal(cores, 2);
    assert_true(json_is_false(json_object_get(j, "cancelled")));
    assert_int_equal(json_array_size(json_object_get(j, "results")), 4);
    assert_int_equal(
        json_unpack(result_at(j, 0), "{s:s,s:s,s:s,s:s,s:s,s:o,s:{s:i,s:i}}",
                    "case", &id, "variant", &variant, "detector", &detector,
                    "outcome", &outcome, "grade", &grade, "findings", &findings,
                    "runs", "judged", &judged, "flagged", &flagged),
        0);
    assert_string_equal(id, "class/pair");
    assert_string_equal(variant, "buggy");
    assert_string_equal(detector, "tsan-gcc");
    assert_string_equal(outcome, "flagged");
    assert_string_equal(grade, "exact");
    assert_int_equal(judged, 3);
    assert_int_equal(flagged, 3);
    assert_string_equal(string_at(result_at(j, 0), "command"), "env A=B prog");
    assert_true(json_is_null(json_object_get(result_at(j, 0), "expected")));
    expected = string_at(result_at(j, 1), "expected");
    assert_string_equal(expected, "missed");
    assert_string_equal(string_at(result_at(j, 1), "reason"), "blind");
    assert_string_equal(string_at(result_at(j, 2), "expected"), "clean");

    json_t *finding = json_array_get(findings, 0);
    assert_string_equal(string_at(finding, "kind"), "data-race");
    assert_string_equal(string_at(finding, "object"), "shared");
    json_t *second = json_array_get(json_object_get(finding, "accesses"), 1);
    assert_string_equal(string_at(second, "role"), "write");
    assert_string_equal(string_at(second, "file"), m->bug->source);
    assert_string_equal(string_at(second, "function"), "work");
    assert_string_equal(string_at(second, "thread"), "T1");
    assert_true(json_is_true(json_object_get(second, "previous")));
    assert_int_equal(json_integer_value(json_object_get(second, "line")), 4);
    assert_int_equal(json_integer_value(json_object_get(second, "col")), 5);
    json_decref(j);
}

static void json_tells_the_gate_and_the_detectors(void **state)
{
    struct made *m = *state;
    make(m);
    struct detector_report *d = &m->report.detectors.v[1];
    d->usable = false;
    d->problem = str_dup("gone");
    strv_add(&m->report.gate.failures, "one");
    strv_add(&m->report.gate.failures, "two");
    strv_add(&m->report.gate.incomplete, "three");
    json_t *j = parsed(m);
    json_t *gate = json_object_get(j, "gate");
    assert_true(json_is_false(json_object_get(gate, "passed")));
    assert_int_equal(json_array_size(json_object_get(gate, "failures")), 2);
    assert_int_equal(json_array_size(json_object_get(gate, "incomplete")), 1);
    json_t *second = json_array_get(json_object_get(j, "detectors"), 1);
    assert_string_equal(string_at(second, "problem"), "gone");
    assert_true(json_is_false(json_object_get(second, "usable")));
    assert_true(json_is_false(json_object_get(second, "alive")));
    assert_true(json_is_null(json_object_get(second, "mend")));
    assert_int_equal(json_integer_value(json_object_get(
                         json_object_get(j, "timing"), "reused")),
                     5);
    json_decref(j);
}

static void json_tells_the_score(void **state)
{
    struct made *m = *state;
    make(m);
    vec_push(&m->report.results.v[0].costs, ((struct run_cost){2, 1}));
    score_report(&m->report);
    json_t *j = parsed(m);
    json_t *score = json_object_get(j, "score"), *detectors, *classes, *none;
    int bugs, flagged, fixes, clean;
    assert_int_equal(json_unpack(score, "{s:i,s:i,s:i,s:i,s:n,s:o,s:o,s:o}",
                                 "bugs", &bugs, "flagged", &flagged, "fixes",
                                 &fixes, "clean", &clean, "baseline",
                                 "detectors", &detectors, "classes", &classes,
                                 "unflagged", &none),
                     0);
    assert_int_equal(bugs, 1);
    assert_int_equal(flagged, 1);
    assert_int_equal(fixes, 1);
    assert_int_equal(clean, 1);
    assert_int_equal(json_array_size(none), 0);
    assert_int_equal(json_array_size(detectors), 2);
    const char *id;
    int count, of, sometimes, exact, alarms, runs;
    double low, high, seconds, median;
    assert_int_equal(json_unpack(json_array_get(detectors, 0),
                                 "{s:s,s:{s:i,s:i,s:f,s:f},s:i,s:{s:i},s:{s:i},"
                                 "s:{s:i,s:f,s:f,s:n}}",
                                 "detector", &id, "recall", "count", &count,
                                 "of", &of, "low", &low, "high", &high,
                                 "sometimes", &sometimes, "exact", "count",
                                 &exact, "false_alarms", "count", &alarms,
                                 "cost", "runs", &runs, "seconds", &seconds,
                                 "median_cpu_seconds", &median, "factor"),
                     0);
    assert_string_equal(id, "tsan-gcc");
    assert_int_equal(count, 1);
    assert_int_equal(of, 1);
    assert_true(low > 0.2 && low < 0.21 && high == 1);
    assert_int_equal(sometimes, 0);
    assert_int_equal(exact, 1);
    assert_int_equal(alarms, 0);
    assert_int_equal(runs, 1);
    assert_true(seconds == 2 && median == 1);
    assert_int_equal(json_array_size(classes), 1);
    assert_int_equal(json_unpack(json_array_get(classes, 0),
                                 "{s:s,s:i,s:[{s:{s:i}},{s:s}]}", "class", &id,
                                 "bugs", &bugs, "detectors", "recall", "count",
                                 &count, "detector", &id),
                     0);
    assert_int_equal(bugs, 1);
    assert_int_equal(count, 1);
    assert_string_equal(id, "helgrind");
    json_decref(j);
}

static void empty_report_is_json_too(void **state)
{
    struct made *m = *state;
    json_t *j = parsed(m);
    assert_int_equal(json_array_size(json_object_get(j, "results")), 0);
    assert_true(json_is_object(json_object_get(j, "host")));
    json_decref(j);
}

static const char hostile[] = "q\"b\\n\nt\tc\001\033[31mred\x7f\xff\xc3(";

static void hostile_text_is_never_dropped(void **state)
{
    struct made *m = *state;
    make(m);
    struct result *r = &m->report.results.v[0];
    struct finding *f = &r->findings.v[0];
    struct access *a = &f->accesses.v[0];
    char **const places[] = {
        &f->object,
        &f->message,
        &f->native,
        &f->detector,
        &r->note,
        &r->command,
        &a->thread,
        &a->stack.v[0].function,
        &a->stack.v[0].file,
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        free(*places[i]);
        *places[i] = str_dup(hostile);
    }
    strv_add(&m->report.gate.failures, hostile);
    json_t *j = parsed(m);
    assert_int_equal(json_array_size(json_object_get(j, "results")), 4);
    json_t *one = result_at(j, 0);
    json_t *finding = json_array_get(json_object_get(one, "findings"), 0);
    json_t *access = json_array_get(json_object_get(finding, "accesses"), 0);
    const char *told[] = {
        string_at(finding, "object"), string_at(finding, "message"),
        string_at(finding, "native"), string_at(finding, "detector"),
        string_at(one, "note"),       string_at(one, "command"),
        string_at(access, "thread"),  string_at(access, "function"),
        string_at(access, "file"),
    };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        assert_string_equal(told[i],
                            "q\"b\\n\nt\tc\001\033[31mred\x7f\\xff\\xc3(");
    json_decref(j);
}

static void words_in_other_tongues_stay_as_they_are(void **state)
{
    struct made *m = *state;
    make(m);
    m->report.results.v[0].note = str_dup("Gl\xc3\xbc"
                                          "ck \xe2\x82\xac");
    m->report.results.v[1].note = str_dup("Gl\xc3\xbc"
                                          "ck \xff");
    json_t *j = parsed(m);
    assert_string_equal(string_at(result_at(j, 0), "note"), "Gl\xc3\xbc"
                                                            "ck \xe2\x82\xac");
    assert_string_equal(string_at(result_at(j, 1), "note"), "Gl\xc3\xbc"
                                                            "ck \\xff");
    json_decref(j);
}

static void case_of_any_name_is_told(void **state)
{
    struct made *m = *state;
    made_corpus(m, "class/na\xefve \"x\"", SCRATCH_HEAD SCRATCH_TRUTH);
    made_detector(m, "tsan-gcc");
    made_result(m, m->bug, 0, OUTCOME_MISSED, 0, 1);
    score_report(&m->report);
    json_t *j = parsed(m);
    json_t *score = json_object_get(j, "score");
    assert_string_equal(
        string_at(json_array_get(json_object_get(score, "unflagged"), 0),
                  "case"),
        "class/na\\xefve \"x\"");
    assert_int_equal(json_array_size(json_object_get(j, "results")), 1);
    assert_string_equal(string_at(result_at(j, 0), "case"),
                        "class/na\\xefve \"x\"");
    json_decref(j);
}

/* A disk without space; a format that has nothing to tell needs none. */
static void output_that_cannot_be_written_is_an_error(void **state)
{
    struct made *m = *state;
    make(m);
    for (size_t i = 0; formats[i]; i++) {
        FILE *full = fopen("/dev/full", "w");
        struct format_options o = {0};
        char *text = written(m, formats[i]->id, false);
        assert_non_null(full);
        assert_int_equal(formats[i]->write(&m->report, &o, full),
                         *text ? ERR_IO : ERR_OK);
        free(text);
        fclose(full);
    }
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        print_message("no \"%s\" in:\n%s\n", part, text);
    assert_non_null(strstr(text, part));
}

static void each_outcome_has_its_word(void **state)
{
    static const struct {
        enum outcome bug, fix;
        const char *words;
    } rows[] = {
        {OUTCOME_FLAGGED, OUTCOME_CLEAN, "found ok"},
        {OUTCOME_SOMETIMES, OUTCOME_FALSE_ALARM, "2/3 ALARM"},
        {OUTCOME_MISSED, OUTCOME_HANG, "miss hang"},
        {OUTCOME_HANG, OUTCOME_TIMEOUT, "hang time"},
        {OUTCOME_TIMEOUT, OUTCOME_NO_TOKEN, "time DIED"},
        {OUTCOME_CRASHES, OUTCOME_CRASHES, "crash crash"},
        {OUTCOME_BUILD_FAILED, OUTCOME_BUILD_FAILED, "CC CC"},
        {OUTCOME_ERROR, OUTCOME_CLEAN, "ERROR ok"},
        {OUTCOME_UNSUPPORTED, OUTCOME_UNSUPPORTED, " n/a\n"},
        {OUTCOME_SKIPPED, OUTCOME_SKIPPED, " -\n"},
        {OUTCOME_CANCELLED, OUTCOME_CLEAN, "stopped ok"},
    };
    struct made *m = *state;
    made_corpus(m, "class/pair", SCRATCH_HEAD SCRATCH_TRUTH);
    made_detector(m, "tsan-gcc");
    struct result *bug = made_result(m, m->bug, 0, OUTCOME_FLAGGED, 2, 3);
    made_result(m, m->fix, 0, OUTCOME_CLEAN, 0, 3);
    bug = &m->report.results.v[0];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bug->outcome = rows[i].bug;
        bug->grade = rows[i].bug == OUTCOME_FLAGGED ? GRADE_EXACT : GRADE_NONE;
        m->report.results.v[1].outcome = rows[i].fix;
        char *text = written(m, "table", false);
        assert_has(text, rows[i].words);
        free(text);
    }
    bug->outcome = OUTCOME_FLAGGED;
    bug->grade = GRADE_PARTIAL;
    char *text = written(m, "table", false);
    assert_has(text, "part ok");
    free(text);
    bug->outcome = OUTCOME_MISSED;
    bug->grade = GRADE_ELSEWHERE;
    text = written(m, "table", false);
    assert_has(text, "off ok");
    free(text);
}

/* The others are in another shard. */
static void cells_that_are_not_there_are_blank(void **state)
{
    struct made *m = *state;
    made_corpus(m, "class/pair", MANIFEST);
    made_detector(m, "tsan-gcc");
    made_detector(m, "helgrind");
    made_result(m, m->fix, 1, OUTCOME_CLEAN, 0, 1);
    char *text = written(m, "table", false);
    assert_has(text, "    fixed          ok");
    free(text);
}

static void colours_come_only_when_asked_for(void **state)
{
    struct made *m = *state;
    make(m);
    m->report.gate.asked = true;
    strv_add(&m->report.gate.failures, "a failure");
    char *plain = written(m, "table", false);
    char *colored = written(m, "table", true);
    assert_null(strchr(plain, '\033'));
    assert_non_null(strstr(colored, "\033[31m"));
    assert_non_null(strstr(colored, "\033[0m"));
    free(plain);
    free(colored);
}

static void reports_cannot_drive_the_terminal(void **state)
{
    struct made *m = *state;
    make(m);
    m->report.gate.asked = true;
    struct finding *f = &m->report.results.v[0].findings.v[0];
    free(f->object);
    f->object = str_dup("x\033[2J\r\b\x9b\x7f");
    f = findings_add(&m->report.results.v[0].findings, "tsan-gcc", KIND_OTHER,
                     "n");
    f->message = str_dup("m\033]0;title\007");
    add_access(f, ROLE_ACCESS, "/x\033[1m.c", 3);
    f->accesses.v[0].thread = str_dup("t\033c");
    strv_add(&m->report.gate.failures, "fail\033[5m: first\n    second line");
    m->report.results.v[1].outcome = OUTCOME_ERROR;
    m->report.results.v[1].note = str_dup("note\033[6n");
    char *text = written(m, "table", false);
    assert_null(strpbrk(text, "\033\r\b\007\x9b\x7f"));
    assert_has(text, "fail\\x1b[5m: first\n    second line\n");
    free(text);
}

static char *findings_of(const struct result *r, size_t n, size_t most)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    struct format_options o = {0};
    findings_text(r, n, most, &o, out);
    fclose(out);
    return text;
}

static void what_several_detectors_say_is_told_once(void **state)
{
    (void)state;
    struct result r[3] = {0};
    struct finding *f = add_race(&r[0].findings, "one", "/x.c", 3, 5);
    f->object = str_dup("count");
    add_race(&r[1].findings, "two", "/x.c", 5, 3);
    add_race(&r[1].findings, "two", "/x.c", 5, 3);
    add_race(&r[2].findings, "three", "/x.c", 7, 9);
    char *text = findings_of(r, 3, 10);
    assert_string_equal(text,
                        "/x.c:3: warning: data race on `count` [one, two]\n"
                        "  /x.c:3: note: write in work()\n"
                        "  /x.c:5: note: write in work()\n"
                        "/x.c:7: warning: data race [three]\n"
                        "  /x.c:7: note: write in work()\n"
                        "  /x.c:9: note: write in work()\n");
    free(text);
    text = findings_of(r, 3, 1);
    assert_has(text, "... and 1 more");
    assert_null(strstr(text, "three"));
    free(text);
    for (size_t i = 0; i < 3; i++)
        findings_fini(&r[i].findings);
}

static void object_that_only_the_second_knows_is_told(void **state)
{
    (void)state;
    struct result r[2] = {0};
    add_race(&r[0].findings, "one", "/x.c", 3, 5);
    add_race(&r[1].findings, "two", "/x.c", 3, 5)->object = str_dup("count");
    char *text = findings_of(r, 2, 10);
    assert_has(text, "data race on `count` [one, two]");
    free(text);
    for (size_t i = 0; i < 2; i++)
        findings_fini(&r[i].findings);
}

static void what_is_not_the_recorded_bug_is_told_as_such(void **state)
{
    (void)state;
    struct result r = {0};
    add_race(&r.findings, "one", "/x.c", 3, 5)->grade = GRADE_ELSEWHERE;
    add_race(&r.findings, "one", "/x.c", 13, 15)->grade = GRADE_EXACT;
    add_race(&r.findings, "one", "/x.c", 23, 25)->grade = GRADE_ELSEWHERE;
    add_race(&r.findings, "two", "/x.c", 23, 25)->grade = GRADE_PARTIAL;
    char *text = findings_of(&r, 1, 10);
    assert_has(text,
               "/x.c:3: warning: data race [one], not the recorded bug\n");
    assert_has(text, "/x.c:13: warning: data race [one]\n");
    assert_has(text, "/x.c:23: warning: data race [one, two]\n");
    free(text);
    findings_fini(&r.findings);
}

static void lost_places_are_told_as_lost(void **state)
{
    (void)state;
    struct result r = {0};
    add_race(&r.findings, "one", "/x.c", 3, 0);
    char *text = findings_of(&r, 1, 10);
    assert_has(text, "/x.c:3: warning: ");
    assert_has(text, "  (place lost): note: write\n");
    free(text);
    findings_fini(&r.findings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_found_by_their_id),
        MADE_TEST(json_has_what_was_measured),
        MADE_TEST(json_tells_the_gate_and_the_detectors),
        MADE_TEST(json_tells_the_score),
        MADE_TEST(empty_report_is_json_too),
        MADE_TEST(hostile_text_is_never_dropped),
        MADE_TEST(words_in_other_tongues_stay_as_they_are),
        MADE_TEST(case_of_any_name_is_told),
        MADE_TEST(output_that_cannot_be_written_is_an_error),
        MADE_TEST(each_outcome_has_its_word),
        MADE_TEST(cells_that_are_not_there_are_blank),
        MADE_TEST(colours_come_only_when_asked_for),
        MADE_TEST(reports_cannot_drive_the_terminal),
        cmocka_unit_test(what_several_detectors_say_is_told_once),
        cmocka_unit_test(object_that_only_the_second_knows_is_told),
        cmocka_unit_test(what_is_not_the_recorded_bug_is_told_as_such),
        cmocka_unit_test(lost_places_are_told_as_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
