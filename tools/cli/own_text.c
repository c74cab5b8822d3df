/* A report on a program of the user's own for a terminal.
 * SPDX-License-Identifier: MIT */
#include "cli/own_text.h"

#include "cli/prose.h"
#include "formats/support/findings_text.h"
#include "formats/support/grid.h"

#include <stdlib.h>

#define NOTE_INDENT 13

static void add_end_cell(struct grid *g, const struct own_result *r)
{
    if (r->hung)
        grid_cell(g, str_fmt("hangs %u/%u", r->hung, r->runs), TONE_BAD);
    else if (r->timed_out)
        grid_cell(g, str_fmt("too slow %u/%u", r->timed_out, r->runs),
                  TONE_BAD);
    else if (r->died || r->failed)
        grid_cell(g,
                  str_fmt("%s %u/%u", r->ended, r->died ? r->died : r->failed,
                          r->runs),
                  TONE_BAD);
    else
        grid_cell(g, str_dup("ended well"), TONE_GOOD);
}

static const char *unjudged(enum outcome o)
{
    switch (o) {
    case OUTCOME_BUILD_FAILED:
        return "no build";
    case OUTCOME_ERROR:
        return "broken";
    case OUTCOME_CANCELLED:
        return "cancelled";
    default:
        return "not judged";
    }
}

static void add_row(struct grid *g, const struct own_result *r)
{
    bool judged = r->outcome < OUTCOME_BUILD_FAILED;
    grid_row(g, str_dup(r->detector->id));
    grid_cell(g, str_fmt("%u", r->runs), TONE_PLAIN);
    grid_cell(g, judged ? str_fmt("%u", r->flagged) : str_dup("-"),
              r->flagged ? TONE_BAD : TONE_PLAIN);
    grid_cell(g, judged ? str_fmt("%.2f", r->seconds) : str_dup("-"),
              TONE_PLAIN);
    if (judged)
        add_end_cell(g, r);
    else
        grid_cell(g, str_dup(unjudged(r->outcome)),
                  r->outcome < OUTCOME_UNSUPPORTED ? TONE_BAD : TONE_DIM);
}

static void print_table(const struct own_report *r,
                        const struct format_options *o, FILE *out)
{
    struct grid g = {.head = "DETECTOR"};
    grid_column(&g, "RUNS", true);
    grid_column(&g, "FOUND IN", true);
    grid_column(&g, "SECONDS", true);
    grid_column(&g, "PROGRAM", false);
    for (size_t i = 0; i < r->results.n; i++)
        add_row(&g, &r->results.v[i]);
    grid_print(&g, o, out);
    grid_fini(&g);
}

static void print_note(const char *id, const char *text,
                       const struct format_options *o, FILE *out)
{
    char *head = str_fmt("  %-*s", NOTE_INDENT - 2, id);
    prose_hang(out, head, text, NOTE_INDENT, o->width);
    free(head);
}

static void print_suppressed(const struct own_result *r,
                             const struct format_options *o, FILE *out)
{
    struct buf text = {0};
    unsigned long all = 0;
    for (size_t i = 0; i < r->suppressed.n; i++) {
        const struct suppressed *s = &r->suppressed.v[i];
        buf_addf(&text, "%s %s (%lu)", i ? "," : "", s->name, s->count);
        all += s->count;
    }
    char *line = str_fmt("%lu report%s suppressed by%s", all,
                         all == 1 ? "" : "s", buf_str(&text));
    if (all)
        print_note(r->detector->id, line, o, out);
    free(line);
    buf_fini(&text);
}

static void print_notes(const struct own_report *r,
                        const struct format_options *o, FILE *out)
{
    for (size_t i = 0; i < r->results.n; i++) {
        const struct own_result *each = &r->results.v[i];
        if (each->outcome == OUTCOME_BUILD_FAILED) {
            fprintf(out, "\nThe build for %s:\n", each->detector->id);
            style_text(each->note, out);
        } else if (each->note) {
            print_note(each->detector->id, each->note, o, out);
        }
        if (each->hint)
            print_note(each->detector->id, each->hint, o, out);
        print_suppressed(each, o, out);
    }
}

