/* The figures of a measurement, and the end of them.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include "bench/scaling.h"

#include <stdlib.h>

double bench_width(const struct bench_row *row)
{
    if (row->seconds.n == 0)
        return 0;
    return (row->interval.high - row->interval.low) / 2 / row->median;
}

/* Each row resamples with a stream of its own. */
static uint64_t seed_of(const struct bench_report *r, size_t row)
{
    struct stats_random random = {r->seed + row};
    return stats_random(&random);
}

void bench_summarise_row(struct bench_report *r, size_t i)
{
    struct bench_row *row = &r->rows.v[i];
    const struct bench_times *s = &row->seconds;
    if (s->n == 0)
        return;
    row->median = stats_median(s->v, s->n);
    row->mad = stats_mad(s->v, s->n);
    row->interval = stats_median_interval(seed_of(r, i), s->v, s->n);
    row->outliers = trend_outliers(s->v, s->n);
}

/* A greater speed-up is a smaller fraction. */
static void find_fraction(struct bench_row *row, bool is_base)
{
    const struct stats_interval *s = &row->speedup_interval;
    row->has_fraction = row->threaded && row->threads > 1 && !is_base;
    if (!row->has_fraction)
        return;
    row->fraction = scaling_serial_fraction(row->speedup, row->threads);
    row->fraction_interval =
        (struct stats_interval){scaling_serial_fraction(s->high, row->threads),
                                scaling_serial_fraction(s->low, row->threads)};
}

static void compare(struct bench_report *r, size_t i)
{
    struct bench_row *row = &r->rows.v[i];
    row->compared = row->base < r->rows.n && r->rows.v[row->base].seconds.n;
    if (!row->compared)
        return;
    const struct bench_row *base = &r->rows.v[row->base];
    row->speedup = base->median / row->median;
    row->efficiency = row->speedup / row->threads;
    row->speedup_interval =
        row == base ? (struct stats_interval){1, 1}
                    : stats_ratio_interval(seed_of(r, i), base->seconds.v,
                                           base->seconds.n, row->seconds.v,
                                           row->seconds.n);
    row->sweeps = row != base && r->works.n > row->work &&
                  bench_is_sweep(&r->works.v[row->work]);
    find_fraction(row, row == base);
}

VEC_TYPE(points, struct scaling_point);

bool bench_same_program(const struct bench_row *a, const struct bench_row *b)
{
    return str_eq(a->variant, b->variant) && str_eq(a->compiler, b->compiler) &&
           a->threads == b->threads;
}

/* What the sweep measured of the row's program, by size. */
static void list_points(const struct bench_report *r,
                        const struct bench_row *like, struct points *out)
{
    for (size_t i = 0; i < r->rows.n; i++) {
        const struct bench_row *row = &r->rows.v[i];
        if (!row->sweeps || !bench_same_program(row, like))
            continue;
        struct scaling_point p = {(double)r->works.v[row->work].size,
                                  row->speedup, row->speedup_interval};
        vec_push(out, p);
    }
}

static void find_break_even(const struct bench_report *r, struct bench_row *row)
{
    struct points points = {0};
    list_points(r, row, &points);
    size_t at = scaling_break_even(points.v, points.n);
    row->break_even = (struct bench_break_even){0};
    if (at < points.n)
        row->break_even.at = (uint64_t)points.v[at].size;
    if (at > 0 && at < points.n) {
        row->break_even.above = (uint64_t)points.v[at - 1].size;
        row->break_even.estimate =
            scaling_crossing(&points.v[at - 1], &points.v[at]);
    }
    vec_fini(&points);
}

void bench_summarise(struct bench_report *r)
{
    for (size_t i = 0; i < r->rows.n; i++)
        bench_summarise_row(r, i);
    for (size_t i = 0; i < r->rows.n; i++)
        if (r->rows.v[i].seconds.n > 0)
            compare(r, i);
    for (size_t i = 0; i < r->rows.n; i++)
        if (r->rows.v[i].sweeps)
            find_break_even(r, &r->rows.v[i]);
    if (r->pace.n > 1)
        r->drift = trend_test(r->pace.v, r->pace.n);
}

struct bench_outliers bench_count_outliers(const struct bench_report *r)
{
    struct bench_outliers sum = {0};
    for (size_t i = 0; i < r->rows.n; i++) {
        sum.samples += r->rows.v[i].seconds.n;
        sum.outliers += r->rows.v[i].outliers;
    }
    return sum;
}

const char *bench_stop_id(enum bench_stop s)
{
    static const char *const ids[] = {"narrow", "rounds", "time", "cancelled",
                                      "failed"};
    return ids[s];
}

static void row_fini(struct bench_row *row)
{
    free(row->variant);
    free(row->compiler);
    free(row->program);
    vec_fini(&row->seconds);
}

static void skip_fini(struct bench_skip *s)
{
    free(s->variant);
    free(s->compiler);
    free(s->reason);
}

void bench_report_fini(struct bench_report *r)
{
    for (size_t i = 0; i < r->rows.n; i++)
        row_fini(&r->rows.v[i]);
    for (size_t i = 0; i < r->skips.n; i++)
        skip_fini(&r->skips.v[i]);
    vec_fini(&r->rows);
    vec_fini(&r->skips);
    vec_fini(&r->pace);
    bench_works_fini(&r->works);
    compilers_fini(&r->compilers);
    host_fini(&r->host);
    strv_fini(&r->warnings);
    free(r->kernel);
    free(r->base);
    *r = (struct bench_report){0};
}

void bench_reports_fini(struct bench_reports *l)
{
    for (size_t i = 0; i < l->n; i++)
        bench_report_fini(&l->v[i]);
    vec_fini(l);
}
