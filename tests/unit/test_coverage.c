/* The wanted list, and which of its ids the cases of a corpus have.
 * SPDX-License-Identifier: MIT */
#include "model/coverage.h"
#include "model/pattern.h"
#include "model/wanted.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

static enum err read_text(const char *text, struct wanted **w, struct diag *d)
{
    struct strv detectors = {0};
    strv_add(&detectors, "one");
    strv_add(&detectors, "two");
    enum err e =
        wanted_read("coverage.yaml", text, strlen(text), &detectors, w, d);
    strv_fini(&detectors);
    return e;
}

static struct wanted *good(const char *text)
{
    struct wanted *w = NULL;
    struct diag d = {0};
    enum err e = read_text(text, &w, &d);
    if (e != ERR_OK)
        scratch_said(&d, "\n");
    assert_int_equal(e, ERR_OK);
    assert_int_equal(d.messages.n, 0);
    diag_fini(&d);
    return w;
}

#define LISTS                                                                  \
    "cert:\n"                                                                  \
    "  - {id: CON43-C, title: No data races}\n"                                \
    "  - {id: CON31-C, title: No destruction, uncovered: none yet}\n"          \
    "cwe:\n"                                                                   \
    "  - {id: 362, title: Race}\n"                                             \
    "patterns:\n"                                                              \
    "  - id: order-violation\n"                                                \
    "reports:\n"                                                               \
    "  - detectors: [one, two]\n"                                              \
    "    kinds: [{id: Race},\n"                                                \
    "            {id: use of it (e.g. twice), uncovered: why}]\n"

static void every_list_is_read_with_its_lines(void **state)
{
    (void)state;
    struct wanted *w = good(LISTS);
    assert_int_equal(w->cert_count, 2);
    assert_string_equal(w->cert[1].id, "CON31-C");
    assert_string_equal(w->cert[1].title, "No destruction");
    assert_string_equal(w->cert[1].uncovered, "none yet");
    assert_null(w->cert[0].uncovered);
    assert_int_equal(w->cert[0].line, 2);
    assert_int_equal(w->cert[1].line, 3);
    assert_string_equal(w->cwe[0].id, "362");
    assert_int_equal(w->cwe[0].line, 5);
    assert_int_equal(w->patterns[0].line, 7);
    assert_int_equal(w->reports_count, 1);
    assert_int_equal(w->reports[0].detectors_count, 2);
    assert_int_equal(w->reports[0].kinds[0].line, 10);
    assert_string_equal(w->reports[0].kinds[1].id, "use of it (e.g. twice)");
    assert_int_equal(w->reports[0].kinds[1].line, 11);
    wanted_free(w);
    wanted_free(NULL);
}

static void line_is_that_of_the_id_in_its_own_list(void **state)
{
    (void)state;
    struct wanted *w = good("# CON43-C\ncwe:\n  - {id: 362, title: CON43-C}\n"
                            "cert: [{id: CON31-C, title: x}, {id: CON43-C,\n"
                            "  title: y}]\n"
                            "reports:\n  - {detectors: [one], kinds: [{id: a}]}"
                            "\n  - {detectors: [two], kinds: [{id: a}]}\n");
    assert_int_equal(w->cert[1].line, 4);
    assert_int_equal(w->reports[0].kinds[0].line, 7);
    assert_int_equal(w->reports[1].kinds[0].line, 8);
    wanted_free(w);
}

