/* The page of all cases, in Markdown.
 * SPDX-License-Identifier: MIT */
#include "cli/catalogue.h"

#include "cli/catalogue_signs.h"
#include "cli/markdown.h"
#include "cli/prose.h"

#include <stdlib.h>

#define WIDTH 80 /* of prose */

/* How often each verdict is recorded for one detector. */
struct counts {
    unsigned flagged, sometimes, missed, died, unable, unknown; /* of bugs */
    unsigned alarms; /* of what is correct */
};

static void count_bug(struct counts *n, const struct expectation *e)
{
    if (!e)
        n->unknown++;
    else if (e->verdict == VERDICT_FLAGGED)
        n->flagged++;
    else if (e->verdict == VERDICT_SOMETIMES)
        n->sometimes++;
    else if (e->verdict == VERDICT_CRASHES)
        n->died++;
    else
        n->missed++;
}

static struct counts count(const struct corpus *corpus,
                           const struct detector *d)
{
    struct counts n = {0};
    for (size_t i = 0; i < corpus->cases.n; i++) {
        const struct scenario_case *c = &corpus->cases.v[i];
        for (size_t j = 0; j < c->variants.n; j++) {
            const struct variant *v = &c->variants.v[j];
            const struct expectation *e = detector_expectation(d, c, v);
            if (detector_unable(d, c, v))
                n.unable += v->buggy;
            else if (v->buggy)
                count_bug(&n, e);
            else
                n.alarms += e && e->verdict != VERDICT_CLEAN &&
                            e->verdict != VERDICT_CRASHES;
        }
    }
    return n;
}

static void add_row(struct markdown_table *t, const char *const cells[],
                    size_t n)
{
    for (size_t i = 0; i < n; i++)
        strv_add(&t->cells, cells[i]);
}

static void print_counts(const struct corpus *corpus, FILE *out)
{
    static const char *const head[] = {
        "detector", "flagged", "sometimes",    "missed",
        "crashes",  "n/a",     "not measured", "false alarms"};
    struct markdown_table t = {.columns = sizeof head / sizeof *head};
    add_row(&t, head, t.columns);
    for (const struct detector *const *d = detectors; *d; d++) {
        struct counts n = count(corpus, *d);
        const unsigned numbers[] = {n.flagged, n.sometimes, n.missed, n.died,
                                    n.unable,  n.unknown,   n.alarms};
        strv_add(&t.cells, (*d)->id);
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            strv_addf(&t.cells, "%u", numbers[i]);
    }
    markdown_print_table(&t, out);
    strv_fini(&t.cells);
}

static void print_legend(FILE *out)
{
    struct markdown_table t = {.columns = 2};
    add_row(&t, (const char *const[]){"sign", "meaning"}, 2);
    for (const struct catalogue_meaning *m = catalogue_legend; m->sign; m++)
        add_row(&t, (const char *const[]){m->sign, m->text}, 2);
    markdown_print_table(&t, out);
    strv_fini(&t.cells);
}

/* What a corpus holds. */
struct sizes {
    size_t pairs, classes, bugs, fixes; /* classes: of pairs */
    size_t kernels, variants;           /* variants: of kernels */
};

static struct sizes measure(const struct corpus *corpus)
{
    struct sizes s = {0};
    const char *class = NULL;
    for (size_t i = 0; i < corpus->cases.n; i++) {
        const struct scenario_case *c = &corpus->cases.v[i];
        if (c->manifest->bench) {
            s.kernels++;
            s.variants += c->variants.n;
            continue;
        }
        s.pairs++;
        s.classes += !str_eq(class, c->class);
        class = c->class;
        for (size_t j = 0; j < c->variants.n; j++)
            *(c->variants.v[j].buggy ? &s.bugs : &s.fixes) += 1;
    }
    return s;
}

static void print_sizes(const struct corpus *corpus, FILE *out)
{
    struct sizes s = measure(corpus);
    char *text =
        str_fmt("Pairs: %zu, in %zu classes; programs with a bug: "
                "%zu, fixes: %zu. Kernels: %zu, in %zu variants.",
                s.pairs, s.classes, s.bugs, s.fixes, s.kernels, s.variants);
    prose_print(out, text, 0, WIDTH);
    free(text);
}

static char *ids(const struct manifest *m, bool cert)
{
    struct buf b = {0};
    for (unsigned i = 0; !cert && i < m->cwe_count; i++)
        buf_addf(&b, "%s%u", i ? ", " : "", m->cwe[i]);
    for (unsigned i = 0; cert && i < m->cert_count; i++)
        buf_addf(&b, "%s%s", i ? ", " : "", m->cert[i]);
    return buf_take(&b);
}

/* How often the first bug fails in plain runs, as measured, once or more. */
static char *plain(const struct manifest *m)
{
    struct buf b = {0};
    for (unsigned i = 0; i < m->plain_count; i++)
        if (str_eq(manifest_variant(m->plain[i].variant), "buggy"))
            buf_addf(&b, "%s%u/%u", b.len ? ", " : "", m->plain[i].shows,
                     m->plain[i].runs);
    return buf_take(&b);
}

