/* What is recorded of a detector, as lists of cases.
 * SPDX-License-Identifier: MIT */
#include "cli/facts_recorded.h"

#include "cli/prose.h"

#include <stdlib.h>

#define WIDTH 80

/* What a list is of: the programs of which it says something. */
typedef bool wanted(const struct variant *v, const struct expectation *e);

static bool is_exact(const struct expectation *e)
{
    return e->grade == GRADE_NONE || e->grade == GRADE_EXACT;
}

static bool is_found(const struct variant *v, const struct expectation *e)
{
    return v->buggy && e && e->verdict == VERDICT_FLAGGED && is_exact(e) &&
           e->thanks_to == AID_NONE;
}

static bool is_found_by_annotation(const struct variant *v,
                                   const struct expectation *e)
{
    return v->buggy && e && e->verdict == VERDICT_FLAGGED &&
           e->thanks_to == AID_ANNOTATION;
}

static bool is_found_roughly(const struct variant *v,
                             const struct expectation *e)
{
    return v->buggy && e && e->verdict == VERDICT_FLAGGED && !is_exact(e) &&
           e->thanks_to == AID_NONE;
}

static bool is_found_sometimes(const struct variant *v,
                               const struct expectation *e)
{
    return v->buggy && e && e->verdict == VERDICT_SOMETIMES;
}

static bool is_missed(const struct variant *v, const struct expectation *e)
{
    return v->buggy && e && e->verdict == VERDICT_MISSED;
}

static bool is_alarm(const struct variant *v, const struct expectation *e)
{
    return !v->buggy && e &&
           (e->verdict == VERDICT_FALSE_ALARM ||
            e->verdict == VERDICT_SOMETIMES || e->verdict == VERDICT_FLAGGED);
}

static bool is_verified(const struct variant *v, const struct expectation *e)
{
    return !v->buggy && e && e->claim == CLAIM_VERIFIED;
}

static bool is_bounded(const struct variant *v, const struct expectation *e)
{
    return !v->buggy && e && e->claim == CLAIM_BOUNDED;
}

static bool is_unfinished(const struct variant *v, const struct expectation *e)
{
    return !v->buggy && e && e->claim == CLAIM_NOT_FOUND;
}

static bool is_death(const struct variant *v, const struct expectation *e)
{
    (void)v;
    return e && e->verdict == VERDICT_CRASHES;
}

static bool is_unmeasured(const struct variant *v, const struct expectation *e)
{
    return v->buggy && !e;
}

/* Beyond what a static detector speaks of, a miss needs no mention. */
static bool is_implied(const struct detector *d, const struct scenario_case *c,
                       const struct variant *v)
{
    return !case_expectation(c, v, d->id) && detector_implied(d, c, v);
}

static void add_name(const struct facts *f, const struct scenario_case *c,
                     const struct variant *v, struct strv *names)
{
    const char *name = case_short_name(f->corpus, c);
    bool usual = str_eq(v->name, "buggy") || str_eq(v->name, "fixed");
    char *text = str_fmt("[%s]%s%s%s", name, usual ? "" : " (`",
                         usual ? "" : v->name, usual ? "" : "`)");
    if (strv_has(names, text))
        free(text);
    else
        strv_take(names, text);
}

/* Every program that d judges, as links; those that are implied only if so. */
static void find(const struct facts *f, const struct detector *d, wanted *is,
                 bool implied, struct strv *names)
{
    for (size_t i = 0; i < f->corpus->cases.n; i++) {
        const struct scenario_case *c = &f->corpus->cases.v[i];
        for (size_t j = 0; j < c->variants.n; j++) {
            const struct variant *v = &c->variants.v[j];
            if (!detector_unable(d, c, v) &&
                is(v, detector_expectation(d, c, v)) &&
                is_implied(d, c, v) == implied)
                add_name(f, c, v, names);
        }
    }
}

static void print_list(const struct facts *f, const struct detector *d,
                       wanted *is, const char *title, FILE *out)
{
    struct strv names = {0};
    struct buf b = {0};
    find(f, d, is, false, &names);
    buf_addf(&b, "- **%s, %zu:**", title, names.n);
    for (size_t i = 0; i < names.n; i++)
        buf_addf(&b, "%s %s", i ? "," : "", names.v[i]);
    buf_adds(&b, ".");
    if (names.n)
        prose_print(out, buf_str(&b), 0, WIDTH);
    buf_fini(&b);
    strv_fini(&names);
}

/* What a static detector says nothing of, by its nature. */
static void print_beyond(const struct facts *f, const struct detector *d,
                         FILE *out)
{
    struct strv names = {0};
    if (!d->kinds)
        return;
    find(f, d, is_missed, true, &names);
    char *text = str_fmt("- **Missed by its nature, %zu:** %s", names.n,
                         d->beyond.reason);
    if (names.n)
        prose_print(out, text, 0, WIDTH);
    free(text);
    strv_fini(&names);
}

/* The models that d cannot judge, each with its reason, if there is a case. */
static void print_unsupported(const struct facts *f, const struct detector *d,
                              FILE *out)
{
    bool said[MODEL_COUNT] = {false};
    for (size_t i = 0; i < f->corpus->cases.n; i++) {
        enum model m = f->corpus->cases.v[i].variants.v[0].model;
        const char *why = detector_unsupported(d, m);
        if (!why || said[m])
            continue;
        said[m] = true;
        char *text = str_fmt("- **No %s:** %s.", model_id(m), why);
        prose_print(out, text, 0, WIDTH);
        free(text);
    }
}

/* Those of which the manifest says why d cannot judge them. */
static void print_set_aside(const struct facts *f, const struct detector *d,
                            FILE *out)
{
    for (size_t i = 0; i < f->corpus->cases.n; i++) {
        const struct scenario_case *c = &f->corpus->cases.v[i];
        const struct variant *v = &c->variants.v[0];
        const char *why = detector_unable(d, c, v);
        if (!why || detector_unsupported(d, v->model))
            continue;
        char *text =
            str_fmt("- **Not [%s]:** %s", case_short_name(f->corpus, c), why);
        prose_print(out, text, 0, WIDTH);
        free(text);
    }
}

void facts_recorded(const struct facts *f, const struct detector *d, FILE *out)
{
    print_list(f, d, is_found, "Flagged at their lines", out);
    print_list(f, d, is_found_by_annotation, "Thanks to an annotation", out);
    print_list(f, d, is_found_roughly, "Not at each of their lines", out);
    print_list(f, d, is_found_sometimes, "In some runs only", out);
    print_list(f, d, is_missed, "Missed", out);
    print_beyond(f, d, out);
    print_list(f, d, is_verified, "Fixes verified", out);
    print_list(f, d, is_bounded, "Fixes clean as far as it covers them", out);
    print_list(f, d, is_unfinished, "Fixes clean, not explored to the end",
               out);
    print_list(f, d, is_alarm, "False alarms", out);
    print_list(f, d, is_death, "Death under it", out);
    print_list(f, d, is_unmeasured, "Not measured", out);
    print_unsupported(f, d, out);
    print_set_aside(f, d, out);
}
