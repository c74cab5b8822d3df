/* Grading findings against the truth of a case.
 * SPDX-License-Identifier: MIT */
#include "engine/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "findings.h"
#include "scratch.h"

/* Lines 5 (read), 6 (write) and 11 (other) have labels; 7 is in the same
 * function as the first two, 16 in none that has a label. */
static const char source[] = "int count, rest;\n"
                             "static void *work(void *arg)\n"
                             "{\n"
                             "    (void)arg;\n"
                             "    int x = count;  /* @site read */\n"
                             "    count = x + 1;  /* @site write */\n"
                             "    return NULL;\n"
                             "}\n"
                             "static void more(void)\n"
                             "{\n"
                             "    rest++; /* @site other */\n"
                             "}\n"
                             "int main(void)\n"
                             "{\n"
                             "    more();\n"
                             "    return work(NULL) != NULL;\n"
                             "}\n";

static const char manifest[] = SCRATCH_HEAD
    "truth:\n"
    "  - {kinds: [data-race], object: count, sites: [read, write]}\n"
    "  - {kinds: [data-race, deadlock], object: rest, "
    "sites: [other]}\n";

struct fixture {
    char *dir;
    struct corpus corpus;
    const struct scenario_case *c;
    const struct variant *bug;
};

static int make(void **state)
{
    struct fixture *f = mem_new(1, sizeof *f);
    void *dir;
    struct diag d = {0};
    if (scratch_make(&dir) != 0)
        return -1;
    f->dir = dir;
    scratch_case(dir, "a/b", manifest);
    scratch_write(dir, "a/b/buggy.c", source);
    scratch_write(dir, "a/b/fixed.c", source);
    enum err e = corpus_load(dir, NULL, &f->corpus, &d);
    if (e != ERR_OK)
        scratch_said(&d, "\n");
    diag_fini(&d);
    f->c = e == ERR_OK ? &f->corpus.cases.v[0] : NULL;
    f->bug = f->c ? case_variant(f->c, "buggy") : NULL;
    *state = f;
    return f->bug ? 0 : -1;
}

static int unmake(void **state)
{
    struct fixture *f = *state;
    void *dir = f->dir;
    corpus_fini(&f->corpus);
    free(f);
    return scratch_remove(&dir);
}

static enum grade grade(const struct fixture *f, struct findings *l,
                        bool one_sided)
{
    assert_int_equal(l->n, 1);
    enum grade g = match_grade(f->c, f->bug, &l->v[0], one_sided);
    findings_fini(l);
    return g;
}

static enum grade race(const struct fixture *f, int a, int b)
{
    struct findings l = {0};
    add_race(&l, "d", f->bug->source, a, b);
    return grade(f, &l, false);
}

static void both_accesses_at_sites_are_exact(void **state)
{
    assert_int_equal(race(*state, 5, 6), GRADE_EXACT);
    assert_int_equal(race(*state, 6, 5), GRADE_EXACT);
    assert_int_equal(race(*state, 6, 6), GRADE_EXACT);
    assert_int_equal(race(*state, 11, 11), GRADE_EXACT);
}

static void one_of_two_accesses_is_partial(void **state)
{
    assert_int_equal(race(*state, 5, 7), GRADE_PARTIAL);
    assert_int_equal(race(*state, 16, 6), GRADE_PARTIAL);
    assert_int_equal(race(*state, 6, 0), GRADE_PARTIAL);
}

static void sites_of_two_entries_do_not_add_up(void **state)
{
    assert_int_equal(race(*state, 5, 11), GRADE_PARTIAL);
    assert_int_equal(race(*state, 11, 6), GRADE_PARTIAL);
}

static void right_function_is_less_than_right_line(void **state)
{
    assert_int_equal(race(*state, 7, 7), GRADE_FUNCTION);
    assert_int_equal(race(*state, 7, 0), GRADE_FUNCTION);
}

static void other_places_are_elsewhere(void **state)
{
    struct fixture *f = *state;
    struct findings l = {0};
    struct finding *g = findings_add(&l, "d", KIND_DATA_RACE, "n");
    accesses_add(&g->accesses, ROLE_READ);
    add_frame(g, "main", f->bug->source, 16);
    assert_int_equal(grade(f, &l, true), GRADE_ELSEWHERE);
    assert_int_equal(race(f, 0, 0), GRADE_ELSEWHERE);
    add_race(&l, "d", "/other/buggy.c", 5, 6);
    assert_int_equal(grade(f, &l, false), GRADE_ELSEWHERE);
    add_race(&l, "d", "fixed.c", 5, 6);
    assert_int_equal(grade(f, &l, false), GRADE_ELSEWHERE);
    findings_add(&l, "d", KIND_DATA_RACE, "n");
    assert_int_equal(grade(f, &l, false), GRADE_ELSEWHERE);
}

static void wrong_kind_is_told_even_at_the_site(void **state)
{
    struct fixture *f = *state;
    struct findings l = {0};
    add_race(&l, "d", f->bug->source, 5, 6)->kind = KIND_DEADLOCK;
    assert_int_equal(grade(f, &l, false), GRADE_ELSEWHERE);
    add_race(&l, "d", f->bug->source, 5, 6)->kind = KIND_CRASH;
    assert_int_equal(grade(f, &l, false), GRADE_WRONG_KIND);
}

