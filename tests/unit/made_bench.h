/* Measurements made by hand. To be included after cmocka.h.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_MADE_BENCH_H
#define LOCKSTEP_TESTS_MADE_BENCH_H

#include "bench/bench.h"

/* A row whose times are `seconds` and up to 4 % more; 0: it was never run. */
static inline struct bench_row *made_row(struct bench_report *r, size_t work,
                                         const char *variant, enum model model,
                                         const char *compiler, int threads,
                                         double seconds)
{
    struct bench_row row = {.work = work,
                            .variant = str_dup(variant),
                            .model = model,
                            .threaded = model != MODEL_SERIAL,
                            .compiler = str_dup(compiler),
                            .runtime = model == MODEL_OPENMP ? "libgomp" : NULL,
                            .threads = threads,
                            .repeats = 3,
                            .base = SIZE_MAX};
    for (int i = 0; i < 5 && seconds > 0; i++)
        vec_push(&row.seconds, seconds * (1 + 0.01 * i));
    for (size_t i = 0; i < r->rows.n; i++)
        if (r->rows.v[i].work == work && r->rows.v[i].model == MODEL_SERIAL &&
            str_eq(r->rows.v[i].compiler, compiler))
            row.base = i;
    if (model == MODEL_SERIAL)
        row.base = r->rows.n;
    vec_push(&r->rows, row);
    return &r->rows.v[r->rows.n - 1];
}

static inline size_t made_work(struct bench_report *r, const char *name,
                               uint64_t size, const char *value)
{
    struct bench_work w = {
        .name = str_dup(name), .size = size, .value = str_dup(value)};
    strv_add(&w.args, "0");
    strv_addf(&w.args, "%d", (int)size);
    vec_push(&r->works, w);
    return r->works.n - 1;
}

/* Serial 200 ms; two threads 100 ms; an OpenMP row that was never run. */
static inline struct bench_report made_bench(void)
{
    struct bench_report r = {.kernel = str_dup("toy"),
                             .base = str_dup("serial"),
                             .host = {.cpu = str_dup("Test CPU"),
                                      .cores = 2,
                                      .cpus = str_dup("0-1"),
                                      .kernel = str_dup("Linux 1 x"),
                                      .load = 0.25},
                             .rounds = 5,
                             .elapsed = 1.5,
                             .stop = BENCH_STOP_TIME,
                             .seed = 3};
    struct compiler gcc = {.command = str_dup("gcc"),
                           .version = str_dup("gcc 12")};
    struct bench_skip skip = {str_dup("openmp"), str_dup("clang-19"),
                              str_dup("no runtime")};
    strv_add(&r.warnings, "it was noisy");
    vec_push(&r.compilers, gcc);
    vec_push(&r.skips, skip);
    made_work(&r, "range", 10, "285");
    made_row(&r, 0, "serial", MODEL_SERIAL, "gcc", 1, 0.2);
    made_row(&r, 0, "pthread", MODEL_PTHREAD, "gcc", 2, 0.1);
    made_row(&r, 0, "openmp", MODEL_OPENMP, "gcc", 2, 0);
    bench_summarise(&r);
    return r;
}

/* A sweep of three sizes in addition: two threads take 100 us more, and half of
 * 1 us for each element. */
static inline void made_sweep(struct bench_report *r)
{
    for (uint64_t size = 100; size <= 10000; size *= 10) {
        size_t w = made_work(r, BENCH_SWEEP, size, NULL);
        double time = (double)size * 1e-6;
        made_row(r, w, "serial", MODEL_SERIAL, "gcc", 1, time);
        made_row(r, w, "pthread", MODEL_PTHREAD, "gcc", 2, 1e-4 + time / 2);
    }
    bench_summarise(r);
}

#endif
