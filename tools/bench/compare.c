/* What changed between two measurements.
 * SPDX-License-Identifier: MIT */
#include "bench/compare.h"

#include "bench/sheet.h"

#include <stdlib.h>

/* A row and what it belongs to. */
struct place {
    const struct bench_report *report;
    const struct bench_row *row;
};

static const struct bench_work *work_of(const struct place *p)
{
    return &p->report->works.v[p->row->work];
}

static bool same(const struct place *a, const struct place *b)
{
    const struct bench_work *v = work_of(a), *w = work_of(b);
    return str_eq(a->report->kernel, b->report->kernel) &&
           str_eq(v->name, w->name) && v->size == w->size &&
           str_eq(a->row->variant, b->row->variant) &&
           str_eq(a->row->compiler, b->row->compiler) &&
           a->row->threads == b->row->threads;
}

VEC_TYPE(places, struct place);

/* All rows that were measured. */
static void list_rows(const struct bench_reports *l, struct places *out)
{
    for (size_t i = 0; i < l->n; i++)
        for (size_t k = 0; k < l->v[i].rows.n; k++)
            if (l->v[i].rows.v[k].seconds.n > 0)
                vec_push(out, ((struct place){&l->v[i], &l->v[i].rows.v[k]}));
}

static const struct place *find(const struct places *l, const struct place *p)
{
    for (size_t i = 0; i < l->n; i++)
        if (same(&l->v[i], p))
            return &l->v[i];
    return NULL;
}

static struct change change_of(const struct place *a, const struct place *b,
                               uint64_t seed)
{
    const struct bench_times *old = &a->row->seconds, *new = &b->row->seconds;
    struct change c = {.kernel = b->report->kernel,
                       .workload = work_of(b)->name,
                       .variant = b->row->variant,
                       .compiler = b->row->compiler,
                       .size = work_of(b)->size,
                       .threads = b->row->threads,
                       .before = stats_median(old->v, old->n),
                       .after = stats_median(new->v, new->n)};
    c.ratio = c.after / c.before;
    c.interval = stats_ratio_interval(seed, new->v, new->n, old->v, old->n);
    c.real = c.interval.low > 1 || c.interval.high < 1;
    return c;
}

static void differ(struct comparison *c, const char *what, const char *a,
                   const char *b)
{
    char *line = str_eq(a, b) ? NULL
                              : str_fmt("%s: %s before, %s now", what,
                                        a ? a : "unknown", b ? b : "unknown");
    if (line && !strv_has(&c->differences, line))
        strv_add(&c->differences, line);
    free(line);
}

static const char *version_of(const struct compilers *l, const char *command)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i].command, command))
            return l->v[i].version;
    return NULL;
}

static void compare_hosts(const struct place *a, const struct place *b,
                          struct comparison *c)
{
    const struct host *old = &a->report->host, *new = &b->report->host;
    differ(c, "processor", old->cpu, new->cpu);
    differ(c, "system", old->kernel, new->kernel);
    differ(c, "CPUs it may run on", old->cpus, new->cpus);
    differ(c, "governor", old->governor, new->governor);
    differ(c, b->row->compiler,
           version_of(&a->report->compilers, b->row->compiler),
           version_of(&b->report->compilers, b->row->compiler));
}

void bench_compare(const struct bench_reports *before,
                   const struct bench_reports *after, struct comparison *out)
{
    struct places old = {0}, new = {0};
    list_rows(before, &old);
    list_rows(after, &new);
    for (size_t i = 0; i < new.n; i++) {
        const struct place *p = find(&old, &new.v[i]);
        if (!p) {
            out->only_after++;
            continue;
        }
        compare_hosts(p, &new.v[i], out);
        vec_push(&out->changes, change_of(p, &new.v[i], i + 1));
    }
    for (size_t i = 0; i < old.n; i++)
        out->only_before += find(&new, &old.v[i]) == NULL;
    vec_fini(&old);
    vec_fini(&new);
}

void comparison_fini(struct comparison *c)
{
    vec_fini(&c->changes);
    strv_fini(&c->differences);
}

static void add_line(const struct change *c, struct sheet *s)
{
    bool slower = c->ratio > 1;
    struct sheet_line l = {.tone = slower ? SHEET_BAD : SHEET_GOOD};
    char *size = c->size ? sheet_size(c->size) : str_dup("");
    strv_addf(&l.cells, "%s %s", c->workload, size);
    strv_add(&l.cells, c->variant);
    strv_add(&l.cells, c->compiler);
    strv_addf(&l.cells, "%d", c->threads);
    strv_take(&l.cells, sheet_duration(c->before));
    strv_take(&l.cells, sheet_duration(c->after));
    strv_addf(&l.cells, "%.3f", c->ratio);
    strv_addf(&l.cells, "%.3f-%.3f", c->interval.low, c->interval.high);
    strv_add(&l.cells, slower ? "slower" : "faster");
    vec_push(&s->lines, l);
    free(size);
}

/* The rows of one kernel, or of all, that changed. */
static enum err print_changes(FILE *out, const struct comparison *c, bool color,
                              size_t width)
{
    static const struct {
        const char *name;
        bool right, cut;
    } columns[] = {
        {"WORKLOAD", .cut = true}, {"VARIANT", .cut = true},
        {"COMPILER", .cut = true}, {"THR", .right = true},
        {"BEFORE", .right = true}, {"NOW", .right = true},
        {"TIMES", .right = true},  {"CI 95 %", .right = true},
        {"", .right = false},
    };
    struct sheet s = {.toned = sizeof columns / sizeof *columns - 1};
    for (size_t i = 0; i <= s.toned; i++)
        sheet_add_head(&s, str_dup(columns[i].name), columns[i].right,
                       columns[i].cut);
    for (size_t i = 0; i < c->changes.n; i++)
        if (c->changes.v[i].real)
            add_line(&c->changes.v[i], &s);
    enum err e = sheet_print(out, &s, color, width);
    sheet_fini(&s);
    return e;
}

/* Of many rows that did not change, some seem to: 95 % is not certainty. */
static void print_sum(FILE *out, const struct comparison *c, size_t real)
{
    size_t n = c->changes.n;
    fprintf(out,
            "%zu of %zu rows changed: the 95 %% interval of the ratio of "
            "medians, from the\nsamples of both runs, excludes 1",
            real, n);
    if (n >= 20)
        fprintf(out, "; of so many, about %zu would by chance", n / 20);
    fputc('\n', out);
    if (c->only_before + c->only_after > 0)
        fprintf(out, "not compared: %zu rows only before, %zu only now\n",
                c->only_before, c->only_after);
    for (size_t i = 0; i < c->differences.n; i++)
        fprintf(out, "not the same: %s\n", c->differences.v[i]);
}

enum err comparison_print(FILE *out, const struct comparison *c, bool color,
                          size_t width)
{
    enum err e = ERR_OK;
    size_t real = 0;
    for (size_t i = 0; i < c->changes.n; i++)
        real += c->changes.v[i].real;
    fputc('\n', out);
    if (real > 0)
        e = print_changes(out, c, color, width);
    print_sum(out, c, real);
    return e == ERR_OK && ferror(out) ? ERR_IO : e;
}
