/* The score of a suite for a terminal.
 * SPDX-License-Identifier: MIT */
#include "cli/suite_output.h"

#include "cli/prose.h"
#include "formats/support/grid.h"

#include <stdlib.h>

static void print_dim(const char *text, const struct format_options *o,
                      FILE *out)
{
    fputs(style(o->color, TONE_DIM), out);
    prose_print(out, text, 0, o->width);
    fputs(style(o->color, TONE_PLAIN), out);
}

static size_t count_truth(const struct suite_report *r, enum suite_truth t)
{
    size_t n = 0;
    for (size_t i = 0; i < r->programs->n; i++)
        n += r->programs->v[i].truth == t;
    return n;
}

static void print_head(const struct suite_report *r, FILE *out)
{
    style_text(r->suite->title, out);
    size_t untold = count_truth(r, SUITE_UNTOLD);
    fprintf(out, ": %zu programs, %zu racy, %zu clean", r->programs->n,
            count_truth(r, SUITE_RACY), count_truth(r, SUITE_CLEAN));
    if (untold)
        fprintf(out, ", %zu without a label", untold);
    fputs("\nFlags:", out);
    for (unsigned i = 0; i < r->suite->flags_count; i++) {
        fputc(' ', out);
        style_text(r->suite->flags[i], out);
    }
    if (r->suite->flags_count == 0)
        fputs(" none", out);
    if (r->suite->threads)
        fprintf(out, "; %u threads", r->suite->threads);
    fprintf(out, "; a race counts in any of %u run%s\n\n", r->repeat,
            r->repeat == 1 ? "" : "s");
}

static void number(struct grid *g, unsigned n, enum tone t)
{
    grid_cell(g, str_fmt("%u", n), n ? t : TONE_DIM);
}

/* A table with a line for each detector. */
static struct grid grid_of(const char *const *heads)
{
    struct grid g = {.head = "DETECTOR"};
    for (; *heads; heads++)
        grid_column(&g, *heads, true);
    return g;
}

static void print_counts(const struct suite_report *r,
                         const struct format_options *o, FILE *out)
{
    static const char *const heads[] = {"TP",   "FN",    "FP",   "TN",
                                        "SLOW", "HUNG",  "DIED", "BROKEN",
                                        "N/A",  "LINES", NULL};
    struct grid g = grid_of(heads);
    for (size_t i = 0; i < r->scores.n; i++) {
        const struct suite_score *s = &r->scores.v[i];
        grid_row(&g, str_dup(s->detector->id));
        number(&g, s->hits, TONE_GOOD);
        number(&g, s->misses, TONE_WARN);
        number(&g, s->alarms, TONE_BAD);
        number(&g, s->cleans, TONE_GOOD);
        number(&g, s->timeouts, TONE_WARN);
        number(&g, s->hangs, TONE_WARN);
        number(&g, s->crashes, TONE_WARN);
        number(&g, s->errors + s->unbuilt, TONE_BAD);
        number(&g, s->unsupported + s->untold, TONE_PLAIN);
        grid_cell(&g, str_fmt("%u/%u", s->exact.k, s->exact.n), TONE_PLAIN);
    }
    grid_print(&g, o, out);
    grid_fini(&g);
    print_dim("SLOW: no race until the time-out; BROKEN: it does not build, or "
              "the detector broke. Neither those nor HUNG, DIED and N/A are "
              "judged. LINES: of TP, with a report at racy lines only, of "
              "those whose lines are told.",
              o, out);
    fputc('\n', out);
}

static void share(struct grid *g, const struct share *s)
{
    if (s->n == 0) {
        grid_cell(g, str_dup("-"), TONE_DIM);
        grid_cell(g, str_dup("-"), TONE_DIM);
        return;
    }
    grid_cell(g, str_fmt("%.3f", (double)s->k / s->n), TONE_PLAIN);
    grid_cell(g, str_fmt("%.2f-%.2f", s->low, s->high), TONE_DIM);
}

