/* Markdown for the summary of a CI job: the verdict, what failed, what changed,
 * the score, and the matrix, folded.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/changes.h"
#include "formats/support/escape.h"
#include "formats/support/groups.h"
#include "formats/support/programs.h"
#include "formats/support/style.h"
#include "formats/support/words.h"

#include <stdlib.h>

/* A job's summary has a limit of 1 MiB on GitHub. */
#define MOST_FAILURES 100
#define MOST_CHANGES 100

static enum err write_markdown(const struct report *r,
                               const struct format_options *o, FILE *out);

const struct format format_markdown = {
    .id = "markdown",
    .title = "Markdown for the summary of a CI job",
    .write = write_markdown,
};

static void add_verdict(struct buf *b, const struct report *r)
{
    const struct gate_report *g = &r->gate;
    const char *word = r->cancelled      ? "interrupted"
                       : g->incomplete.n ? "incomplete"
                       : g->passed       ? "passed"
                                         : "FAILED";
    buf_addf(b, "## Lockstep: %s\n", word);
    if (r->score.bugs + r->score.fixes)
        buf_addf(b, "\n%u of %u bugs flagged, %u of %u fixes clean.\n",
                 r->score.flagged, r->score.bugs, r->score.clean,
                 r->score.fixes);
    char *claims = words_claims(r);
    if (claims)
        buf_addf(b, "\n%s\n", claims);
    free(claims);
}

static void add_list(struct buf *b, const char *head, const struct strv *l)
{
    if (l->n == 0)
        return;
    buf_addf(b, "\n### %s\n\n", head);
    for (size_t i = 0; i < l->n && i < MOST_FAILURES; i++) {
        buf_adds(b, "- ");
        escape_markdown(b, l->v[i]);
        buf_adds(b, "\n");
    }
    if (l->n > MOST_FAILURES)
        buf_addf(b, "- and %zu more\n", l->n - MOST_FAILURES);
}

static void add_group(struct buf *b, const struct group *g)
{
    char *words = words_finding(g->finding, g->object);
    const struct finding *f = g->finding;
    buf_adds(b, "- **");
    escape_markdown(b, words);
    buf_adds(b, "**");
    for (size_t i = 0; i < g->detectors.n; i++) {
        buf_adds(b, i ? ", " : " by ");
        escape_markdown(b, g->detectors.v[i]);
    }
    for (size_t i = 0; i < f->accesses.n; i++) {
        const struct frame *at = access_place(&f->accesses.v[i]);
        char *access = words_access(&f->accesses.v[i]);
        if (f->accesses.v[i].role != ROLE_CREATED) {
            buf_adds(b, "; ");
            escape_markdown(b, access);
            buf_adds(b, at ? ", " : "");
            escape_markdown(b, at ? style_path(at->file) : NULL);
            if (at)
                buf_addf(b, ":%d", at->line);
        }
        free(access);
    }
    buf_adds(b, "\n");
    free(words);
}

/* The findings of programs that differ. */
static void add_findings(struct buf *b, const struct report *r)
{
    struct programs l = {0};
    size_t told = 0;
    programs_list(r, &l);
    for (size_t i = 0; i < l.n; i++) {
        struct groups groups = {0};
        groups_add(&groups, l.v[i].first, l.v[i].n);
        for (size_t j = 0; j < groups.n; j++) {
            if (!groups.v[j].differs || told >= MOST_FAILURES)
                continue;
            buf_adds(b, told++ ? "" : "\n### Findings there\n\n");
            add_group(b, &groups.v[j]);
        }
        groups_fini(&groups);
    }
    vec_fini(&l);
}

static void add_change(struct buf *b, const struct change *c)
{
    const struct result *any = c->after ? c->after : c->before;
    char *cell = words_cell(any);
    char *was = c->before ? words_result(c->before) : str_dup("");
    char *is = c->after ? words_result(c->after) : str_dup("");
    buf_adds(b, "| ");
    escape_markdown(b, cell);
    buf_addf(b, " | %s | %s | %s |\n", change_word(c->direction), was, is);
    free(is);
    free(was);
    free(cell);
}

