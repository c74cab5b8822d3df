/* The matrix cases x detectors for a terminal, the findings under it, and the
 * gate's verdict as the last line.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/findings_text.h"
#include "formats/support/matrix_text.h"
#include "formats/support/style.h"

#include <stdlib.h>

/* Findings told per program; --json tells all. */
#define MOST_FINDINGS 3

static enum err write_table(const struct report *r,
                            const struct format_options *o, FILE *out);

const struct format format_table = {
    .id = "table",
    .title = "the matrix, the findings and the verdict, for people",
    .write = write_table,
};

/* How many results from i on are of the same variant: they stand in order of
 * case, variant, detector. */
static size_t same_variant(const struct report *r, size_t i)
{
    size_t n = 1;
    while (i + n < r->results.n &&
           r->results.v[i + n].variant == r->results.v[i].variant)
        n++;
    return n;
}

static void write_findings(const struct report *r,
                           const struct format_options *o, FILE *out)
{
    for (size_t i = 0, n; i < r->results.n; i += n) {
        const struct result *first = &r->results.v[i];
        bool any = false;
        n = same_variant(r, i);
        for (size_t j = 0; j < n; j++)
            any |= first[j].findings.n > 0;
        if (!any)
            continue;
        fprintf(out, "\n%s%s: %s.c%s\n", style(o->color, TONE_BOLD),
                first->c->id, first->variant->name,
                style(o->color, TONE_PLAIN));
        findings_text(first, n, MOST_FINDINGS, o, out);
    }
}

static void write_list(const char *head, enum tone t, const struct strv *l,
                       const struct format_options *o, FILE *out)
{
    for (size_t i = 0; i < l->n; i++) {
        fprintf(out, "%s%s:%s ", style(o->color, t), head,
                style(o->color, TONE_PLAIN));
        style_text(l->v[i], out);
        fputs("\n", out);
    }
}

struct counts {
    unsigned bugs, flagged;    /* programs; flagged by any detector */
    unsigned fixes, clean;     /* programs; clean under all that judged */
    unsigned detectors, alive; /* of those wanted */
};

/* Counts the program of results[0, n), all of one variant. */
static void count_variant(const struct result *r, size_t n, struct counts *c)
{
    bool judged = false, flagged = false, clean = true;
    for (size_t i = 0; i < n; i++) {
        if (!outcome_judged(r[i].outcome))
            continue;
        judged = true;
        flagged |= r[i].outcome <= OUTCOME_SOMETIMES;
        clean &= r[i].outcome == OUTCOME_CLEAN;
    }
    bool buggy = r->variant->buggy;
    c->bugs += judged && buggy;
    c->flagged += judged && buggy && flagged;
    c->fixes += judged && !buggy;
    c->clean += judged && !buggy && clean;
}

static struct counts count(const struct report *r)
{
    struct counts c = {0};
    for (size_t i = 0, n; i < r->results.n; i += n) {
        n = same_variant(r, i);
        count_variant(&r->results.v[i], n, &c);
    }
    for (size_t i = 0; i < r->detectors.n; i++) {
        const struct detector_report *d = &r->detectors.v[i];
        c.detectors += d->wanted;
        c.alive += d->wanted && d->usable && d->alive;
    }
    return c;
}

static void write_verdict(const struct report *r,
                          const struct format_options *o, FILE *out)
{
    const struct gate_report *g = &r->gate;
    struct counts n = count(r);
    const char *word = r->cancelled      ? "gate: interrupted"
                       : g->incomplete.n ? "gate: incomplete"
                       : g->passed       ? "gate: passed"
                                         : "gate: FAILED";
    write_list("failed", TONE_BAD, &g->failures, o, out);
    write_list("incomplete", TONE_BAD, &g->incomplete, o, out);
    fprintf(out,
            "%s%s%s: %zu differ from the record; %u of %u bugs flagged, "
            "%u of %u fixes clean, %u of %u detectors alive\n",
            style(o->color, g->passed && !r->cancelled ? TONE_GOOD : TONE_BAD),
            word, style(o->color, TONE_PLAIN), g->failures.n, n.flagged, n.bugs,
            n.clean, n.fixes, n.alive, n.detectors);
}

/* One line for each reason why there is no verdict. */
static void write_notes(const struct report *r, const struct format_options *o,
                        FILE *out)
{
    for (size_t i = 0; i < r->results.n; i++) {
        const struct result *one = &r->results.v[i];
        if (one->outcome != OUTCOME_BUILD_FAILED &&
            one->outcome != OUTCOME_ERROR)
            continue;
        fprintf(out, "%s%s%s: %s:%s under %s: ", style(o->color, TONE_BAD),
                outcome_id(one->outcome), style(o->color, TONE_PLAIN),
                one->c->id, one->variant->name, one->detector->id);
        style_text(one->note, out);
        fputs("\n", out);
    }
    for (size_t i = 0; i < r->detectors.n; i++) {
        const struct detector_report *d = &r->detectors.v[i];
        if (d->wanted && !d->usable)
            fprintf(out, "cannot be used: %s: %s; %s\n", d->id,
                    d->problem ? d->problem : "", d->mend ? d->mend : "");
    }
}

static void write_timing(const struct timing_report *t, FILE *out)
{
    fprintf(out,
            "time: %.2f s wall, %u jobs; children: %.2f s wall, %.2f s CPU; "
            "wall x jobs / children: %.2f\nprograms: %u built, %u from the "
            "cache\n",
            t->wall, t->jobs, t->children, t->cpu,
            t->children > 0 ? t->wall * t->jobs / t->children : 0, t->built,
            t->reused);
}

static enum err write_table(const struct report *r,
                            const struct format_options *o, FILE *out)
{
    matrix_text(r, o, out);
    write_findings(r, o, out);
    fputc('\n', out);
    write_notes(r, o, out);
    if (o->timing)
        write_timing(&r->timing, out);
    if (r->gate.asked)
        write_verdict(r, o, out);
    return fflush(out) == 0 && !ferror(out) ? ERR_OK : ERR_IO;
}
