/* Speed-up by threads, and time by size.
 * SPDX-License-Identifier: MIT */
#include "bench/lines.h"
#include "bench/picture_note.h"
#include "bench/pictures.h"

#include <math.h>
#include <stdlib.h>

#define FEW_THREADS 8 /* more are shown on logarithmic axes */
#define FAR_BELOW 30.0

static bool measured(const struct bench_row *row)
{
    return row->seconds.n > 0;
}

static void gather_speedups(const struct bench_report *r, size_t work,
                            struct lines *l)
{
    for (size_t i = 0; i < r->rows.n; i++) {
        const struct bench_row *row = &r->rows.v[i];
        if (row->work != work || !measured(row) || !row->threaded ||
            !row->compared)
            continue;
        struct chart_point p = {row->threads, row->speedup,
                                row->speedup_interval.low,
                                row->speedup_interval.high};
        lines_add(l, row, p);
    }
    lines_finish(l);
}

static enum err write_speedups(const struct bench_report *r, size_t work,
                               const struct lines *l, struct chart *c,
                               FILE *out)
{
    char *title = str_fmt("Speed-up by threads: %s, %s", picture_kernel(r),
                          r->works.v[work].name);
    char *label = str_fmt("Speed-up over %s by the same compiler", r->base);
    char *note = picture_note(r, l->fewest, l->most, true);
    c->title = title;
    c->y.label = label;
    c->footnote = note;
    enum err e = chart_write(c, out);
    free(title);
    free(label);
    free(note);
    return e;
}

enum err picture_speedup(const struct bench_report *r, size_t work, FILE *out)
{
    struct lines l = {0};
    struct chart_points ideal = {0};
    gather_speedups(r, work, &l);
    for (size_t i = 0; i < l.x.n; i++)
        vec_push(&ideal, ((struct chart_point){.x = l.x.v[i], .y = l.x.v[i]}));
    bool log = l.x.n > 0 && l.x.v[l.x.n - 1] > FEW_THREADS;
    struct chart_reference reference = {"ideal", ideal.v, ideal.n};
    struct chart c = {
        .x = {.label = "Threads", .log = log, .ticks = l.x.v, .n_ticks = l.x.n},
        .y = {.log = log, .ticks = l.x.v, .n_ticks = log ? l.x.n : 0},
        .series = l.series.v,
        .n_series = l.series.n,
        .references = &reference,
        .n_references = 1,
        .beside = true};
    enum err e =
        l.series.n ? write_speedups(r, work, &l, &c, out) : ERR_INVALID;
    vec_fini(&ideal);
    lines_fini(&l);
    return e;
}

/* The rows of the sweep by the most threads, in nanoseconds an element. */
static void gather_sizes(const struct bench_report *r, const char *compiler,
                         int threads, struct lines *l)
{
    for (size_t i = 0; i < r->rows.n; i++) {
        const struct bench_row *row = &r->rows.v[i];
        const struct bench_work *w = &r->works.v[row->work];
        if (!measured(row) || !bench_is_sweep(w) || w->size == 0 ||
            !str_eq(row->compiler, compiler) ||
            (row->threaded && row->threads != threads))
            continue;
        double scale = 1e9 / (double)w->size;
        struct chart_point p = {(double)w->size, row->median * scale,
                                row->interval.low * scale,
                                row->interval.high * scale};
        lines_add(l, row, p);
    }
    lines_finish(l);
}

static double least(const struct chart_series *s)
{
    double y = INFINITY;
    for (size_t i = 0; i < s->n; i++)
        y = fmin(y, s->points[i].y);
    return y;
}

/* What is so far below the best of most variants that, shown with it, all
 * others would be one line. */
static double too_low(const struct lines *l)
{
    struct bench_times best = {0};
    for (size_t i = 0; i < l->series.n; i++)
        vec_push(&best, least(&l->series.v[i]));
    double limit = best.n ? stats_median(best.v, best.n) / FAR_BELOW : 0;
    vec_fini(&best);
    return limit;
}

/* "closed-form", or "closed-form from 100000 elements on". */
static void name_cut(const struct chart_series *s, size_t n, struct buf *names)
{
    buf_addf(names, "%s%s",
             names->len ? ", " : "Far below, not shown: ", s->name);
    if (n > 0)
        buf_addf(names, " from %.0f elements on", s->points[n].x);
}

/* Ends each series where it falls below; tells of which in names. */
static void cut_below(struct lines *l, double limit, struct buf *names)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->series.n; i++) {
        struct chart_series s = l->series.v[i];
        size_t n = 0;
        while (n < s.n && s.points[n].y >= limit)
            n++;
        if (n < s.n)
            name_cut(&s, n, names);
        s.n = n;
        if (n > 0)
            l->series.v[kept++] = s;
    }
    l->series.n = kept;
    if (names->len)
        buf_adds(names, ". ");
}

static enum err write_sizes(const struct bench_report *r, const char *compiler,
                            struct lines *l, int threads, FILE *out)
{
    struct buf cut = {0};
    cut_below(l, too_low(l), &cut);
    char *by = picture_threads(threads);
    char *title = str_fmt("Time per element by size: %s, %s, %s",
                          picture_kernel(r), by, compiler);
    char *facts = picture_note(r, l->fewest, l->most, true);
    char *note = str_fmt("%s%s", buf_str(&cut), facts);
    struct chart c = {
        .title = title,
        .x = {.label = "Elements", .log = true},
        .y = {.label = "Time per element", .unit = "ns", .log = true},
        .series = l->series.v,
        .n_series = l->series.n,
        .footnote = note};
    enum err e = chart_write(&c, out);
    buf_fini(&cut);
    free(by);
    free(title);
    free(facts);
    free(note);
    return e;
}

enum err picture_sizes(const struct bench_report *r, const char *compiler,
                       FILE *out)
{
    struct lines l = {0};
    int threads = picture_most_threads(r);
    gather_sizes(r, compiler, threads, &l);
    enum err e =
        l.series.n ? write_sizes(r, compiler, &l, threads, out) : ERR_INVALID;
    lines_fini(&l);
    return e;
}