/* What only one of the runs has is counted. */
static void add_changes(struct buf *b, const struct report *r,
                        const struct format_options *o)
{
    struct changes l = {0};
    size_t told = 0, alone = 0;
    if (!o->older)
        return;
    changes_find(o->older, r, &l);
    buf_adds(b, "\n### Changes since ");
    escape_markdown(b, o->older_name ? o->older_name : "the older run");
    buf_adds(b, "\n\n");
    for (size_t i = 0; i < l.n; i++)
        alone += !l.v[i].before || !l.v[i].after;
    if (l.n > alone)
        buf_adds(b, "| result | change | was | is |\n"
                    "| --- | --- | --- | --- |\n");
    for (; told < l.n - alone && told < MOST_CHANGES; told++)
        add_change(b, &l.v[told]);
    buf_addf(b, "%s%zu results changed, %zu are of one run only.\n",
             told ? "\n" : "", l.n - alone, alone);
    vec_fini(&l);
}

static void add_share(struct buf *b, const struct share *s)
{
    if (s->n == 0)
        buf_adds(b, " - |");
    else
        buf_addf(b, " %u/%u, %.0f %% (%.0f-%.0f) |", s->k, s->n,
                 100.0 * s->k / s->n, 100 * s->low, 100 * s->high);
}

static void add_score(struct buf *b, const struct score *s)
{
    if (s->detectors.n == 0)
        return;
    buf_adds(b, "\n### Score\n\n"
                "| detector | bugs flagged | fixes flagged | exactly there | "
                "median s | times |\n"
                "| --- | --- | --- | --- | --: | --: |\n");
    for (size_t i = 0; i < s->detectors.n; i++) {
        const struct detector_score *d = &s->detectors.v[i];
        buf_adds(b, "| ");
        escape_markdown(b, d->detector->id);
        buf_adds(b, " |");
        add_share(b, &d->tally.recall);
        add_share(b, &d->tally.alarms);
        add_share(b, &d->tally.exact);
        buf_addf(b, " %.3f |", d->cost.wall_median);
        if (d->cost.wall_factor > 0)
            buf_addf(b, " %.1f |\n", d->cost.wall_factor);
        else
            buf_adds(b, " - |\n");
    }
    buf_adds(b, "\nIn brackets: the 95 % Wilson score interval.\n");
}

static void add_row(struct buf *b, const struct report *r,
                    const struct program *p)
{
    buf_adds(b, "| ");
    escape_markdown(b, p->first->c->id);
    buf_adds(b, " | ");
    escape_markdown(b, p->first->variant->name);
    buf_adds(b, " |");
    for (size_t i = 0; i < r->detectors.n; i++) {
        const struct result *one = program_result(p, &r->detectors.v[i]);
        char *word = one ? words_result(one) : str_dup("");
        if (r->detectors.v[i].wanted)
            buf_addf(b, one && one->differs ? " **%s** |" : " %s |", word);
        free(word);
    }
    buf_adds(b, "\n");
}

static void add_matrix(struct buf *b, const struct report *r)
{
    struct programs l = {0};
    programs_list(r, &l);
    buf_adds(b, "\n<details><summary>The matrix</summary>\n\n"
                "| case | program |");
    for (size_t i = 0; i < r->detectors.n; i++) {
        if (!r->detectors.v[i].wanted)
            continue;
        buf_adds(b, " ");
        escape_markdown(b, r->detectors.v[i].id);
        buf_adds(b, " |");
    }
    buf_adds(b, "\n| --- | --- |");
    for (size_t i = 0; i < r->detectors.n; i++)
        buf_adds(b, r->detectors.v[i].wanted ? " --- |" : "");
    buf_adds(b, "\n");
    for (size_t i = 0; i < l.n; i++)
        add_row(b, r, &l.v[i]);
    buf_addf(b, "\nIn bold: what %s.\n\n</details>\n",
             r->merged ? "fails" : "differs from the record");
    vec_fini(&l);
}

static enum err write_markdown(const struct report *r,
                               const struct format_options *o, FILE *out)
{
    struct buf b = {0};
    add_verdict(&b, r);
    add_list(&b, "Failed", &r->gate.failures);
    add_list(&b, "Incomplete", &r->gate.incomplete);
    add_findings(&b, r);
    add_changes(&b, r, o);
    add_score(&b, &r->score);
    if (r->results.n)
        add_matrix(&b, r);
    fwrite(b.data, 1, b.len, out);
    buf_fini(&b);
    return fflush(out) == 0 && !ferror(out) ? ERR_OK : ERR_IO;
}