static void mistakes_are_told_at_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place, *what;
    } bad[] = {
        {"", "coverage.yaml:1: ", "the list is empty"},
        {"cert: [\n", "coverage.yaml:", "no YAML"},
        {"rust: []\n", "coverage.yaml:1: ", "Unexpected key: rust"},
        {"cert:\n  - {id: CON31-C}\n", "coverage.yaml:2: ", "title"},
        {"cert:\n  - {title: x}\n", "coverage.yaml:2: ", "id"},
        {"cert:\n  - {id: CON31-C, title: x, lines: 3}\n",
         "coverage.yaml:2: ", "lines"},
        {"cert:\n  - {id: CON31-C, title: x, uncovered: ''}\n",
         "coverage.yaml:2: ", "uncovered"},
        {"cert:\n  - {id: CON31, title: x}\n",
         "coverage.yaml:2: ", "'CON31' is no id of SEI CERT C"},
        {"cert:\n  - {id: CON31-C, title: x}\n  - {id: CON31-C, title: y}\n",
         "coverage.yaml:3: ", "stands twice, first in line 2"},
        {"cwe:\n  - {id: CWE-362, title: x}\n",
         "coverage.yaml:2: ", "'CWE-362' is no number of CWE"},
        {"cwe:\n  - {id: 0362, title: x}\n",
         "coverage.yaml:2: ", "'0362' is no number of CWE"},
        {"cwe:\n  - {id: 36200, title: x}\n",
         "coverage.yaml:2: ", "'36200' is no number of CWE"},
        {"patterns:\n  - {id: data-race}\n",
         "coverage.yaml:2: ", "'data-race' is no pattern"},
        {"patterns:\n  - {id: order-violation, title: x}\n",
         "coverage.yaml:2: ", "title"},
        {"reports:\n  - {detectors: [], kinds: [{id: a}]}\n",
         "coverage.yaml:2: ", "detectors"},
        {"reports:\n  - {detectors: [one], kinds: []}\n",
         "coverage.yaml:2: ", "kinds"},
        {"reports:\n  - {detectors: [three], kinds: [{id: a}]}\n",
         "coverage.yaml:2: ", "no detector is called 'three'"},
        {"reports:\n  - {detectors: [one], kinds: [{id: a}]}\n"
         "  - {detectors: [two, one], kinds: [{id: b},\n    {id: a}]}\n",
         "coverage.yaml:4: ", "'a' of 'one' stands twice, first in line 2"},
        {"reports:\n  - {detectors: [one], kinds: [{id: a},\n  {id: a}]}\n",
         "coverage.yaml:3: ", "'a' stands twice, first in line 2"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct wanted *w = NULL;
        struct diag d = {0};
        enum err e = read_text(bad[i].text, &w, &d);
        if (e == ERR_OK || !scratch_said(&d, bad[i].what) ||
            !str_starts(d.messages.v[0], bad[i].place))
            print_message("of: %s\n", bad[i].text);
        assert_int_equal(e, ERR_INVALID);
        assert_null(w);
        assert_true(scratch_said(&d, bad[i].what));
        assert_true(str_starts(d.messages.v[0], bad[i].place));
        diag_fini(&d);
    }
}

static void all_mistakes_of_a_list_are_told(void **state)
{
    (void)state;
    struct wanted *w = NULL;
    struct diag d = {0};
    assert_int_equal(read_text("cert:\n  - {id: a, title: x}\n"
                               "cwe:\n  - {id: b, title: x}\n",
                               &w, &d),
                     ERR_INVALID);
    assert_int_equal(d.messages.n, 2);
    diag_fini(&d);
}

/* A corpus of two cases in dir, and what LISTS wants of it. */
struct fixture {
    struct corpus corpus;
    struct wanted *list;
    struct coverage c;
};

#define HEAD SCRATCH_HEAD SCRATCH_TRUTH

static void take(const char *dir, const char *first, const char *second,
                 struct fixture *f)
{
    struct strv detectors = {0};
    struct diag d = {0};
    strv_add(&detectors, "one");
    strv_add(&detectors, "two");
    scratch_case(dir, "a/first", first);
    scratch_case(dir, "b/second", second);
    assert_int_equal(corpus_load(dir, &detectors, &f->corpus, &d), ERR_OK);
    f->list = good(LISTS);
    coverage_take(&f->corpus, f->list, &f->c);
    strv_fini(&detectors);
    diag_fini(&d);
}

static void fixture_fini(struct fixture *f)
{
    coverage_fini(&f->c);
    wanted_free(f->list);
    corpus_fini(&f->corpus);
}

static const struct coverage_section *section(const struct fixture *f,
                                              const char *id)
{
    for (size_t i = 0; i < f->c.sections.n; i++)
        if (str_eq(f->c.sections.v[i].id, id))
            return &f->c.sections.v[i];
    fail_msg("no section %s", id);
    return NULL;
}

static void cases_stand_at_the_ids_that_they_name(void **state)
{
    struct fixture f = {0};
    take(*state, HEAD "cert: [CON43-C]\ncwe: [833, 362]\n",
         HEAD "cert: [CON43-C, POS51-C]\npatterns: [order-violation]\n", &f);
    const struct coverage_section *cert = section(&f, "cert");
    assert_int_equal(cert->wanted.n, 2);
    assert_int_equal(cert->wanted.v[0].cases.n, 2);
    assert_string_equal(cert->wanted.v[0].cases.v[0]->id, "a/first");
    assert_string_equal(cert->wanted.v[0].cases.v[1]->id, "b/second");
    assert_int_equal(cert->wanted.v[1].cases.n, 0);
    assert_int_equal(coverage_covered(cert), 1);
    assert_int_equal(cert->besides.n, 1);
    assert_string_equal(cert->besides.v[0].id, "POS51-C");
    const struct coverage_section *cwe = section(&f, "cwe");
    assert_string_equal(cwe->wanted.v[0].id, "CWE-362");
    assert_int_equal(cwe->wanted.v[0].cases.n, 1);
    assert_string_equal(cwe->besides.v[0].id, "CWE-833");
    const struct coverage_section *patterns = section(&f, "patterns");
    assert_string_equal(patterns->wanted.v[0].title,
                        pattern_title(PATTERN_ORDER_VIOLATION));
    assert_string_equal(patterns->wanted.v[0].source,
                        pattern_source(PATTERN_ORDER_VIOLATION));
    assert_int_equal(patterns->wanted.v[0].cases.n, 1);
    fixture_fini(&f);
}

