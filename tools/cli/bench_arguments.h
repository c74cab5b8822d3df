/* The command line of lockstep bench.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_BENCH_ARGUMENTS_H
#define LOCKSTEP_CLI_BENCH_ARGUMENTS_H

#include "cli/options.h"

/* Zero-initialise. */
struct bench_arguments {
    struct options shared; /* words, cases, out, json, style.color */
    struct strv variants, compilers;
    char *include_dir;
    const char *threads;
    unsigned rounds;
    double seconds; /* 0: not given */
};

/* Ends the program with 2 on a bad option and with 0 on --help; a->threads
 * points into argv. bench_arguments_fini is owed. */
void bench_arguments_parse(struct bench_arguments *a, int argc, char **argv);
void bench_arguments_fini(struct bench_arguments *a);

/* What needs to know the computer: ERR_INVALID with a message in d for a
 * thread list that does not fit it. */
enum err bench_arguments_check(const struct bench_arguments *a, struct diag *d);

#endif
