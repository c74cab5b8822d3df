/* Measures what the variants of a kernel bring against one of them, the base.
 *
 * Every variant is built by every compiler and run with every number of
 * threads, for each thing there is to compute. The runs are interleaved: a
 * round runs each configuration once, in an order of its own, so that a slow
 * spell of the computer falls on all. The first round warms up and is
 * discarded. What is computed rests when the intervals of all its rows are
 * narrow, or when a round of it would outlast the time; the rows that are
 * compared with each other so have the same rounds. A speed-up is the ratio of
 * medians against the base by the same compiler. Intervals are of 95 %
 * (bench/stats.h); as a measurement may end when they are narrow, they are a
 * little optimistic.
 *
 * A run that crashes, hangs or prints another value than the others is an
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
#include "bench/trend.h"
#include "bench/web.h"
#include "model/manifest.h"
#include "os/host.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define BENCH_MIN_ROUNDS 5
#define BENCH_MAX_ROUNDS 100000
#define BENCH_NARROW 0.02 /* half-width of an interval over its median */
#define BENCH_SWEEP "sweep"

/* One program of the kernel; borrowed. */
struct bench_variant {
    const char *name;   /* "pthread" */
    const char *source; /* path of its C file */
    enum model model;
    bool threads; /* it uses as many as it is told; else one */
};

VEC_TYPE(bench_variants, struct bench_variant);

/* One thing that all variants compute: a workload, or one size of the sweep.
 * Strings owned. */
struct bench_work {
    char *name;        /* "range"; BENCH_SWEEP for all sizes of the sweep */
    uint64_t size;     /* elements; 0: not told */
    struct strv args;  /* before the number of threads */
    struct strv paths; /* to be fetched from the server; none: no server */
    unsigned requests; /* so many, the paths in turn; 0: each path once */
    char *value;       /* what all runs print; NULL: not known yet */
    char *value_of;    /* the program that printed it first; NULL: given */
    double cost;       /* seconds of its part of a round, the latest one */
};

VEC_TYPE(bench_works, struct bench_work);

bool bench_is_sweep(const struct bench_work *w);

/* How many pages it fetches; 0 without a server. */
size_t bench_requests(const struct bench_work *w);

void bench_works_copy(struct bench_works *to, const struct bench_works *from);
void bench_works_fini(struct bench_works *l);

/* Told now and then, for people who wait. */
struct bench_progress {
    const char *kernel;
    const char *stage;  /* "building", "warming up", "measuring" */
    unsigned round;     /* of the measured ones, from 1 */
    size_t done, total; /* programs built, or runs of this round */
    double elapsed;     /* seconds since the first measured run */
    double remaining;   /* seconds, at most; negative: not known yet */
    double widest;      /* relative half-width so far; 0: not known yet */
};

/* Borrowed, all of it. */
struct bench_options {
    const char *kernel; /* for messages and the report */
    enum bench_group group;
    const char *include_dir;
    const struct strv *libraries; /* to link with; NULL: none */
    struct bench_variants variants;
    const char *base;         /* the variant; NULL: the one of MODEL_SERIAL */
    struct bench_works works; /* left as they are */
    struct strv compilers;    /* commands; what is missing is skipped */
    const char *threads;      /* a list as of plan_parse_threads; or NULL */
    struct thread_counts own_threads;  /* then: the kernel's; none: all cores */
    const struct server_entry *server; /* for works with paths */
    const char *server_program;        /* its path; NULL: not installed */
    unsigned rounds;     /* exactly so many; 0: until all is narrow */
    double seconds;      /* no round begins that would end later; 0: no limit.
                          * BENCH_MIN_ROUNDS are made anyway */
    double timeout;      /* seconds of one run; 0 means 60 */
    uint64_t seed;       /* of orders and resamples */
    const char *out_dir; /* for the programs; made if need be */
    void (*progress)(const struct bench_progress *p, void *arg);
    void *progress_arg;
};

VEC_TYPE(bench_times, double);

