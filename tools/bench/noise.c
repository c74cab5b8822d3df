/* Reasons to doubt a measurement.
 * SPDX-License-Identifier: MIT */
#include "bench/rows.h"

#include <math.h>

/* Shares and ratios above which a figure is doubted. They are chosen, not
 * derived: on an idle computer all of them stay well below. */
static const double too_stolen = 0.01, too_shared = 0.03, too_spread = 0.02,
                    too_far_off = 0.05, too_drifted = 0.01, too_uneven = 0.05,
                    too_likely = 0.05;

static void judge_rows(struct bench_report *r)
{
    size_t wide = 0, spread = 0, pushed = 0;
    for (size_t i = 0; i < r->rows.n; i++) {
        const struct bench_row *row = &r->rows.v[i];
        if (row->seconds.n == 0)
            continue;
        wide += bench_width(row) > BENCH_NARROW;
        spread += row->mad / row->median > too_spread;
        /* A thread that is alone on its core is hardly ever pushed off. */
        pushed += (double)row->involuntary >
                  10.0 * (double)row->seconds.n * row->threads;
    }
    if (wide)
        strv_addf(&r->warnings,
                  "%zu of %zu intervals are wider than +-%.0f %% of the "
                  "median: measure longer (--seconds), or when it is quieter",
                  wide, r->rows.n, 100 * BENCH_NARROW);
    if (spread)
        strv_addf(&r->warnings,
                  "the times of %zu of %zu rows scatter by more than %.0f %% "
                  "(MAD over median)",
                  spread, r->rows.n, 100 * too_spread);
    if (pushed)
        strv_addf(&r->warnings,
                  "the threads of %zu of %zu rows were pushed off their "
                  "cores more than 10 times a run",
                  pushed, r->rows.n);
}

/* A few stand apart in any series; medians do not mind them. */
static void judge_outliers(struct bench_report *r)
{
    struct bench_outliers n = bench_count_outliers(r);
    if ((double)n.outliers > too_far_off * (double)n.samples)
        strv_addf(&r->warnings,
                  "%zu of %zu times are outliers (modified z-score above %g): "
                  "something disturbs now and then",
                  n.outliers, n.samples, OUTLIER_SCORE);
}

/* Medians of the rounds: a short disturbance is none of the clock's. */
static void judge_pace(struct bench_report *r)
{
    const struct trend *t = &r->drift;
    if (r->pace.n < BENCH_MIN_ROUNDS)
        return;
    if (t->p < too_likely && fabs(t->change) > too_drifted)
        strv_addf(&r->warnings,
                  "the processor became %.1f %% %s meanwhile (Mann-Kendall, "
                  "p %s%.3f): let it warm up, or fix its frequency",
                  100 * fabs(t->change), t->change > 0 ? "slower" : "faster",
                  t->p < 0.001 ? "< " : "= ", fmax(t->p, 0.001));
    double least = stats_quantile(r->pace.v, r->pace.n, 0);
    double most = stats_quantile(r->pace.v, r->pace.n, 1);
    if (most > (1 + too_uneven) * least)
        strv_addf(&r->warnings,
                  "the speed of the processor differed by %.0f %% between "
                  "rounds (a loop of fixed work)",
                  100 * (most / least - 1));
}

static void judge_host(struct bench_report *r)
{
    if (r->others > too_shared)
        strv_addf(&r->warnings,
                  "other programs used %.0f %% of the CPU time meanwhile: "
                  "stop them and repeat",
                  100 * r->others);
    if (r->stolen > too_stolen)
        strv_addf(&r->warnings,
                  "the hypervisor took %.1f %% of the CPU time meanwhile",
                  100 * r->stolen);
    if (r->host.load > 0.5 * r->host.cores)
        strv_addf(&r->warnings,
                  "the load average was %.2f on %d core%s at the start",
                  r->host.load, r->host.cores, r->host.cores == 1 ? "" : "s");
    if (r->host.governor && !str_eq(r->host.governor, "performance"))
        strv_addf(&r->warnings,
                  "the frequency governor is '%s': clocks may change with "
                  "the number of busy cores (cpupower frequency-set -g "
                  "performance)",
                  r->host.governor);
}

void noise_judge(struct bench_report *r)
{
    if (r->rounds > 0 && r->rounds < BENCH_MIN_ROUNDS)
        strv_addf(&r->warnings,
                  "only %u round%s of at least %d: intervals mean little",
                  r->rounds, r->rounds == 1 ? "" : "s", BENCH_MIN_ROUNDS);
    judge_host(r);
    judge_pace(r);
    judge_rows(r);
    judge_outliers(r);
}