static void print_rates(const struct suite_report *r,
                        const struct format_options *o, FILE *out)
{
    static const char *const heads[] = {"RECALL",  "95 % CI", "PREC.",
                                        "95 % CI", "ACCUR.",  "95 % CI",
                                        "F1",      "95 % CI", NULL};
    struct grid g = grid_of(heads);
    for (size_t i = 0; i < r->scores.n; i++) {
        const struct suite_score *s = &r->scores.v[i];
        grid_row(&g, str_dup(s->detector->id));
        share(&g, &s->recall);
        share(&g, &s->precision);
        share(&g, &s->accuracy);
        bool any = s->f1 >= 0;
        grid_cell(&g, any ? str_fmt("%.3f", s->f1) : str_dup("-"), TONE_PLAIN);
        grid_cell(&g,
                  any ? str_fmt("%.2f-%.2f", s->f1_low, s->f1_high)
                      : str_dup("-"),
                  TONE_DIM);
    }
    grid_print(&g, o, out);
    grid_fini(&g);
    fputc('\n', out);
}

static void print_costs(const struct suite_report *r,
                        const struct format_options *o, FILE *out)
{
    struct grid g = {.head = "DETECTOR"};
    grid_column(&g, "RUNS s", true);
    grid_column(&g, "CPU s", true);
    grid_column(&g, "BUILDS s", true);
    for (size_t i = 0; i < r->scores.n; i++) {
        const struct suite_score *s = &r->scores.v[i];
        grid_row(&g, str_dup(s->detector->id));
        grid_cell(&g, str_fmt("%.1f", s->seconds), TONE_PLAIN);
        grid_cell(&g, str_fmt("%.1f", s->cpu), TONE_PLAIN);
        grid_cell(&g, str_fmt("%.1f", s->build_seconds), TONE_PLAIN);
    }
    grid_print(&g, o, out);
    grid_fini(&g);
    char *note = str_fmt("Serial cost: the sum over all runs and builds; it "
                         "took %.1f s, %u at a time.",
                         r->base.timing.wall, r->base.timing.jobs);
    print_dim(note, o, out);
    free(note);
}

static void print_name(const struct suite_report *r,
                       const struct suite_result *x, bool label,
                       const struct format_options *o, FILE *out)
{
    const char *note = x->note ? x->note : "no reason is known";
    const char *name = r->programs->v[x->program].name;
    char *text = label
                     ? str_dup(name)
                     : str_fmt("%s under %s: %s", name, x->detector->id, note);
    prose_hang(out, "  ", text, 4, o->width);
    free(text);
}

/* What is unknown of a label is so under all detectors. */
static void print_unjudged(const struct suite_report *r, enum outcome outcome,
                           const char *head, const struct format_options *o,
                           FILE *out)
{
    bool label = outcome == OUTCOME_NO_TOKEN, any = false;
    for (size_t i = 0; i < r->results.n; i++) {
        const struct suite_result *x = &r->results.v[i];
        if (x->outcome != outcome ||
            (label && x->detector != r->results.v[0].detector))
            continue;
        if (!any)
            fprintf(out, "\n%s:\n", head);
        any = true;
        print_name(r, x, label, o, out);
    }
}

void suite_text(const struct suite_report *r, const struct format_options *o,
                FILE *out)
{
    print_head(r, out);
    print_counts(r, o, out);
    print_rates(r, o, out);
    print_costs(r, o, out);
    print_unjudged(r, OUTCOME_BUILD_FAILED, "Not built", o, out);
    print_unjudged(r, OUTCOME_CRASHES, "Died", o, out);
    print_unjudged(r, OUTCOME_NO_TOKEN, "Without a label", o, out);
    for (size_t i = 0; i < r->base.gate.incomplete.n; i++) {
        fputs(i ? "" : "\nIncomplete:\n", out);
        prose_hang(out, "  ", r->base.gate.incomplete.v[i], 4, o->width);
    }
}
