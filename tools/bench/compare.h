/* What changed between two measurements.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_COMPARE_H
#define LOCKSTEP_BENCH_COMPARE_H

#include "bench/bench.h"

/* One row that both have. Strings borrowed from the new measurement. */
struct change {
    const char *kernel, *workload, *variant, *compiler;
    uint64_t size;
    int threads;
    double before, after;           /* medians, in seconds */
    double ratio;                   /* after / before */
    struct stats_interval interval; /* of the ratio, from both runs' samples */
    bool real;                      /* the interval excludes 1 */
};

/* Zero-initialise. */
struct comparison {
    VEC(struct change) changes;
    size_t only_before, only_after; /* rows that the other one has not */
    struct strv differences;        /* of the computers and compilers */
};

/* Rows are the same by kernel, workload, size, variant, compiler and threads.
 */
void bench_compare(const struct bench_reports *before,
                   const struct bench_reports *after, struct comparison *out);
void comparison_fini(struct comparison *c);

/* For people: the real changes as a table, and how many rows are as before. */
enum err comparison_print(FILE *out, const struct comparison *c, bool color,
                          size_t width);

/* Reads what bench_json wrote, as far as comparing needs it: names, works, the
 * samples of the rows, host, compilers. ERR_INVALID with a message in d for
 * what is none. */
enum err bench_read(const char *path, struct bench_reports *out,
                    struct diag *d);

#endif
