/* The command line of lockstep bench.
 * SPDX-License-Identifier: MIT */
#include "cli/bench_arguments.h"

#include "bench/bench.h"
#include "os/fs.h"

#include <stdlib.h>

static const char doc[] =
    "Measure how much faster than the serial variant of a kernel the parallel "
    "ones are, by compiler and number of threads.\v"
    "Runs are interleaved in shuffled rounds; intervals are of 95 %. A kernel "
    "that computes a wrong value fails the measurement.";

enum key {
    KEY_THREADS = 0x200,
    KEY_VARIANTS,
    KEY_COMPILERS,
    KEY_ROUNDS,
    KEY_TIME,
};

static const struct argp_option table[] = {
    {"threads", KEY_THREADS, "LIST", 0,
     "Numbers of threads, such as 1,2,4-8 (up to the cores)", 0},
    {"variants", KEY_VARIANTS, "NAME,...", 0,
     "Only these, beside the serial one", 0},
    {"compilers", KEY_COMPILERS, "CC,...", 0, "Compilers (gcc,clang-19)", 0},
    {"rounds", KEY_ROUNDS, "N", 0,
     "Exactly N rounds, each one run of everything", 0},
    {"time", KEY_TIME, "S", 0,
     "Seconds at most for a kernel (20; none with --rounds); less when all "
     "intervals are narrow",
     0},
    {0},
};

static error_t parse_one(int key, char *text, struct argp_state *state)
{
    struct bench_arguments *a = state->input;
    switch (key) {
    case KEY_THREADS:
        a->threads = text;
        return 0;
    case KEY_VARIANTS:
        strv_split(&a->variants, text, ',');
        return 0;
    case KEY_COMPILERS:
        strv_split(&a->compilers, text, ',');
        return 0;
    case KEY_ROUNDS:
        a->rounds = (unsigned)options_number("rounds", text, BENCH_MIN_ROUNDS,
                                             BENCH_MAX_ROUNDS, state);
        return 0;
    case KEY_TIME:
        a->seconds = options_number("time", text, 0.1, 86400, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

void bench_arguments_parse(struct bench_arguments *a, int argc, char **argv)
{
    static const struct argp argp = {table, parse_one, NULL, NULL,
                                     NULL,  NULL,      NULL};
    struct own_options own = {&argp, a, 0};
    options_parse(&a->shared, argc, argv, "[KERNEL...]", doc,
                  ACCEPT_OUT | ACCEPT_JSON, &own);
    if (a->compilers.n == 0)
        strv_split(&a->compilers, "gcc,clang-19", ',');
    /* A corpus of one's own need not have a copy of the headers. */
    char *header = fs_join(a->shared.cases, "kernel.h");
    bool own_header = fs_is_file(header);
    a->include_dir =
        str_dup(own_header ? a->shared.cases : a->shared.home_cases);
    free(header);
}

void bench_arguments_fini(struct bench_arguments *a)
{
    options_fini(&a->shared);
    strv_fini(&a->variants);
    strv_fini(&a->compilers);
    free(a->include_dir);
}

enum err bench_arguments_check(const struct bench_arguments *a, struct diag *d)
{
    struct host h;
    struct thread_counts counts = {0};
    host_read(&h);
    enum err e = a->threads
                     ? plan_parse_threads(a->threads, h.cores, &counts, d)
                     : ERR_OK;
    vec_fini(&counts);
    host_fini(&h);
    return e;
}
