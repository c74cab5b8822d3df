/* A report made by hand over a corpus of one pair.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_MADE_REPORT_H
#define LOCKSTEP_TESTS_MADE_REPORT_H

#include "model/report.h"

#include "findings.h"
#include "scratch.h"

struct made {
    char *dir;
    struct corpus corpus;
    struct report report;
    const struct scenario_case *c;
    const struct variant *bug, *fix;
};

/* One usable, wanted detector with that id. */
static inline void made_detector(struct made *m, const char *id)
{
    vec_push(&m->report.detectors, ((struct detector_report){.id = id,
                                                             .title = id,
                                                             .wanted = true,
                                                             .usable = true,
                                                             .alive = true,
                                                             .tried = true}));
}

static inline void made_corpus(struct made *m, const char *id,
                               const char *manifest)
{
    struct diag d = {0};
    scratch_case(m->dir, id, manifest);
    enum err e = corpus_load(m->dir, NULL, &m->corpus, &d);
    if (e != ERR_OK)
        scratch_said(&d, "\n");
    assert_int_equal(e, ERR_OK);
    diag_fini(&d);
    m->c = &m->corpus.cases.v[0];
    m->bug = case_variant(m->c, "buggy");
    m->fix = case_variant(m->c, "fixed");
    m->report.corpus = &m->corpus;
}

/* A cell of the matrix; all detectors must have been made before. */
static inline struct result *made_cell(struct made *m,
                                       const struct scenario_case *c,
                                       const struct variant *v, size_t detector,
                                       enum outcome o, unsigned flagged,
                                       unsigned runs)
{
    const struct detector_report *d = &m->report.detectors.v[detector];
    struct result r = {.c = c, .variant = v, .detector = d, .outcome = o};
    r.expected = case_expectation(c, v, d->id);
    r.flagged = flagged;
    r.runs = runs;
    r.grade = r.weakest = v->buggy && flagged ? GRADE_EXACT : GRADE_NONE;
    vec_push(&m->report.results, r);
    return &m->report.results.v[m->report.results.n - 1];
}

/* The same of the first case. */
static inline struct result *made_result(struct made *m,
                                         const struct variant *v,
                                         size_t detector, enum outcome o,
                                         unsigned flagged, unsigned runs)
{
    return made_cell(m, m->c, v, detector, o, flagged, runs);
}

static inline int made_setup(void **state)
{
    struct made *m = mem_new(1, sizeof *m);
    void *dir;
    *state = m;
    if (scratch_make(&dir) != 0)
        return -1;
    m->dir = dir;
    return 0;
}

static inline int made_teardown(void **state)
{
    struct made *m = *state;
    void *dir = m->dir;
    report_fini(&m->report);
    corpus_fini(&m->corpus);
    free(m);
    return scratch_remove(&dir);
}

#define MADE_TEST(f)                                                           \
    cmocka_unit_test_setup_teardown(f, made_setup, made_teardown)

#endif
