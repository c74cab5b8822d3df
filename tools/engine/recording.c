/* Results of a case, made into the entries of its manifest.
 * SPDX-License-Identifier: MIT */
#include "engine/recording.h"

#include "detectors/detector.h"
#include "engine/gate.h"

#include <stdlib.h>
#include <string.h>

/* What is to be recorded of one variant under one detector. */
struct statement {
    const struct variant *variant;
    const char *detector;
    const struct expectation *old; /* or NULL */
    struct expectation is;
    bool listed; /* else it is the default, and left out */
    bool same;   /* as old, but for the numbers */
    bool placed; /* in an entry */
};

VEC_TYPE(statements, struct statement);

static const struct result *result_of(const struct report *report,
                                      const struct scenario_case *c,
                                      const struct variant *v, const char *id)
{
    for (size_t i = 0; i < report->results.n; i++) {
        const struct result *r = &report->results.v[i];
        if (r->c == c && r->variant == v && str_eq(r->detector->id, id) &&
            (outcome_judged(r->outcome) || r->outcome == OUTCOME_NO_TOKEN ||
             r->outcome == OUTCOME_CRASHES))
            return r;
    }
    return NULL;
}

static enum verdict verdict_of(const struct result *r)
{
    bool buggy = r->variant->buggy;
    if (r->outcome == OUTCOME_CRASHES)
        return VERDICT_CRASHES;
    if (r->flagged == 0)
        return buggy ? VERDICT_MISSED : VERDICT_CLEAN;
    if (r->flagged < r->runs)
        return VERDICT_SOMETIMES;
    return buggy ? VERDICT_FLAGGED : VERDICT_FALSE_ALARM;
}

/* GRADE_NONE where nothing needs to be said: exact, or nothing to be graded. */
static enum grade grade_of(const struct result *r)
{
    bool graded = r->variant->buggy && r->weakest != GRADE_EXACT;
    return graded ? r->weakest : GRADE_NONE;
}

static bool same_grade(enum grade a, enum grade b)
{
    return (a == GRADE_NONE ? GRADE_EXACT : a) ==
           (b == GRADE_NONE ? GRADE_EXACT : b);
}

static enum aid aid_of(const struct result *r)
{
    return r->variant->buggy && r->annotated > 0 ? AID_ANNOTATION : AID_NONE;
}

static bool needs_reason(const struct expectation *e)
{
    return (e->verdict != VERDICT_FLAGGED && e->verdict != VERDICT_CLEAN) ||
           e->grade != GRADE_NONE;
}

/* Of a fix the search says itself what it lacks. The text is borrowed. */
static void set_claim(struct expectation *e, const struct result *r)
{
    e->claim = r->claim;
    if (!r->variant->buggy && r->claim != CLAIM_NONE)
        e->reason = r->claim == CLAIM_VERIFIED ? NULL : r->claim_terms;
}

static void set_rate(struct expectation *e, const struct result *r)
{
    if (e->verdict != VERDICT_SOMETIMES)
        return;
    e->rate = (double)r->flagged / r->runs;
    e->runs = r->runs;
}

/* Beyond what a static detector speaks of, a miss goes without saying. */
static bool is_default(const struct statement *s, const struct result *r)
{
    const struct detector *d = detector_by_id(s->detector);
    const struct expectation *implied =
        d ? detector_implied(d, r->c, r->variant) : NULL;
    return s->is.claim == CLAIM_NONE &&
           s->is.verdict == (implied ? implied->verdict : VERDICT_CLEAN);
}

static void say_anew(struct statement *s, const struct result *r)
{
    s->is = (struct expectation){.variant = s->variant->name,
                                 .verdict = verdict_of(r),
                                 .grade = grade_of(r),
                                 .thanks_to = aid_of(r)};
    if (needs_reason(&s->is))
        s->is.reason = REASON_UNKNOWN;
    set_claim(&s->is, r);
    s->listed = !is_default(s, r);
    set_rate(&s->is, r);
    if (s->old && verdict_reports(s->is.verdict)) {
        s->is.reports = s->old->reports;
        s->is.reports_count = s->old->reports_count;
    }
}

static void say_as_before(struct statement *s)
{
    s->is = *s->old;
    s->listed = s->same = true;
}

/* A few runs of one kind do not tell `sometimes` from `always` or `never`. */
static bool rate_stands(const struct statement *s, const struct result *r)
{
    return s->old->verdict == VERDICT_SOMETIMES && r->runs > 0 &&
           verdict_of(r) != VERDICT_SOMETIMES &&
           (r->flagged == 0 || same_grade(s->old->grade, grade_of(r))) &&
           !gate_refutes_rate(s->old, r);
}

static bool same_claim(const struct expectation *e, const struct result *r)
{
    bool said = r->variant->buggy || r->claim == CLAIM_VERIFIED ||
                r->claim == CLAIM_NONE;
    return e->claim == r->claim && (said || str_eq(e->reason, r->claim_terms));
}

