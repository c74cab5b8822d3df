/* The matrix cases x detectors for a terminal, the findings and the score under
 * it, and the gate's verdict as the last line.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/findings_text.h"
#include "formats/support/matrix_text.h"
#include "formats/support/programs.h"
#include "formats/support/score_text.h"
#include "formats/support/style.h"
#include "formats/support/words.h"

#include <stdlib.h>

/* Places told per program, or one if not all programs can be told of; --json
 * tells all. */
#define MOST_FINDINGS 3

static enum err write_table(const struct report *r,
                            const struct format_options *o, FILE *out);

const struct format format_table = {
    .id = "table",
    .title = "the matrix, the findings and the verdict, for people",
    .write = write_table,
};

static void write_words(char *words, FILE *out)
{
    style_text(words, out);
    free(words);
}

static void write_findings(const struct report *r,
                           const struct format_options *o, FILE *out)
{
    struct programs l = {0};
    programs_list(r, &l);
    size_t left_out = programs_choose(&l, o->most);
    for (size_t i = 0; i < l.n; i++) {
        const struct program *p = &l.v[i];
        if (!p->chosen)
            continue;
        fprintf(out, "\n%s", style(o->color, TONE_BOLD));
        write_words(
            str_fmt("%s: %s.c", p->first->c->id, p->first->variant->name), out);
        fprintf(out, "%s\n", style(o->color, TONE_PLAIN));
        findings_text(p->first, p->n,
                      left_out && !p->differs ? 1 : MOST_FINDINGS, o, out);
    }
    if (left_out)
        fprintf(out,
                "\nFindings in %zu more program%s: `lockstep run CASE` or "
                "--json tells them.\n",
                left_out, left_out == 1 ? "" : "s");
    vec_fini(&l);
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

static void write_counts(const struct report *r, FILE *out)
{
    const struct score *s = &r->score;
    unsigned alive = 0;
    for (size_t i = 0; i < s->detectors.n; i++)
        alive += s->detectors.v[i].detector->usable &&
                 s->detectors.v[i].detector->alive;
    fprintf(out,
            "%u of %u bugs flagged, %u of %u fixes clean, %u of %zu detectors "
            "alive\n",
            s->flagged, s->bugs, s->clean, s->fixes, alive, s->detectors.n);
}

static void write_verdict(const struct report *r,
                          const struct format_options *o, FILE *out)
{
    const struct gate_report *g = &r->gate;
    size_t differing = 0;
    for (size_t i = 0; i < r->results.n; i++)
        differing += r->results.v[i].differs;
    const char *word = r->cancelled      ? "gate: interrupted"
                       : g->incomplete.n ? "gate: incomplete"
                       : g->passed       ? "gate: passed"
                                         : "gate: FAILED";
    write_list("failed", TONE_BAD, &g->failures, o, out);
    write_list("incomplete", TONE_BAD, &g->incomplete, o, out);
    write_counts(r, out);
    fprintf(out, "%s%s%s: %zu result%s from the record\n",
            style(o->color, g->passed && !r->cancelled ? TONE_GOOD : TONE_BAD),
            word, style(o->color, TONE_PLAIN), differing,
            differing == 1 ? " differs" : "s differ");
}

static bool to_be_noted(const struct result *r)
{
    return r->note &&
           (r->outcome == OUTCOME_BUILD_FAILED || r->outcome == OUTCOME_ERROR ||
            (r->outcome == OUTCOME_CRASHES && !result_died_as_recorded(r)));
}

/* One line for each reason why there is no verdict. */
static void write_notes(const struct report *r, const struct format_options *o,
                        FILE *out)
{
    for (size_t i = 0; i < r->results.n; i++) {
        const struct result *one = &r->results.v[i];
        if (!to_be_noted(one))
            continue;
        fprintf(out, "%s%s%s: ", style(o->color, TONE_BAD),
                outcome_id(one->outcome), style(o->color, TONE_PLAIN));
        write_words(words_cell(one), out);
        write_words(str_fmt(": %s\n", one->note), out);
    }
    for (size_t i = 0; i < r->detectors.n; i++) {
        const struct detector_report *d = &r->detectors.v[i];
        if (d->wanted && !d->usable)
            write_words(str_fmt("cannot be used: %s: %s; %s\n", d->id,
                                d->problem ? d->problem : "",
                                d->mend ? d->mend : ""),
                        out);
        else if (d->no_openmp && report_skips(r, d))
            write_words(str_fmt("cannot be used: %s for OpenMP: %s\n", d->id,
                                d->no_openmp),
                        out);
    }
}

static void write_timing(const struct timing_report *t, FILE *out)
{
    fprintf(out,
            "time: %.2f s wall, %u jobs; wall x jobs / children: %.2f\n"
            "children: %.2f s wall, %.2f s CPU\n"
            "programs: %u built, %u from the cache\n",
            t->wall, t->jobs,
            t->children > 0 ? t->wall * t->jobs / t->children : 0, t->children,
            t->cpu, t->built, t->reused);
}

static enum err write_table(const struct report *r,
                            const struct format_options *o, FILE *out)
{
    matrix_text(r, o, out);
    write_findings(r, o, out);
    if (o->score)
        score_text(r, o, out);
    fputc('\n', out);
    write_notes(r, o, out);
    if (o->timing)
        write_timing(&r->timing, out);
    if (r->gate.asked)
        write_verdict(r, o, out);
    return fflush(out) == 0 && !ferror(out) ? ERR_OK : ERR_IO;
}
