/* The score for a terminal.
 * SPDX-License-Identifier: MIT */
#include "formats/support/score_text.h"

#include "formats/support/grid.h"
#include "formats/support/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void print_dim(const char *text, const struct format_options *o,
                      FILE *out)
{
    fprintf(out, "%s%s%s", style(o->color, TONE_DIM), text,
            style(o->color, TONE_PLAIN));
}

static void print_grid(struct grid *g, const struct format_options *o,
                       FILE *out)
{
    fputc('\n', out);
    grid_print(g, o, out);
    grid_fini(g);
}

static void add_columns(struct grid *g, const char *const *heads)
{
    for (size_t i = 0; heads[i]; i++)
        grid_column(g, heads[i], true);
}

static void add_share(struct grid *g, const struct share *s, enum tone t)
{
    grid_cell(g, str_fmt("%u/%u", s->k, s->n), t);
    if (s->n == 0) {
        grid_cell(g, str_dup("-"), TONE_DIM);
        grid_cell(g, str_dup("-"), TONE_DIM);
        return;
    }
    grid_cell(g, str_fmt("%.0f", 100.0 * s->k / s->n), t);
    grid_cell(g, str_fmt("%.0f-%.0f", 100 * s->low, 100 * s->high), TONE_DIM);
}

static void print_tallies(const struct score *s, const struct format_options *o,
                          FILE *out)
{
    static const char *const heads[] = {
        "FLAGGED", "%",     "95 % CI", "SOME",    "ALARMS", "%",
        "95 % CI", "EXACT", "%",       "95 % CI", NULL};
    struct grid g = {.head = "DETECTOR"};
    add_columns(&g, heads);
    for (size_t i = 0; i < s->detectors.n; i++) {
        const struct tally *t = &s->detectors.v[i].tally;
        grid_row(&g, str_dup(s->detectors.v[i].detector->id));
        add_share(&g, &t->recall, TONE_PLAIN);
        grid_cell(&g, str_fmt("%u", t->sometimes), TONE_PLAIN);
        add_share(&g, &t->alarms, t->alarms.k ? TONE_BAD : TONE_PLAIN);
        add_share(&g, &t->exact, TONE_PLAIN);
    }
    print_grid(&g, o, out);
    print_dim("FLAGGED: bugs flagged in every run, of those judged; SOME: in "
              "some runs only;\n"
              "ALARMS: fixes flagged; EXACT: of FLAGGED, with each access at "
              "its labelled line.\n"
              "95 % CI: Wilson score interval of the percentage.\n",
              o, out);
}

static void add_factor(struct grid *g, double x)
{
    if (x > 0)
        grid_cell(g, str_fmt("%.*f", x < 9.95 ? 1 : 0, x), TONE_PLAIN);
    else
        grid_cell(g, str_dup("-"), TONE_DIM);
}

static void add_seconds(struct grid *g, double total, double median,
                        double factor)
{
    grid_cell(g, str_fmt("%.1f", total), TONE_PLAIN);
    grid_cell(g, str_fmt("%.3f", median), TONE_PLAIN);
    add_factor(g, factor);
}

static void print_costs(const struct score *s, const struct format_options *o,
                        FILE *out)
{
    static const char *const heads[] = {"RUNS",   "CPU s",  "MEDIAN", "TIMES",
                                        "WALL s", "MEDIAN", "TIMES",  NULL};
    struct grid g = {.head = "DETECTOR"};
    add_columns(&g, heads);
    for (size_t i = 0; i < s->detectors.n; i++) {
        const struct cost *c = &s->detectors.v[i].cost;
        grid_row(&g, str_dup(s->detectors.v[i].detector->id));
        grid_cell(&g, str_fmt("%u", c->runs), TONE_PLAIN);
        add_seconds(&g, c->cpu, c->cpu_median, c->cpu_factor);
        add_seconds(&g, c->wall, c->wall_median, c->wall_factor);
    }
    print_grid(&g, o, out);
    print_dim("Seconds of all runs, builds aside; MEDIAN: of one run.\n", o,
              out);
    if (!s->baseline)
        return;
    char *note = str_fmt("TIMES: as much as the same programs took under %s, "
                         "uninstrumented.\n",
                         s->baseline->id);
    print_dim(note, o, out);
    free(note);
}