static void say(struct statement *s, const struct result *r, struct strv *notes)
{
    if (!r) {
        if (s->old)
            say_as_before(s);
    } else if (s->old && rate_stands(s, r)) {
        say_as_before(s);
        strv_addf(notes,
                  "%s:%s under %s: flagged in %u of %u runs, which does not "
                  "refute the recorded rate of %.2f in %u runs: that is kept; "
                  "more runs (--repeat) would tell",
                  r->c->id, s->variant->name, s->detector, r->flagged, r->runs,
                  s->old->rate, s->old->runs);
    } else if (s->old && s->old->verdict == verdict_of(r) &&
               same_grade(s->old->grade, grade_of(r)) &&
               s->old->thanks_to == aid_of(r) && same_claim(s->old, r)) {
        say_as_before(s);
        set_rate(&s->is, r);
    } else {
        say_anew(s, r);
    }
}

static void say_all(const struct report *report, const struct scenario_case *c,
                    struct statements *out, struct strv *notes)
{
    for (size_t i = 0; i < c->variants.n; i++)
        for (size_t j = 0; j < report->detectors.n; j++) {
            struct statement s = {.variant = &c->variants.v[i],
                                  .detector = report->detectors.v[j].id};
            s.old = case_expectation(c, s.variant, s.detector);
            say(&s, result_of(report, c, s.variant, s.detector), notes);
            vec_push(out, s);
        }
}

static bool same_reports(const struct expectation *a,
                         const struct expectation *b)
{
    bool same = a->reports_count == b->reports_count;
    for (unsigned i = 0; same && i < a->reports_count; i++)
        same = str_eq(a->reports[i], b->reports[i]);
    return same;
}

static bool same_entry(const struct expectation *a, const struct expectation *b)
{
    return str_eq(manifest_variant(a->variant), manifest_variant(b->variant)) &&
           a->verdict == b->verdict && same_grade(a->grade, b->grade) &&
           a->thanks_to == b->thanks_to && a->claim == b->claim &&
           a->rate == b->rate && a->runs == b->runs &&
           str_eq(a->reason, b->reason) && same_reports(a, b);
}

/* An entry under way, and the manifest's near which it stands, or -1. */
struct entry {
    struct expect_record record;
    int origin;
};

VEC_TYPE(entries, struct entry);

static struct entry *entry_like(struct entries *l, const struct expectation *e)
{
    for (size_t i = 0; i < l->n; i++)
        if (same_entry(&l->v[i].record.is, e))
            return &l->v[i];
    return NULL;
}

static struct entry *insert(struct entries *l, size_t at,
                            const struct statement *s, int origin)
{
    struct entry e = {.record = {.is = s->is, .from = origin},
                      .origin = origin};
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].record.from == origin)
            e.record.from = RECORD_NEW;
    vec_push(l, e);
    memmove(&l->v[at + 1], &l->v[at], (l->n - 1 - at) * sizeof *l->v);
    l->v[at] = e;
    return &l->v[at];
}

static void place(struct entry *e, struct statement *s)
{
    strv_add(&e->record.detectors, s->detector);
    s->placed = true;
}

static struct statement *statement_of(struct statements *l, const char *variant,
                                      const char *detector)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i].variant->name, manifest_variant(variant)) &&
            str_eq(l->v[i].detector, detector))
            return &l->v[i];
    return NULL;
}

/* What is as it was stays with those with whom it was, if they still agree. */
static void place_same(const struct manifest *m, struct statements *all,
                       struct entries *out)
{
    for (unsigned i = 0; i < m->expect_count; i++) {
        const struct expectation *old = &m->expect[i];
        size_t first = out->n;
        for (unsigned j = 0; j < old->detectors_count; j++) {
            struct statement *s =
                statement_of(all, old->variant, old->detectors[j]);
            struct entries here = {out->v + first, out->n - first, 0};
            if (!s || !s->same)
                continue;
            struct entry *e = entry_like(&here, &s->is);
            place(e ? e : insert(out, out->n, s, (int)i), s);
        }
    }
}

/* After the last entry that stands for the same old one or an earlier one; of
 * what is new, after the last of the same variant or an earlier one. */
static size_t position(const struct entries *l, const struct scenario_case *c,
                       const struct statement *s, int origin)
{
    size_t at = 0;
    for (size_t i = 0; i < l->n; i++) {
        const struct variant *v =
            case_variant(c, manifest_variant(l->v[i].record.is.variant));
        bool before = origin < 0 || l->v[i].origin < 0
                          ? v <= s->variant
                          : l->v[i].origin <= origin;
        at = before ? i + 1 : at;
    }
    return at;
}

static void place_rest(const struct scenario_case *c, struct statements *all,
                       struct entries *out)
{
    for (size_t i = 0; i < all->n; i++) {
        struct statement *s = &all->v[i];
        if (!s->listed || s->placed)
            continue;
        int origin = s->old ? (int)(s->old - c->manifest->expect) : RECORD_NEW;
        struct entry *e = entry_like(out, &s->is);
        place(e ? e : insert(out, position(out, c, s, origin), s, origin), s);
    }
}

void recording_of(const struct report *report, const struct scenario_case *c,
                  struct record *out, struct strv *notes)
{
    struct statements all = {0};
    struct entries entries = {0};
    say_all(report, c, &all, notes);
    place_same(c->manifest, &all, &entries);
    place_rest(c, &all, &entries);
    for (size_t i = 0; i < entries.n; i++)
        vec_push(&out->expect, entries.v[i].record);
    vec_fini(&entries);
    vec_fini(&all);
}