static void each_kind_of_an_entry_counts(void **state)
{
    struct fixture *f = *state;
    struct findings l = {0};
    struct finding *g = findings_add(&l, "d", KIND_DEADLOCK, "n");
    add_access(g, ROLE_WAITS, f->bug->source, 11);
    assert_int_equal(grade(f, &l, false), GRADE_EXACT);
}

static void single_access_is_exact_from_one_sided_detectors_only(void **state)
{
    struct fixture *f = *state;
    struct findings l = {0};
    for (int one_sided = 0; one_sided < 2; one_sided++) {
        struct finding *g = findings_add(&l, "d", KIND_DATA_RACE, "n");
        add_access(g, ROLE_WRITE, f->bug->source, 6);
        assert_int_equal(grade(f, &l, one_sided),
                         one_sided ? GRADE_EXACT : GRADE_PARTIAL);
    }
}

static void second_wrong_access_spoils_a_one_sided_report_too(void **state)
{
    struct fixture *f = *state;
    struct findings l = {0};
    add_race(&l, "d", f->bug->source, 6, 16);
    assert_int_equal(grade(f, &l, true), GRADE_PARTIAL);
}

static void place_of_creation_is_not_graded(void **state)
{
    struct fixture *f = *state;
    struct findings l = {0};
    struct finding *g = add_race(&l, "d", f->bug->source, 5, 6);
    add_access(g, ROLE_CREATED, f->bug->source, 16);
    assert_int_equal(grade(f, &l, false), GRADE_EXACT);
    g = findings_add(&l, "d", KIND_DATA_RACE, "n");
    add_access(g, ROLE_CREATED, f->bug->source, 5);
    add_access(g, ROLE_CREATED, f->bug->source, 6);
    assert_int_equal(grade(f, &l, true), GRADE_ELSEWHERE);
}

static void bare_file_name_is_the_source(void **state)
{
    struct fixture *f = *state;
    struct findings l = {0};
    add_race(&l, "d", "buggy.c", 5, 6);
    assert_int_equal(grade(f, &l, false), GRADE_EXACT);
}

static void frames_of_case_h_are_passed_over(void **state)
{
    struct fixture *f = *state;
    struct findings l = {0};
    struct finding *g = findings_add(&l, "d", KIND_DATA_RACE, "n");
    for (int line = 5; line <= 6; line++) {
        accesses_add(&g->accesses, ROLE_READ);
        add_frame(g, "case_end", "/somewhere/cases/case.h", 48);
        add_frame(g, "work", f->bug->source, line);
    }
    assert_int_equal(grade(f, &l, false), GRADE_EXACT);
}

static void other_object_is_partial_at_best(void **state)
{
    static const struct {
        const char *object;
        enum grade grade;
    } named[] = {
        {"count", GRADE_EXACT},       {"count[3]", GRADE_EXACT},
        {"count.low", GRADE_EXACT},   {"count+8", GRADE_EXACT},
        {"q->count", GRADE_EXACT},    {"q->rest", GRADE_EXACT},
        {"rest", GRADE_PARTIAL},      {"counter", GRADE_PARTIAL},
        {"coun", GRADE_PARTIAL},      {"count, rest", GRADE_EXACT},
        {"rest, count", GRADE_EXACT}, {"rest, counter", GRADE_PARTIAL},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        struct findings l = {0};
        add_race(&l, "d", f->bug->source, 5, 6)->object =
            str_dup(named[i].object);
        assert_int_equal(grade(f, &l, false), named[i].grade);
        add_race(&l, "d", f->bug->source, 7, 7)->object =
            str_dup(named[i].object);
        assert_int_equal(grade(f, &l, false), GRADE_FUNCTION);
    }
}

static void truth_of_one_variant_is_not_that_of_another(void **state)
{
    struct fixture *f = *state;
    struct findings l = {0};
    const struct variant *fix = case_variant(f->c, "fixed");
    add_race(&l, "d", fix->source, 5, 6);
    assert_int_equal(match_grade(f->c, fix, &l.v[0], false), GRADE_NONE);
    findings_fini(&l);
}

static void bare_sites_are_graded_alike(void **state)
{
    struct fixture *f = *state;
    struct findings l = {0};
    const struct sites *s = &f->bug->sites;
    struct finding *g = add_race(&l, "d", "/canary.c", 5, 11);
    assert_int_equal(match_sites(s, "/canary.c", KIND_DATA_RACE, g, false),
                     GRADE_EXACT);
    assert_int_equal(match_sites(s, "/canary.c", KIND_DEADLOCK, g, false),
                     GRADE_WRONG_KIND);
    assert_int_equal(match_sites(s, "/dead.c", KIND_DATA_RACE, g, false),
                     GRADE_ELSEWHERE);
    findings_fini(&l);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_accesses_at_sites_are_exact),
        TEST(one_of_two_accesses_is_partial),
        TEST(sites_of_two_entries_do_not_add_up),
        TEST(right_function_is_less_than_right_line),
        TEST(other_places_are_elsewhere),
        TEST(wrong_kind_is_told_even_at_the_site),
        TEST(each_kind_of_an_entry_counts),
        TEST(single_access_is_exact_from_one_sided_detectors_only),
        TEST(second_wrong_access_spoils_a_one_sided_report_too),
        TEST(place_of_creation_is_not_graded),
        TEST(bare_file_name_is_the_source),
        TEST(frames_of_case_h_are_passed_over),
        TEST(other_object_is_partial_at_best),
        TEST(truth_of_one_variant_is_not_that_of_another),
        TEST(bare_sites_are_graded_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
