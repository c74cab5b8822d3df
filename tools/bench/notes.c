/* What is said below the tables of a measurement.
 * SPDX-License-Identifier: MIT */
#include "bench/sheet.h"

static const char *stop_text(enum bench_stop s)
{
    switch (s) {
    case BENCH_STOP_NARROW:
        return "every interval is narrow enough";
    case BENCH_STOP_ROUNDS:
        return "as many as were asked for";
    case BENCH_STOP_TIME:
        return "the time was up";
    case BENCH_STOP_CANCELLED:
        return "interrupted";
    default:
        return "a run failed";
    }
}

static bool has_model(const struct bench_report *r, enum model m)
{
    for (size_t i = 0; i < r->rows.n; i++)
        if (r->rows.v[i].model == m)
            return true;
    return false;
}

/* Each compiler once, with its runtime. */
static void note_openmp(const struct bench_report *r, struct strv *out)
{
    struct buf b = {0};
    struct strv told = {0};
    for (size_t i = 0; i < r->rows.n; i++) {
        const struct bench_row *row = &r->rows.v[i];
        if (row->model != MODEL_OPENMP || strv_has(&told, row->compiler))
            continue;
        buf_addf(&b, "%s%s by %s", told.n ? ", " : "", row->runtime,
                 row->compiler);
        strv_add(&told, row->compiler);
    }
    if (told.n > 0)
        strv_addf(out, "OpenMP: %s", buf_str(&b));
    buf_fini(&b);
    strv_fini(&told);
}

static void note_affinity(const struct bench_report *r, struct strv *out)
{
    bool openmp = has_model(r, MODEL_OPENMP), mpi = has_model(r, MODEL_MPI);
    strv_addf(out, "affinity: CPUs %s; bound to a core each: %s%s%s%s",
              r->host.cpus ? r->host.cpus : "unknown",
              openmp ? "OpenMP's threads" : "", openmp && mpi ? ", " : "",
              mpi ? "MPI's processes" : "", openmp || mpi ? "" : "none");
}

static void note_outliers(const struct bench_report *r, struct strv *out)
{
    struct bench_outliers n = bench_count_outliers(r);
    if (n.samples > 0)
        strv_addf(out, "%zu of %zu times are outliers, which medians disregard",
                  n.outliers, n.samples);
}

void sheet_notes(const struct bench_report *r, struct strv *out)
{
    strv_addf(out, "%u round%s in %.1f s: %s", r->rounds,
              r->rounds == 1 ? "" : "s", r->elapsed, stop_text(r->stop));
    if (r->base)
        strv_addf(out,
                  "TIMES: as fast as %s by the same compiler; SERIAL: the "
                  "serial fraction",
                  r->base);
    note_openmp(r, out);
    note_affinity(r, out);
    note_outliers(r, out);
    for (size_t i = 0; i < r->skips.n; i++)
        strv_addf(out, "skipped: %s by %s: %s", r->skips.v[i].variant,
                  r->skips.v[i].compiler, r->skips.v[i].reason);
}
