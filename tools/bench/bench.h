/* Measures what the variants of a kernel bring against its serial one.
 *
 * Every variant is built by every compiler and run with every number of
 * threads. The runs are interleaved: a round runs each configuration once, in
 * an order of its own, so that a slow spell of the computer falls on all. The
 * first round warms up and is discarded. A speed-up is the ratio of medians
 * against the serial variant by the same compiler. Intervals are of 95 %
 * (bench/stats.h); as a measurement may end when they are narrow, they are a
 * little optimistic.
 *
 * A run that crashes, hangs or prints another value than the kernel's is an
 * error, never a sample.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_BENCH_H
#define LOCKSTEP_BENCH_BENCH_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "bench/compiler.h"
#include "bench/plan.h"
#include "bench/stats.h"
#include "model/model.h"
#include "os/host.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define BENCH_MIN_ROUNDS 5
#define BENCH_MAX_ROUNDS 100000
#define BENCH_NARROW 0.02 /* half-width of an interval over its median */

/* One program of the kernel; borrowed. The variant of MODEL_SERIAL is the
 * base of all speed-ups. */
struct bench_variant {
    const char *name;   /* "pthread" */
    const char *source; /* path of its C file */
    enum model model;
};

VEC_TYPE(bench_variants, struct bench_variant);

/* Told now and then, for people who wait. */
struct bench_progress {
    const char *kernel;
    const char *stage;  /* "building", "warming up", "measuring" */
    unsigned round;     /* of the measured ones, from 1 */
    size_t done, total; /* programs built, or runs of this round */
    double elapsed;     /* seconds since the first measured run */
    double widest;      /* relative half-width so far; 0: not known yet */
};

/* Borrowed, all of it. */
struct bench_options {
    const char *kernel; /* for messages and the report */
    const char *include_dir;
    struct bench_variants variants;
    struct strv args;      /* before the number of threads */
    const char *value;     /* what every run must print */
    struct strv compilers; /* commands; what is missing is skipped */
    const char *threads;   /* a list as of plan_parse_threads; NULL: all */
    unsigned rounds;       /* exactly so many; 0: until all is narrow */
    double seconds;        /* no round begins that would end later; 0: no
                            * limit. BENCH_MIN_ROUNDS are made anyway */
    double timeout;        /* seconds of one run; 0 means 60 */
    uint64_t seed;         /* of orders and resamples */
    const char *out_dir;   /* for the programs; made if need be */
    void (*progress)(const struct bench_progress *p, void *arg);
    void *progress_arg;
};

VEC_TYPE(bench_times, double);

/* One configuration. Strings owned unless static. */
struct bench_row {
    char *variant;
    enum model model;
    char *compiler;
    const char *runtime; /* static: "libgomp", "libomp"; else NULL */
    int threads;
    struct bench_times seconds; /* in the order of the rounds */
    long involuntary;           /* context switches forced upon all runs */

    /* From here on only if seconds.n > 0. */
    double median, mad; /* seconds */
    struct stats_interval interval;
    bool compared; /* there is a serial base */
    double speedup;
    struct stats_interval speedup_interval;
    double efficiency; /* speedup / threads */

    char *program; /* path, while it is measured */
    size_t base;   /* index of the serial row, SIZE_MAX: none */
};

VEC_TYPE(bench_rows, struct bench_row);

/* What could not be measured. Owned. */
struct bench_skip {
    char *variant, *compiler, *reason;
};

VEC_TYPE(bench_skips, struct bench_skip);

enum bench_stop {
    BENCH_STOP_NARROW,
    BENCH_STOP_ROUNDS,
    BENCH_STOP_TIME,
    BENCH_STOP_CANCELLED,
    BENCH_STOP_FAILED,
};

struct bench_report {
    char *kernel;
    char *value;
    struct strv args;
    struct host host;
    struct compilers compilers;
    struct bench_rows rows;
    struct bench_skips skips;
    unsigned rounds; /* measured and complete */
    double elapsed;  /* seconds of measuring */
    enum bench_stop stop;
    uint64_t seed;
    double stolen, others; /* shares of all CPU time while measuring */
    struct strv warnings;  /* why not to trust the figures; empty: none */
};

/* Fills report, which bench_report_fini is owed whatever is returned.
 * ERR_CANCELLED after proc_cancel, and ERR_INVALID with messages in d, leave in
 * it what was measured until then. */
enum err bench_run(const struct bench_options *options,
                   struct bench_report *report, struct diag *d);
void bench_report_fini(struct bench_report *r);

/* Figures of the samples as they are now; bench_run does this itself. */
void bench_summarise(struct bench_report *r);

/* The half-width of the row's interval over its median. */
double bench_width(const struct bench_row *row);

const char *bench_stop_id(enum bench_stop s);

/* For people: a table of at most width columns, what was skipped, warnings. */
enum err bench_table(FILE *out, const struct bench_report *r, bool color,
                     size_t width);

/* For programs: one object, a new reference. */
json_t *bench_json(const struct bench_report *r);

#endif
