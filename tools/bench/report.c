/* The figures of a measurement, and the end of them.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

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
}

void bench_summarise(struct bench_report *r)
{
    for (size_t i = 0; i < r->rows.n; i++) {
        struct bench_row *row = &r->rows.v[i];
        if (row->seconds.n == 0)
            continue;
        row->median = stats_median(row->seconds.v, row->seconds.n);
        row->mad = stats_mad(row->seconds.v, row->seconds.n);
        row->interval = stats_median_interval(seed_of(r, i), row->seconds.v,
                                              row->seconds.n);
    }
    for (size_t i = 0; i < r->rows.n; i++)
        if (r->rows.v[i].seconds.n > 0)
            compare(r, i);
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
    compilers_fini(&r->compilers);
    host_fini(&r->host);
    strv_fini(&r->args);
    strv_fini(&r->warnings);
    free(r->kernel);
    free(r->value);
    *r = (struct bench_report){0};
}
