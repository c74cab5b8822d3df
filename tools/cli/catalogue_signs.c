/* The recorded verdicts as signs that are short enough for a table.
 * SPDX-License-Identifier: MIT */
#include "cli/catalogue_signs.h"

#include <stdlib.h>

const struct catalogue_meaning catalogue_legend[] = {
    {"`+`", "the bug is flagged, at its labelled lines, in every run"},
    {"`(+)`", "flagged in every run, but not at each labelled line"},
    {"`+a`", "flagged so thanks to an annotation in the source"},
    {"`40%`", "flagged in that share of the runs"},
    {"`-`", "not flagged; the case tells why"},
    {"`!`", "the fix is flagged, though correct"},
    {"`!40%`", "the fix is flagged in that share of the runs"},
    {"`!fixed-so`", "another fix, `fixed-so.c`, is flagged, though correct"},
    {"`x`", "it dies under the detector, fix and all: no verdict"},
    {"`xfixed-so`", "`fixed-so.c` dies under the detector"},
    {"`V`", "the fixes are verified: no schedule fails"},
    {"`V1/2`", "so many of the fixes are"},
    {"`ok`", "no bug, and nothing flagged: a kernel"},
    {"`n/a`", "the detector cannot judge such a program"},
    {"`?`", "not measured"},
    {NULL, NULL},
};

static char *share(double rate)
{
    if (rate < 0.005)
        return str_dup("<1%");
    if (rate >= 0.995)
        return str_dup(">99%");
    return str_fmt("%.0f%%", 100 * rate);
}

static char *bug_sign(const struct expectation *e)
{
    if (!e)
        return str_dup("?");
    switch (e->verdict) {
    case VERDICT_FLAGGED:
        return str_fmt(
            "%s%s",
            e->grade == GRADE_NONE || e->grade == GRADE_EXACT ? "+" : "(+)",
            e->thanks_to == AID_ANNOTATION ? "a" : "");
    case VERDICT_SOMETIMES:
        return share(e->rate);
    case VERDICT_CRASHES:
        return str_dup("x");
    default:
        return str_dup("-");
    }
}

static char *fix_sign(const struct variant *v, const struct expectation *e)
{
    const char *name = str_eq(v->name, "fixed") ? "" : v->name;
    if (!e || e->verdict == VERDICT_CLEAN)
        return NULL;
    if (e->verdict == VERDICT_CRASHES)
        return str_fmt("x%s", v->name);
    if (e->verdict != VERDICT_SOMETIMES)
        return str_fmt("!%s", name);
    char *rate = share(e->rate);
    char *sign = str_fmt("!%s%s%s", name, *name ? " " : "", rate);
    free(rate);
    return sign;
}

static void add_sign(struct buf *b, char *sign)
{
    if (sign)
        buf_addf(b, "%s%s", b->len ? " " : "", sign);
    free(sign);
}

static bool same(const struct strv *l)
{
    for (size_t i = 1; i < l->n; i++)
        if (!str_eq(l->v[i], l->v[0]))
            return false;
    return true;
}

static void add_bugs(struct buf *b, const struct scenario_case *c,
                     const struct detector *d)
{
    struct strv signs = {0};
    for (size_t i = 0; i < c->variants.n; i++) {
        const struct variant *v = &c->variants.v[i];
        if (v->buggy)
            strv_take(&signs, detector_unable(d, c, v)
                                  ? str_dup("n/a")
                                  : bug_sign(detector_expectation(d, c, v)));
    }
    for (size_t i = 0; i < signs.n && (i == 0 || !same(&signs)); i++)
        add_sign(b, str_dup(signs.v[i]));
    strv_fini(&signs);
}

/* How many of the fixes are verified, if any is. */
static char *claim_sign(const struct scenario_case *c, const struct detector *d)
{
    unsigned fixes = 0, verified = 0;
    for (size_t i = 0; i < c->variants.n; i++) {
        const struct variant *v = &c->variants.v[i];
        const struct expectation *e = case_expectation(c, v, d->id);
        fixes += !v->buggy;
        verified += !v->buggy && e && e->claim == CLAIM_VERIFIED;
    }
    if (verified == 0)
        return NULL;
    return verified == fixes ? str_dup("V")
                             : str_fmt("V%u/%u", verified, fixes);
}

static bool judges_any(const struct scenario_case *c, const struct detector *d)
{
    for (size_t i = 0; i < c->variants.n; i++)
        if (!detector_unable(d, c, &c->variants.v[i]))
            return true;
    return false;
}

static bool dies(const struct scenario_case *c, const struct variant *v,
                 const struct detector *d)
{
    const struct expectation *e = case_expectation(c, v, d->id);
    return e && e->verdict == VERDICT_CRASHES;
}

static bool all_die(const struct scenario_case *c, const struct detector *d)
{
    for (size_t i = 0; i < c->variants.n; i++)
        if (!dies(c, &c->variants.v[i], d))
            return false;
    return true;
}

bool catalogue_says(const struct scenario_case *c, const struct detector *d)
{
    static const char *const nothing[] = {"-", "ok", "n/a"};
    char *sign = catalogue_sign(c, d);
    bool says = true;
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        says &= !str_eq(sign, nothing[i]);
    free(sign);
    return says;
}

char *catalogue_sign(const struct scenario_case *c, const struct detector *d)
{
    struct buf b = {0};
    if (all_die(c, d))
        return str_dup("x");
    add_bugs(&b, c, d);
    for (size_t i = 0; i < c->variants.n; i++) {
        const struct variant *v = &c->variants.v[i];
        if (!v->buggy && !detector_unable(d, c, v))
            add_sign(&b, fix_sign(v, case_expectation(c, v, d->id)));
    }
    add_sign(&b, claim_sign(c, d));
    if (b.len == 0)
        buf_adds(&b, judges_any(c, d) ? "ok" : "n/a");
    return buf_take(&b);
}
