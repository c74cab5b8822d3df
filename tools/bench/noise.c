/* Reasons to doubt a measurement.
 * SPDX-License-Identifier: MIT */
#include "bench/rows.h"

#include <math.h>

/* Shares and ratios above which a figure is doubted. They are chosen, not
 * derived: on an idle computer all of them stay well below. */
static const double too_stolen = 0.01, too_shared = 0.03, too_spread = 0.02;

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
                  "median: measure longer (--time), or when it is quieter",
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
    judge_rows(r);
}