static void add_class_cell(struct grid *g, const struct class_score *c,
                           const struct share *s)
{
    if (s->n == 0)
        grid_cell(g, str_dup("-"), TONE_DIM);
    else if (s->n < c->bugs)
        grid_cell(g, str_fmt("%u/%u", s->k, s->n), TONE_PLAIN);
    else
        grid_cell(g, str_fmt("%u", s->k),
                  s->k == s->n ? TONE_GOOD
                  : s->k == 0  ? TONE_WARN
                               : TONE_PLAIN);
}

static void print_classes(const struct score *s, const struct format_options *o,
                          FILE *out)
{
    struct grid g = {.head = "CLASS"};
    grid_column(&g, "BUGS", true);
    for (size_t i = 0; i < s->detectors.n; i++)
        grid_column(&g, s->detectors.v[i].detector->id, true);
    for (size_t i = 0; i < s->classes.n; i++) {
        const struct class_score *c = &s->classes.v[i];
        if (c->bugs == 0)
            continue;
        grid_row(&g, str_dup(c->class));
        grid_cell(&g, str_fmt("%u", c->bugs), TONE_PLAIN);
        for (size_t j = 0; j < c->tallies.n; j++)
            add_class_cell(&g, c, &c->tallies.v[j].recall);
    }
    print_grid(&g, o, out);
    print_dim("Bugs flagged in every run; k/n: of n that it judged; -: it "
              "judged none.\n",
              o, out);
}

/* The names of l[0, n), all of one class, filled to the width. */
static void print_names(const struct scored_bug *l, size_t n, size_t indent,
                        const struct format_options *o, FILE *out)
{
    size_t width = o->width > 0 ? (size_t)o->width : SIZE_MAX, at = indent;
    for (size_t i = 0; i < n; i++) {
        bool usual = str_eq(l[i].variant->name, "buggy");
        char *name =
            str_fmt("%s%s%s%s", l[i].c->name, usual ? "" : ":",
                    usual ? "" : l[i].variant->name, i + 1 < n ? "," : "");
        if (i > 0 && at + 1 + style_width(name) > width) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
        }
        fputs(" ", out);
        style_text(name, out);
        at += 1 + style_width(name);
        free(name);
    }
    fputc('\n', out);
}

static size_t same_class(const struct scored_bugs *l, size_t i)
{
    size_t n = 1;
    while (i + n < l->n && str_eq(l->v[i + n].c->class, l->v[i].c->class))
        n++;
    return n;
}

static void print_bugs(const struct scored_bugs *l,
                       const struct format_options *o, FILE *out)
{
    size_t indent = 0;
    for (size_t i = 0; i < l->n; i++) {
        size_t n = style_width(l->v[i].c->class) + strlen("  :");
        indent = n > indent ? n : indent;
    }
    for (size_t i = 0, n; i < l->n; i += n) {
        const char *class = l->v[i].c->class;
        n = same_class(l, i);
        fputs("  ", out);
        style_text(class, out);
        fprintf(out, ":%*s", (int)(indent - style_width(class) - 3), "");
        print_names(&l->v[i], n, indent, o, out);
    }
}

/* "12 of 123 bugs are flagged by none of the 3 detectors that judged (of 5):"
 */
static void print_unflagged(const struct report *r,
                            const struct format_options *o, FILE *out)
{
    const struct score *s = &r->score;
    size_t none = s->unflagged.n, told = none ? none : s->bugs;
    fprintf(out, "\n%s%zu of %u bug%s %s flagged by %s of the %u detector%s",
            style(o->color, TONE_BOLD), told, s->bugs, s->bugs == 1 ? "" : "s",
            told == 1 ? "is" : "are", none ? "none" : "at least one",
            s->judging, s->judging == 1 ? "" : "s");
    if (s->judging < r->detectors.n)
        fprintf(out, " that judged (of %zu)", r->detectors.n);
    fprintf(out, "%s%s\n", style(o->color, TONE_PLAIN), none ? ":" : "");
    print_bugs(&s->unflagged, o, out);
    if (none)
        print_dim("`lockstep show CASE` tells why.\n", o, out);
}

void score_text(const struct report *r, const struct format_options *o,
                FILE *out)
{
    const struct score *s = &r->score;
    print_tallies(s, o, out);
    print_costs(s, o, out);
    if (s->bugs > 0) {
        print_classes(s, o, out);
        print_unflagged(r, o, out);
    }
    char *claims = words_claims(r);
    if (claims)
        fprintf(out, "\n%s\n", claims);
    free(claims);
    if (s->unjudged.n) {
        fprintf(out, "\n%zu more bug%s not judged by any detector:\n",
                s->unjudged.n, s->unjudged.n == 1 ? " was" : "s were");
        print_bugs(&s->unjudged, o, out);
    }
}