static void add_heads(struct markdown_table *t, enum detector_family f)
{
    for (const struct detector *const *d = detectors; *d; d++) {
        if ((*d)->family != f)
            continue;
        strv_add(&t->cells, (*d)->id);
        t->columns++;
    }
}

static void add_signs(struct markdown_table *t, const struct scenario_case *c,
                      enum detector_family f)
{
    for (const struct detector *const *d = detectors; *d; d++)
        if ((*d)->family == f)
            strv_take(&t->cells, catalogue_sign(c, *d));
}

static bool any_analyser_says(const struct scenario_case *c)
{
    for (const struct detector *const *d = detectors; *d; d++)
        if ((*d)->family == DETECTOR_STATIC && catalogue_says(c, *d))
            return true;
    return false;
}

static void add_case(struct markdown_table *t, const struct corpus *corpus,
                     const struct scenario_case *c)
{
    const struct manifest *m = c->manifest;
    bool fails = m->failure != FAILURE_NONE;
    strv_addf(&t->cells, "[%s]", case_short_name(corpus, c));
    strv_take(&t->cells, markdown_escape(m->title));
    strv_add(&t->cells, fails ? failure_id(m->failure) : "");
    strv_take(&t->cells, ids(m, false));
    strv_take(&t->cells, ids(m, true));
    strv_take(&t->cells, plain(m));
    add_signs(t, c, DETECTOR_DYNAMIC);
    add_signs(t, c, DETECTOR_EXPLORING);
}

static void print_class(const struct catalogue *c, size_t index, FILE *out)
{
    static const char *const head[] = {"case", "title", "fails by",
                                       "CWE",  "CERT",  "plain"};
    const char *class = c->classes->v[index];
    struct markdown_table t = {.columns = sizeof head / sizeof *head};
    add_row(&t, head, t.columns);
    add_heads(&t, DETECTOR_DYNAMIC);
    add_heads(&t, DETECTOR_EXPLORING);
    for (size_t i = 0; i < c->corpus->cases.n; i++)
        if (str_eq(c->corpus->cases.v[i].class, class))
            add_case(&t, c->corpus, &c->corpus->cases.v[i]);
    fprintf(out, "\n## %s\n\n", class);
    prose_print(out, c->notes->v[index], 0, WIDTH);
    fputc('\n', out);
    markdown_print_table(&t, out);
    strv_fini(&t.cells);
}

/* The static detectors, whose columns would be empty in most rows. */
static void print_read(const struct corpus *corpus, FILE *out)
{
    struct markdown_table t = {.columns = 1};
    strv_add(&t.cells, "case");
    add_heads(&t, DETECTOR_STATIC);
    for (size_t i = 0; i < corpus->cases.n && t.columns > 1; i++) {
        const struct scenario_case *c = &corpus->cases.v[i];
        if (!any_analyser_says(c))
            continue;
        strv_addf(&t.cells, "[%s]", case_short_name(corpus, c));
        add_signs(&t, c, DETECTOR_STATIC);
    }
    if (t.cells.n > t.columns) {
        fputs(
            "\n## Before anything runs\n\nWhat the static detectors say, of "
            "the source alone. Of a case that is not in this\ntable none says "
            "anything.\n\n",
            out);
        markdown_print_table(&t, out);
    }
    strv_fini(&t.cells);
}

static void print_not_built(const struct not_built *l, FILE *out)
{
    if (l->pairs_count == 0)
        return;
    fputs("\n## Not built\n\nPairs that were meant to be here, and why they "
          "are not.\n\n",
          out);
    for (unsigned i = 0; i < l->pairs_count; i++) {
        const struct absent_pair *p = &l->pairs[i];
        char *text = str_fmt("- **%s**: %s", p->name, p->reason);
        prose_print(out, text, 0, WIDTH);
        free(text);
    }
}

/* What the first column of each table refers to. */
static void print_links(const struct corpus *corpus, FILE *out)
{
    fputc('\n', out);
    for (size_t i = 0; i < corpus->cases.n; i++)
        fprintf(out, "[%s]: %s/\n",
                case_short_name(corpus, &corpus->cases.v[i]),
                corpus->cases.v[i].id);
}

void catalogue_print(const struct catalogue *c, FILE *out)
{
    fputs("# The cases\n\nMade from the manifests by `make catalogue`.\n\n",
          out);
    print_sizes(c->corpus, out);
    fputs("\nWhat is recorded of each detector, by programs with a bug; false "
          "alarms by\nprograms without:\n\n",
          out);
    print_counts(c->corpus, out);
    fputs("\nIn the tables below, `plain` tells how often the bug shows "
          "without a detector,\nfor each build measured; `lockstep "
          "show CASE` tells why a bug is missed.\n\n",
          out);
    print_legend(out);
    for (size_t i = 0; i < c->classes->n; i++)
        print_class(c, i, out);
    print_read(c->corpus, out);
    print_not_built(c->not_built, out);
    print_links(c->corpus, out);
}
