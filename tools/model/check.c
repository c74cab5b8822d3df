/* Checks a manifest against the sources beside it.
 * SPDX-License-Identifier: MIT */
#include "model/check.h"

#include "model/place.h"
#include "model/weakness.h"

#include <stdio.h>

struct checker {
    const struct scenario_case *c;
    const char *text;
    size_t n;
    const struct strv *detectors;
    struct diag *d;
    const char *key; /* the list that is being checked, or NULL */
    unsigned index;  /* of its entry */
    bool failed;
};

/* The line where word stands in the entry, or as a key of the manifest. To look
 * for it is to parse the manifest, so only those who complain do. */
static int line_of(const struct checker *k, const char *word)
{
    int entry =
        k->key ? place_of_entry(k->text, k->n, k->key, (int)k->index) : 0;
    int line = entry ? place_of_scalar(k->text, k->n, word,
                                       (struct place){.line = entry}, 0)
                     : place_of_entry(k->text, k->n, word, -1);
    return line ? line : entry ? entry : 1;
}

#define fail(k, word, ...)                                                     \
    do {                                                                       \
        diag_at((k)->d, (k)->c->manifest_path, line_of((k), (word)),           \
                __VA_ARGS__);                                                  \
        (k)->failed = true;                                                    \
    } while (0)

static void check_twins(struct checker *k)
{
    const struct manifest *m = k->c->manifest;
    bool buggy = case_variant(k->c, "buggy") != NULL;
    bool fixed = case_variant(k->c, "fixed") != NULL;
    if (m->bench)
        return;
    if (!buggy)
        fail(k, "title", "has no buggy.c; a pair is buggy.c beside fixed.c");
    if (!fixed)
        fail(k, "title", "has no fixed.c; a pair is buggy.c beside fixed.c");
    if (!m->diagnosis)
        fail(k, "title",
             "key 'diagnosis' is missing; say why buggy.c is "
             "wrong and what the fix guarantees");
    if (m->failure == FAILURE_NONE)
        fail(k, "failure",
             "'failure: none' is for kernels; say how a user "
             "meets the bug: wrong-value, hang, crash or stall");
}

static void check_cwe(struct checker *k, unsigned index)
{
    const unsigned *cwe = k->c->manifest->cwe;
    char word[16];
    snprintf(word, sizeof word, "%u", cwe[index]);
    if (!cwe_is_id(cwe[index]))
        fail(k, word, "'%s' is no number of CWE; CWE-362 is written 362", word);
    for (unsigned i = 0; i < index; i++)
        if (cwe[i] == cwe[index])
            fail(k, word, "CWE-%s stands twice", word);
}

static void check_cert(struct checker *k, unsigned index)
{
    char **cert = k->c->manifest->cert;
    if (!cert_is_id(cert[index]))
        fail(k, cert[index],
             "'%s' is no id of SEI CERT C; they look like CON43-C",
             cert[index]);
    for (unsigned i = 0; i < index; i++)
        if (str_eq(cert[i], cert[index]))
            fail(k, cert[index], "%s stands twice", cert[index]);
}

static void check_pattern(struct checker *k, unsigned index)
{
    const enum pattern *p = k->c->manifest->patterns;
    for (unsigned i = 0; i < index; i++)
        if (p[i] == p[index])
            fail(k, pattern_id(p[i]), "'%s' stands twice", pattern_id(p[i]));
}

static const struct variant *known_variant(struct checker *k, const char *name)
{
    const struct variant *v = case_variant(k->c, manifest_variant(name));
    if (!v)
        fail(k, manifest_variant(name), "variant '%s' has no file %s.c",
             manifest_variant(name), manifest_variant(name));
    return v;
}

static void check_truth(struct checker *k, const struct truth *t)
{
    const struct variant *v = known_variant(k, t->variant);
    if (!v)
        return;
    if (!v->buggy)
        fail(k, v->name, "truth of '%s', which is no bug", v->name);
    for (unsigned i = 0; i < t->sites_count; i++)
        if (!site_find(&v->sites, t->sites[i]))
            fail(k, t->sites[i],
                 "label '%s' is not in %s; write /* @site %s */ on the line "
                 "that is meant",
                 t->sites[i], v->source, t->sites[i]);
}

