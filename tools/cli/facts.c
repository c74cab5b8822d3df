/* The facts of a page about detectors.
 * SPDX-License-Identifier: MIT */
#include "cli/facts.h"

#include "cli/markdown.h"
#include "cli/prose.h"
#include "detectors/detector.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 80
#define BEGIN "<!-- facts of "
#define LINKS BEGIN "links -->"
#define END "<!-- end of facts -->"

/* ---- what is recorded ---- */

/* What a list is of: the programs of which it says something. */
typedef bool wanted(const struct variant *v, const struct expectation *e);

static bool is_exact(const struct expectation *e)
{
    return e->grade == GRADE_NONE || e->grade == GRADE_EXACT;
}

static bool is_found(const struct variant *v, const struct expectation *e)
{
    return v->buggy && e && e->verdict == VERDICT_FLAGGED && is_exact(e) &&
           e->thanks_to == AID_NONE;
}

static bool is_found_by_annotation(const struct variant *v,
                                   const struct expectation *e)
{
    return v->buggy && e && e->verdict == VERDICT_FLAGGED &&
           e->thanks_to == AID_ANNOTATION;
}

static bool is_found_roughly(const struct variant *v,
                             const struct expectation *e)
{
    return v->buggy && e && e->verdict == VERDICT_FLAGGED && !is_exact(e) &&
           e->thanks_to == AID_NONE;
}

static bool is_found_sometimes(const struct variant *v,
                               const struct expectation *e)
{
    return v->buggy && e && e->verdict == VERDICT_SOMETIMES;
}

static bool is_missed(const struct variant *v, const struct expectation *e)
{
    return v->buggy && e && e->verdict == VERDICT_MISSED;
}

static bool is_alarm(const struct variant *v, const struct expectation *e)
{
    return !v->buggy && e &&
           (e->verdict == VERDICT_FALSE_ALARM ||
            e->verdict == VERDICT_SOMETIMES || e->verdict == VERDICT_FLAGGED);
}

static bool is_death(const struct variant *v, const struct expectation *e)
{
    (void)v;
    return e && e->verdict == VERDICT_CRASHES;
}

static bool is_unmeasured(const struct variant *v, const struct expectation *e)
{
    return v->buggy && !e;
}

/* Beyond what a static detector speaks of, a miss needs no mention. */
static bool is_implied(const struct detector *d, const struct scenario_case *c,
                       const struct variant *v)
{
    return !case_expectation(c, v, d->id) && detector_implied(d, c, v);
}

static void add_name(const struct facts *f, const struct scenario_case *c,
                     const struct variant *v, struct strv *names)
{
    const char *name = case_short_name(f->corpus, c);
    bool usual = str_eq(v->name, "buggy") || str_eq(v->name, "fixed");
    char *text = str_fmt("[%s]%s%s%s", name, usual ? "" : " (`",
                         usual ? "" : v->name, usual ? "" : "`)");
    if (strv_has(names, text))
        free(text);
    else
        strv_take(names, text);
}

/* Every program that d judges, as links; those that are implied only if so. */
static void find(const struct facts *f, const struct detector *d, wanted *is,
                 bool implied, struct strv *names)
{
    for (size_t i = 0; i < f->corpus->cases.n; i++) {
        const struct scenario_case *c = &f->corpus->cases.v[i];
        for (size_t j = 0; j < c->variants.n; j++) {
            const struct variant *v = &c->variants.v[j];
            if (!detector_unsupported(d, v->model) &&
                is(v, detector_expectation(d, c, v)) &&
                is_implied(d, c, v) == implied)
                add_name(f, c, v, names);
        }
    }
}

static void print_list(const struct facts *f, const struct detector *d,
                       wanted *is, const char *title, FILE *out)
{
    struct strv names = {0};
    struct buf b = {0};
    find(f, d, is, false, &names);
    buf_addf(&b, "- **%s, %zu:**", title, names.n);
    for (size_t i = 0; i < names.n; i++)
        buf_addf(&b, "%s %s", i ? "," : "", names.v[i]);
    buf_adds(&b, ".");
    if (names.n)
        prose_print(out, buf_str(&b), 0, WIDTH);
    buf_fini(&b);
    strv_fini(&names);
}

/* What a static detector says nothing of, by its nature. */
static void print_beyond(const struct facts *f, const struct detector *d,
                         FILE *out)
{
    struct strv names = {0};
    if (!d->kinds)
        return;
    find(f, d, is_missed, true, &names);
    char *text = str_fmt("- **Missed by its nature, %zu:** %s", names.n,
                         d->beyond.reason);
    if (names.n)
        prose_print(out, text, 0, WIDTH);
    free(text);
    strv_fini(&names);
}

/* The models that d cannot judge, each with its reason, if there is a case. */
static void print_unsupported(const struct facts *f, const struct detector *d,
                              FILE *out)
{
    bool said[MODEL_COUNT] = {false};
    for (size_t i = 0; i < f->corpus->cases.n; i++) {
        enum model m = f->corpus->cases.v[i].variants.v[0].model;
        const char *why = detector_unsupported(d, m);
        if (!why || said[m])
            continue;
        said[m] = true;
        char *text = str_fmt("- **No %s:** %s.", model_id(m), why);
        prose_print(out, text, 0, WIDTH);
        free(text);
    }
}

/* ---- what was measured ---- */