/* From which size on a row's variant is faster than the base, and stays so, by
 * intervals that leave no doubt. Zeros: not within the sizes measured. */
struct bench_break_even {
    uint64_t above;  /* the greatest size below `at` with doubt or loss */
    uint64_t at;     /* the smallest size from which on it is faster */
    double estimate; /* where the medians cross between the two, by a straight
                      * line of the logarithms; 0: they do not */
};

/* One configuration. Strings owned unless static. */
struct bench_row {
    size_t work; /* index */
    char *variant;
    enum model model;
    bool threaded; /* the variant uses threads */
    char *compiler;
    const char *runtime; /* static: "libgomp", "libomp", "mpi"; else NULL */
    int threads;
    struct bench_times seconds; /* of one repetition, in the order of rounds */
    unsigned long repeats;      /* repetitions of the latest run */
    long involuntary;           /* context switches forced upon all runs */

    /* From here on only if seconds.n > 0. */
    double median, mad; /* seconds */
    struct stats_interval interval;
    size_t outliers;
    bool compared; /* there is a base that was measured */
    double speedup;
    struct stats_interval speedup_interval;
    double efficiency; /* speedup / threads */
    bool has_fraction; /* threaded, more than one thread, and compared */
    double fraction;   /* Karp and Flatt's serial fraction */
    struct stats_interval fraction_interval;
    bool sweeps; /* compared, in the sweep, and not the base: has break_even */
    struct bench_break_even break_even;

    char *program; /* path, while it is measured */
    size_t base;   /* index of the base's row, SIZE_MAX: none */
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
    enum bench_group group;
    char *base; /* the variant's name; NULL: there is none */
    const struct server_entry *server; /* of the options; NULL: none */
    struct host host;
    struct compilers compilers;
    struct bench_works works;
    struct bench_rows rows; /* by work, the base first, then by variant */
    struct bench_skips skips;
    unsigned rounds; /* measured and complete */
    double elapsed;  /* seconds of measuring */
    enum bench_stop stop;
    uint64_t seed;
    double stolen, others;   /* shares of all CPU time while measuring */
    struct bench_times pace; /* seconds of a fixed loop, the median by round */
    struct trend drift;      /* of the pace; only if pace.n > 1 */
    struct strv warnings;    /* why not to trust the figures; empty: none */
};

VEC_TYPE(bench_reports, struct bench_report);

/* Fills report, which bench_report_fini is owed whatever is returned.
 * ERR_CANCELLED after proc_cancel, and ERR_INVALID with messages in d, leave in
 * it what was measured until then. */
enum err bench_run(const struct bench_options *options,
                   struct bench_report *report, struct diag *d);
void bench_report_fini(struct bench_report *r);
void bench_reports_fini(struct bench_reports *l);

/* Figures of the samples as they are now; bench_run does this itself. */
void bench_summarise(struct bench_report *r);

/* Only median, MAD and interval of one row that has samples. */
void bench_summarise_row(struct bench_report *r, size_t row);

/* Both are of one program and number of threads, whatever they compute. */
bool bench_same_program(const struct bench_row *a, const struct bench_row *b);

/* The samples of all rows, and how many of them are outliers. */
struct bench_outliers {
    size_t samples, outliers;
};
struct bench_outliers bench_count_outliers(const struct bench_report *r);

/* The half-width of the row's interval over its median. */
double bench_width(const struct bench_row *row);

const char *bench_stop_id(enum bench_stop s);

/* For people: tables of at most width columns, what was skipped, warnings. */
enum err bench_table(FILE *out, const struct bench_report *r, bool color,
                     size_t width);

/* For programs: one object, a new reference. */
json_t *bench_json(const struct bench_report *r);

/* All rows of all reports as comma-separated values (RFC 4180) with a header,
 * and as a page of Markdown. */
enum err bench_csv(FILE *out, const struct bench_reports *l);
enum err bench_markdown(FILE *out, const struct bench_reports *l);

#endif