static void check_all_bugs_have_truth(struct checker *k)
{
    const struct manifest *m = k->c->manifest;
    for (size_t i = 0; i < k->c->variants.n; i++) {
        const struct variant *v = &k->c->variants.v[i];
        bool found = !v->buggy;
        for (unsigned j = 0; j < m->truth_count; j++)
            found |= str_eq(manifest_variant(m->truth[j].variant), v->name);
        if (!found)
            fail(k, "truth",
                 "no truth is given for %s.c; name its kinds and "
                 "sites",
                 v->name);
    }
}

static void check_verdict(struct checker *k, const struct expectation *e,
                          const struct variant *v)
{
    const char *id = verdict_id(e->verdict);
    bool for_bug =
        e->verdict == VERDICT_FLAGGED || e->verdict == VERDICT_MISSED;
    bool for_fix =
        e->verdict == VERDICT_CLEAN || e->verdict == VERDICT_FALSE_ALARM;
    if ((v->buggy && for_fix) || (!v->buggy && for_bug))
        fail(k, id, "verdict '%s' does not fit '%s', which is a %s", id,
             v->name, v->buggy ? "bug" : "fix");
    if (e->verdict == VERDICT_CRASHES && v->buggy &&
        k->c->manifest->failure == FAILURE_CRASH)
        fail(k, id,
             "verdict '%s' is for programs that do not crash by "
             "themselves; with 'failure: crash' a bug is flagged or missed",
             id);
    bool plain = e->verdict == VERDICT_FLAGGED || e->verdict == VERDICT_CLEAN;
    if ((!plain || e->grade != GRADE_NONE) && !e->reason)
        fail(k, id, "verdict '%s' needs a 'reason': why %s", id,
             e->verdict == VERDICT_CRASHES ? "does it die under the detector"
             : v->buggy                    ? "is the bug not seen"
                                           : "is correct code flagged");
    if (str_eq(e->reason, REASON_UNKNOWN))
        fail(k, REASON_UNKNOWN,
             "'reason: " REASON_UNKNOWN "' waits for the reason: write why %s",
             v->buggy ? "the detector says this of the bug"
                      : "correct code is flagged");
    if (e->reports_count && !verdict_reports(e->verdict))
        fail(k, "reports", "'reports' of a verdict '%s': it reports none", id);
    bool finds = v->buggy && (e->verdict == VERDICT_FLAGGED ||
                              e->verdict == VERDICT_SOMETIMES);
    if (e->thanks_to != AID_NONE && !finds)
        fail(k, "thanks-to",
             "'thanks-to' of a verdict '%s' of '%s': no bug is found", id,
             v->name);
    if (e->verdict == VERDICT_SOMETIMES &&
        !(e->rate > 0 && e->rate < 1 && e->runs >= RATE_RUNS))
        fail(k, id,
             "'sometimes' needs a measured 'rate' between 0 and 1 and "
             "the 'runs' (10 or more) it was measured from");
}

/* A claim is made where nothing was found; one on a fix that is not the best
 * says what it lacks. */
static void check_claim(struct checker *k, const struct expectation *e,
                        const struct variant *v)
{
    const char *id = claimed_id(e->claim);
    if (e->claim == CLAIM_NONE)
        return;
    if (e->verdict != VERDICT_CLEAN && e->verdict != VERDICT_MISSED)
        fail(k, "claim", "'claim' of a verdict '%s' of '%s': it was found",
             verdict_id(e->verdict), v->name);
    else if (e->claim != CLAIM_VERIFIED && !e->reason)
        fail(k, id,
             "claim '%s' needs a 'reason': what the search says was not "
             "covered",
             id);
}