static json_t *score_of(json_t *costs, const char *id)
{
    json_t *score = json_object_get(costs, "score");
    json_t *all = json_object_get(score, "detectors");
    for (size_t i = 0; i < json_array_size(all); i++) {
        json_t *one = json_array_get(all, i);
        if (str_eq(json_string_value(json_object_get(one, "detector")), id))
            return json_object_get(one, "cost");
    }
    return NULL;
}

static double number(json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

static void print_cost(json_t *costs, const struct detector *d, FILE *out)
{
    json_t *cost = score_of(costs, d->id);
    json_t *host = json_object_get(costs, "host");
    const char *cpu = json_string_value(json_object_get(host, "cpu"));
    struct buf b = {0};
    if (!cost)
        return;
    double seconds = number(cost, "median_cpu_seconds");
    buf_addf(&b, "- **It costs** %.3g %s",
             seconds < 1 ? 1e3 * seconds : seconds, seconds < 1 ? "ms" : "s");
    buf_addf(
        &b, " of processor time for a program (the median of %.0f runs, on %s)",
        number(cost, "runs"), cpu ? cpu : "an unknown processor");
    if (number(cost, "cpu_factor") > 1 && !d->kinds)
        buf_addf(&b, ", %.1f times that of the programs alone",
                 number(cost, "cpu_factor"));
    buf_adds(&b, ".");
    prose_print(out, buf_str(&b), 0, WIDTH);
    buf_fini(&b);
}

static void print_facts(const struct facts *f, json_t *costs,
                        const struct detector *d, FILE *out)
{
    fputc('\n', out);
    print_list(f, d, is_found, "Flagged at their lines", out);
    print_list(f, d, is_found_by_annotation, "Thanks to an annotation", out);
    print_list(f, d, is_found_roughly, "Not at each of their lines", out);
    print_list(f, d, is_found_sometimes, "In some runs only", out);
    print_list(f, d, is_missed, "Missed", out);
    print_beyond(f, d, out);
    print_list(f, d, is_alarm, "False alarms", out);
    print_list(f, d, is_death, "Death under it", out);
    print_list(f, d, is_unmeasured, "Not measured", out);
    print_unsupported(f, d, out);
    print_cost(costs, d, out);
    fputc('\n', out);
}

/* What the names of cases refer to. */
static void print_links(const struct facts *f, FILE *out)
{
    fputc('\n', out);
    for (size_t i = 0; i < f->corpus->cases.n; i++) {
        const struct scenario_case *c = &f->corpus->cases.v[i];
        if (!c->manifest->bench)
            fprintf(out, "[%s]: %s%s/\n", case_short_name(f->corpus, c),
                    f->links, c->id);
    }
    fputc('\n', out);
}

/* ---- the page ---- */

/* The detector of a line that begins facts; *begins if it is such a line. */
static const struct detector *begun(const char *line, bool *begins)
{
    size_t head = strlen(BEGIN);
    *begins = str_starts(line, BEGIN);
    if (!*begins)
        return NULL;
    char *id = str_ndup(line + head, strcspn(line + head, " "));
    const struct detector *d = detector_by_id(id);
    free(id);
    return d;
}

/* A page as it is being printed. */
struct reader {
    const struct facts *f;
    json_t *costs;
    FILE *out;
    struct diag *d;
    struct strv seen; /* ids of detectors */
    int line, open;   /* the line of the mark that is not ended yet, or 0 */
};

static void read_line(struct reader *r, const char *line)
{
    bool begins;
    const struct detector *d = begun(line, &begins);
    r->line++;
    if (begins && r->open)
        diag_at(r->d, r->f->page, r->open, "these facts do not end");
    bool links = begins && str_eq(line, LINKS);
    if (begins && !d && !links)
        diag_at(r->d, r->f->page, r->line, "names no detector");
    if (str_eq(line, END))
        r->open = 0;
    if (!r->open)
        fprintf(r->out, "%s\n", line);
    if (!begins)
        return;
    r->open = r->line;
    if (d)
        strv_add(&r->seen, d->id);
    if (d)
        print_facts(r->f, r->costs, d, r->out);
    if (links)
        print_links(r->f, r->out);
}

static void check(const struct reader *r)
{
    if (r->open)
        diag_at(r->d, r->f->page, r->open, "these facts do not end");
    for (const struct detector *const *d = detectors; *d; d++)
        if (!strv_has(&r->seen, (*d)->id))
            diag_at(r->d, r->f->page, 0, "has no facts of %s; add \"%s%s -->\"",
                    (*d)->id, BEGIN, (*d)->id);
}

static void read_page(struct reader *r)
{
    const char *line = r->f->page_text;
    while (*line) {
        size_t n = strcspn(line, "\n");
        char *copy = str_ndup(line, n);
        read_line(r, copy);
        free(copy);
        line += n + (line[n] == '\n');
    }
    check(r);
}

enum err facts_print(const struct facts *f, FILE *out, struct diag *d)
{
    char *text = NULL;
    size_t n = 0;
    json_t *costs = NULL;
    json_error_t why;
    if (f->costs_text)
        costs = json_loads(f->costs_text, 0, &why);
    if (f->costs_text && !costs)
        diag_at(d, f->costs, why.line, "is no JSON: %s", why.text);
    FILE *page = open_memstream(&text, &n);
    struct reader r = {.f = f, .costs = costs, .out = page, .d = d};
    if (!page)
        diag_add(d, "no memory for the page");
    else
        read_page(&r);
    if (page)
        fclose(page);
    if (d->messages.n == 0)
        fputs(text, out);
    free(text);
    strv_fini(&r.seen);
    json_decref(costs);
    return d->messages.n ? ERR_INVALID : ERR_OK;
}