static void reports_count_for_the_detector_and_the_bug(void **state)
{
    struct fixture f = {0};
    take(*state,
         HEAD "expect:\n"
              "  - {detectors: [one], verdict: flagged, reports: [Race, Odd]}\n"
              "  - {detectors: [two], verdict: missed, reason: r}\n",
         HEAD "expect:\n"
              "  - {detectors: [one], verdict: flagged, reports: [Race]}\n"
              "  - {detectors: [two], variant: fixed, verdict: false-alarm,\n"
              "     reason: r, reports: [Race]}\n",
         &f);
    const struct coverage_section *one = section(&f, "one");
    assert_int_equal(one->wanted.v[0].cases.n, 2);
    assert_int_equal(one->wanted.v[1].cases.n, 0);
    assert_int_equal(one->besides.n, 1);
    assert_string_equal(one->besides.v[0].id, "Odd");
    assert_int_equal(section(&f, "two")->wanted.v[0].cases.n, 0);
    fixture_fini(&f);
}

static void case_counts_once_however_often_it_names_an_id(void **state)
{
    struct fixture f = {0};
    scratch_write(*state, "a/first/buggy-too.c", SCRATCH_SOURCE);
    take(*state,
         HEAD "  - {variant: buggy-too, kinds: [data-race], sites: [here]}\n"
              "expect:\n"
              "  - {detectors: [one], verdict: flagged, reports: [Race]}\n"
              "  - {detectors: [one], variant: buggy-too, verdict: flagged,\n"
              "     reports: [Race]}\n",
         HEAD, &f);
    assert_int_equal(section(&f, "one")->wanted.v[0].cases.n, 1);
    fixture_fini(&f);
}

static void lists_of_one_detector_are_one_section(void **state)
{
    (void)state;
    struct corpus none = {0};
    struct coverage c;
    struct wanted *w =
        good("reports:\n  - {detectors: [one, two], kinds: [{id: a}]}\n"
             "  - {detectors: [two], kinds: [{id: b}, {id: c}]}\n");
    coverage_take(&none, w, &c);
    assert_int_equal(c.sections.n, 5);
    assert_string_equal(c.sections.v[3].id, "one");
    assert_int_equal(c.sections.v[3].wanted.n, 1);
    assert_string_equal(c.sections.v[4].title, "Reports of two");
    assert_int_equal(c.sections.v[4].wanted.n, 3);
    assert_string_equal(c.sections.v[4].wanted.v[2].id, "c");
    coverage_fini(&c);
    wanted_free(w);
}

static void id_is_met_by_a_case_or_by_a_reason(void **state)
{
    struct fixture f = {0};
    take(*state, HEAD "cert: [CON43-C, CON31-C]\n", HEAD, &f);
    const struct coverage_ids *cert = &section(&f, "cert")->wanted;
    assert_true(coverage_is_met(&cert->v[0]));
    assert_false(coverage_is_met(&cert->v[1])); /* a case, and a reason */
    const struct coverage_ids *one = &section(&f, "one")->wanted;
    assert_false(coverage_is_met(&one->v[0])); /* neither */
    assert_true(coverage_is_met(&one->v[1]));
    fixture_fini(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_list_is_read_with_its_lines),
        cmocka_unit_test(line_is_that_of_the_id_in_its_own_list),
        cmocka_unit_test(mistakes_are_told_at_their_line),
        cmocka_unit_test(all_mistakes_of_a_list_are_told),
        SCRATCH_TEST(cases_stand_at_the_ids_that_they_name),
        SCRATCH_TEST(reports_count_for_the_detector_and_the_bug),
        SCRATCH_TEST(case_counts_once_however_often_it_names_an_id),
        cmocka_unit_test(lists_of_one_detector_are_one_section),
        SCRATCH_TEST(id_is_met_by_a_case_or_by_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