/* "tsan-gcc 5/5, watchdog under drd 1/5" */
static char *rates(const struct own_report *r, const struct merged_finding *m)
{
    struct buf b = {0};
    for (size_t i = 0; i < m->seen.n; i++) {
        const struct sighting *s = &m->seen.v[i];
        unsigned of = 0;
        for (size_t j = 0; j < r->results.n; j++)
            if (str_eq(r->results.v[j].detector->id, s->under))
                of = r->results.v[j].runs;
        bool guest = !str_eq(s->detector, s->under);
        buf_addf(&b, "%s%s%s%s %u/%u", i ? ", " : "", s->detector,
                 guest ? " under " : "", guest ? s->under : "", s->runs, of);
    }
    return b.len ? buf_take(&b) : str_dup("");
}

static bool same_place(const struct merged_finding *a,
                       const struct merged_finding *b)
{
    const struct frame *f = merged_place(a), *g = merged_place(b);
    return f && g && f->line == g->line && str_eq(f->file, g->file);
}

/* Findings at one place stand together, after an empty line. */
static void print_findings(const struct own_report *r,
                           const struct format_options *o, FILE *out)
{
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct merged_finding *m = &r->findings.v[i];
        char *seen = rates(r, m);
        char *ids = str_fmt("%s%s", seen, m->known ? "; known" : "");
        if (i == 0 || !same_place(m, m - 1))
            fputc('\n', out);
        finding_text(&m->finding, ids, o, out);
        if (m->reason) {
            fputs("  accepted: ", out);
            style_text(m->reason, out);
            fputc('\n', out);
        }
        free(ids);
        free(seen);
    }
}

static void print_vanished(const struct own_report *r, FILE *out)
{
    const struct baseline *b = r->baseline;
    bool any = false;
    for (size_t i = 0; b && i < b->entries.n; i++) {
        const struct baseline_entry *e = &b->entries.v[i];
        const struct landmark *s = e->landmarks.n ? &e->landmarks.v[0] : NULL;
        if (e->seen)
            continue;
        fputs(any ? "" : "\nKnown, but not seen in these runs:\n", out);
        any = true;
        fprintf(out, "  %s", kind_text(e->kind));
        if (s) {
            fputs(" in ", out);
            style_text(s->function, out);
            fputs("() of ", out);
            style_text(s->file, out);
            fputs(": ", out);
            style_text(s->code, out);
        }
        fputc('\n', out);
    }
}

static size_t places(const struct own_report *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->findings.n; i++)
        n += i == 0 || !same_place(&r->findings.v[i], &r->findings.v[i - 1]);
    return n;
}

static void print_acceptance(const struct own_report *r, const char *kept,
                             FILE *out)
{
    struct buf line = {0};
    buf_adds(&line, "lockstep baseline update ");
    str_shell_quote(&line, r->baseline_path ? r->baseline_path : "FILE");
    buf_adds(&line, " ");
    str_shell_quote(&line, kept);
    fputs("To accept what is known: ", out);
    style_text(buf_str(&line), out);
    fputc('\n', out);
    buf_fini(&line);
}

static void print_verdict(const struct own_report *r, const char *kept,
                          const struct format_options *o, FILE *out)
{
    const struct gate_report *g = &r->base.gate;
    size_t n = r->findings.n, at = places(r);
    fprintf(out, "\n%zu finding%s at %zu place%s", n, n == 1 ? "" : "s", at,
            at == 1 ? "" : "s");
    if (r->baseline)
        fprintf(out, ", %zu new", r->new_findings);
    fputc('\n', out);
    for (size_t i = 0; i < g->failures.n; i++)
        print_note("failed:", g->failures.v[i], o, out);
    for (size_t i = 0; i < g->incomplete.n; i++)
        print_note("incomplete:", g->incomplete.v[i], o, out);
    if (r->new_findings && kept)
        print_acceptance(r, kept, out);
    fprintf(out, "%s%s%s\n", style(o->color, g->passed ? TONE_GOOD : TONE_BAD),
            r->base.cancelled ? "interrupted"
            : g->passed       ? "passed"
            : g->failures.n   ? "failed"
                              : "incomplete",
            style(o->color, TONE_PLAIN));
}

void own_text(const struct own_report *r, const char *kept,
              const struct format_options *o, FILE *out)
{
    print_table(r, o, out);
    print_notes(r, o, out);
    print_findings(r, o, out);
    print_vanished(r, out);
    print_verdict(r, kept, o, out);
}