/* Without any it changes nothing. */
static void check_explore(struct checker *k)
{
    const struct explore_entry *x = k->c->manifest->explore;
    k->key = NULL;
    if (x && x->unsupported && (x->args || x->work))
        fail(k, "explore", "what is 'unsupported' needs no 'args' or 'work'");
    if (x && !x->args && x->work == 0 && !x->unsupported)
        fail(k, "explore", "'explore' has no 'args', 'work' or 'unsupported'");
}

static void check_expectation(struct checker *k, unsigned index)
{
    const struct manifest *m = k->c->manifest;
    const struct expectation *e = &m->expect[index];
    const struct variant *v = known_variant(k, e->variant);
    if (v)
        check_verdict(k, e, v);
    if (v)
        check_claim(k, e, v);
    for (unsigned i = 0; i < e->detectors_count; i++) {
        const char *id = e->detectors[i];
        if (k->detectors && !strv_has(k->detectors, id))
            fail(k, id,
                 "no detector is called '%s'; `lockstep doctor` lists "
                 "them",
                 id);
        if (v && case_expectation(k->c, v, id) != e)
            fail(k, id,
                 "detector '%s' has two expectations for '%s'; keep "
                 "one",
                 id, v->name);
    }
}

/* One entry for each build of a variant and what it is run with. */
static void check_plain_once(struct checker *k, const struct plain *p)
{
    for (const struct plain *q = k->c->manifest->plain; q < p; q++)
        if (plain_same(p, q))
            fail(k, manifest_variant(p->variant),
                 "'plain' has two entries for '%s' with the same 'flags' and "
                 "'args'; keep one",
                 manifest_variant(p->variant));
}

static void check_plain(struct checker *k, const struct plain *p)
{
    known_variant(k, p->variant);
    check_plain_once(k, p);
    if (p->runs == 0 || p->shows > p->runs)
        fail(k, "shows", "'plain' says %u of %u runs", p->shows, p->runs);
}

static void check_labels_agree(struct checker *k)
{
    const struct variant *b = case_variant(k->c, "buggy");
    const struct variant *f = case_variant(k->c, "fixed");
    if (!b || !f)
        return;
    for (size_t i = 0; i < b->sites.n; i++)
        if (!site_find(&f->sites, b->sites.v[i].label)) {
            diag_at(k->d, b->source, b->sites.v[i].line,
                    "label '%s' is not in fixed.c; both twins carry the same "
                    "labels",
                    b->sites.v[i].label);
            k->failed = true;
        }
}

/* Goes on to an entry of a list; false after the last. */
static bool enter(struct checker *k, const char *key, unsigned i, unsigned n)
{
    if (i >= n)
        return false;
    k->key = key;
    k->index = i;
    return true;
}

enum err case_check(const struct scenario_case *c, const char *text, size_t n,
                    const struct strv *detectors, struct diag *d)
{
    struct checker k = {c, text, n, detectors, d, NULL, 0, false};
    const struct manifest *m = c->manifest;
    check_twins(&k);
    check_labels_agree(&k);
    check_all_bugs_have_truth(&k);
    for (unsigned i = 0; enter(&k, "cwe", i, m->cwe_count); i++)
        check_cwe(&k, i);
    for (unsigned i = 0; enter(&k, "cert", i, m->cert_count); i++)
        check_cert(&k, i);
    for (unsigned i = 0; enter(&k, "patterns", i, m->patterns_count); i++)
        check_pattern(&k, i);
    for (unsigned i = 0; enter(&k, "truth", i, m->truth_count); i++)
        check_truth(&k, &m->truth[i]);
    for (unsigned i = 0; enter(&k, "plain", i, m->plain_count); i++)
        check_plain(&k, &m->plain[i]);
    for (unsigned i = 0; enter(&k, "expect", i, m->expect_count); i++)
        check_expectation(&k, i);
    for (unsigned i = 0; enter(&k, "variants", i, m->variants_count); i++)
        known_variant(&k, m->variants[i].name);
    check_explore(&k);
    enum err e = m->bench ? bench_check(c, text, n, d) : ERR_OK;
    return k.failed ? ERR_INVALID : e;
}
