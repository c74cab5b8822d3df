/* The command line of lockstep bench.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_BENCH_ARGUMENTS_H
#define LOCKSTEP_CLI_BENCH_ARGUMENTS_H

#include "cli/kernels.h"
#include "cli/options.h"

enum bench_output {
    BENCH_OUTPUT_TABLE,
    BENCH_OUTPUT_JSON,
    BENCH_OUTPUT_CSV,
    BENCH_OUTPUT_MARKDOWN,
};

/* Zero-initialise. */
struct bench_arguments {
    struct options shared;  /* words but the group, cases, out, style */
    enum bench_group group; /* BENCH_GROUP_COUNT: all */
    enum bench_output output;
    unsigned outputs; /* how many were asked for */
    struct strv variants, workloads, compilers;
    char *include_dir;
    char *server;        /* program; NULL: not installed */
    const char *threads; /* a list, or NULL; all here point into argv */
    const char *sizes;
    const char *compare; /* a file of JSON, or NULL */
    const char *save;    /* a folder, or NULL */
    unsigned rounds;
    double seconds; /* 0: not given */
};

/* Ends the program with 2 on a bad option and with 0 on --help.
 * bench_arguments_fini is owed. */
void bench_arguments_parse(struct bench_arguments *a, int argc, char **argv);
void bench_arguments_fini(struct bench_arguments *a);

/* What the parser cannot see: ERR_INVALID with a message in d for outputs that
 * exclude each other, and a thread list that does not fit the computer. */
enum err bench_arguments_check(const struct bench_arguments *a,
                               const struct kernels *kernels, struct diag *d);

#endif
