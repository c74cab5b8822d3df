/* The facts of a page about detectors.
 * SPDX-License-Identifier: MIT */
#include "cli/facts.h"

#include "cli/facts_recorded.h"
#include "cli/prose.h"
#include "detectors/detector.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 80
#define BEGIN "<!-- facts of "
#define LINKS BEGIN "links -->"
#define END "<!-- end of facts -->"

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
    facts_recorded(f, d, out);
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
