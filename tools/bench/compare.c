/* What changed between two measurements.
 * SPDX-License-Identifier: MIT */
#include "bench/compare.h"

#include "bench/sheet.h"

#include <libsmartcols.h>
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

static struct libscols_table *table_new(FILE *out, bool color, size_t width)
{
    static const struct {
        const char *name;
        int flags;
    } columns[] = {
        {"WORKLOAD", SCOLS_FL_TRUNC},
        {"VARIANT", SCOLS_FL_TRUNC},
        {"COMPILER", SCOLS_FL_TRUNC},
        {"THR", SCOLS_FL_RIGHT},
        {"BEFORE", SCOLS_FL_RIGHT},
        {"NOW", SCOLS_FL_RIGHT},
        {"TIMES", SCOLS_FL_RIGHT},
        {"CI 95 %", SCOLS_FL_RIGHT},
        {"", 0},
    };
    struct libscols_table *t = scols_new_table();
    if (!t)
        return NULL;
    scols_table_set_stream(t, out);
    scols_table_enable_colors(t, color);
    scols_table_set_termforce(t, SCOLS_TERMFORCE_ALWAYS);
    scols_table_set_termwidth(t, width);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (!scols_table_new_column(t, columns[i].name, 0, columns[i].flags)) {
            scols_unref_table(t);
            return NULL;
        }
    return t;
}

static bool add_line(struct libscols_table *t, const struct change *c)
{
    struct libscols_line *l = scols_table_new_line(t, NULL);
    bool slower = c->ratio > 1;
    if (!l)
        return false;
    char *size = c->size ? sheet_size(c->size) : str_dup("");
    char *cells[] = {str_fmt("%s %s", c->workload, size),
                     str_dup(c->variant),
                     str_dup(c->compiler),
                     str_fmt("%d", c->threads),
                     sheet_duration(c->before),
                     sheet_duration(c->after),
                     str_fmt("%.3f", c->ratio),
                     str_fmt("%.3f-%.3f", c->interval.low, c->interval.high),
                     str_dup(slower ? "slower" : "faster")};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        scols_line_refer_data(l, i, cells[i]);
    scols_cell_set_color(scols_line_get_cell(l, 8), slower ? "red" : "green");
    free(size);
    return true;
}

/* The rows of one kernel, or of all, that changed. */
static enum err print_changes(FILE *out, const struct comparison *c, bool color,
                              size_t width)
{
    struct libscols_table *t = table_new(out, color, width);
    enum err e = t ? ERR_OK : ERR_IO;
    for (size_t i = 0; i < c->changes.n && e == ERR_OK; i++)
        if (c->changes.v[i].real && !add_line(t, &c->changes.v[i]))
            e = ERR_IO;
    if (e == ERR_OK && scols_print_table(t) != 0)
        e = ERR_IO;
    scols_unref_table(t);
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
