/* The command line of lockstep bench.
 * SPDX-License-Identifier: MIT */
#include "cli/bench_arguments.h"

#include "bench/bench.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

static const char doc[] =
    "Measure how much faster than one variant of a kernel, its base, the "
    "others are, by compiler, number of threads and size. The kernels of the "
    "group cpu compute, those of io wait for a server, those of overhead do "
    "little but start, stop and wait for each other.\v"
    "Runs are interleaved in shuffled rounds; intervals are of 95 %. A kernel "
    "that computes a wrong value fails the measurement.";

enum key {
    KEY_THREADS = 0x200,
    KEY_VARIANTS,
    KEY_WORKLOADS,
    KEY_SIZES,
    KEY_COMPILERS,
    KEY_ROUNDS,
    KEY_SECONDS,
    KEY_CSV,
    KEY_MARKDOWN,
    KEY_COMPARE,
    KEY_SAVE,
};

static const struct argp_option table[] = {
    {"threads", KEY_THREADS, "LIST", 0,
     "Numbers of threads, such as 1,2,4-8 (up to the cores)", 0},
    {"variants", KEY_VARIANTS, "NAME,...", 0, "Only these, beside the base", 0},
    {"workloads", KEY_WORKLOADS, "NAME,...", 0,
     "Only these; 'sweep' is that over sizes", 0},
    {"sizes", KEY_SIZES, "LIST", 0, "Sizes of the sweep, such as 1000,2e6", 0},
    {"compilers", KEY_COMPILERS, "CC,...", 0,
     "Compilers (gcc,clang-19; of the group io gcc)", 0},
    {"rounds", KEY_ROUNDS, "N", 0,
     "Exactly N rounds, each one run of everything", 0},
    {"seconds", KEY_SECONDS, "S", 0,
     "Seconds at most for a kernel (60; none with --rounds); less when all "
     "intervals are narrow, more for the fewest rounds",
     0},
    {"time", 0, NULL, OPTION_ALIAS | OPTION_HIDDEN, NULL, 0},
    {"csv", KEY_CSV, NULL, 0, "Print comma-separated values", 0},
    {"markdown", KEY_MARKDOWN, NULL, 0, "Print a page of Markdown", 0},
    {"compare", KEY_COMPARE, "OLD.json", 0,
     "Tell which rows changed since that measurement", 0},
    {"save", KEY_SAVE, "DIR", 0,
     "Write bench.json, bench.csv, bench.md and pictures there, too", 0},
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
    case KEY_WORKLOADS:
        strv_split(&a->workloads, text, ',');
        return 0;
    case KEY_SIZES:
        a->sizes = text;
        return 0;
    case KEY_COMPILERS:
        strv_split(&a->compilers, text, ',');
        return 0;
    case KEY_ROUNDS:
        a->rounds = (unsigned)options_number("rounds", text, BENCH_MIN_ROUNDS,
                                             BENCH_MAX_ROUNDS, state);
        return 0;
    case KEY_SECONDS:
        a->seconds = options_number("seconds", text, 0.1, 86400, state);
        return 0;
    case KEY_CSV:
        a->output = BENCH_OUTPUT_CSV;
        a->outputs++;
        return 0;
    case KEY_MARKDOWN:
        a->output = BENCH_OUTPUT_MARKDOWN;
        a->outputs++;
        return 0;
    case KEY_COMPARE:
        a->compare = text;
        return 0;
    case KEY_SAVE:
        a->save = text;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The first word may name a group; the others are kernels. */
static void take_group(struct bench_arguments *a)
{
    struct strv *words = &a->shared.words;
    a->group = BENCH_GROUP_COUNT;
    if (words->n == 0)
        return;
    a->group = bench_group_by_id(words->v[0]);
    if (a->group == BENCH_GROUP_COUNT && !str_eq(words->v[0], "all"))
        return;
    free(words->v[0]);
    /* With the NULL at the end. */
    memmove(words->v, words->v + 1, words->n * sizeof *words->v);
    words->n--;
}

void bench_arguments_parse(struct bench_arguments *a, int argc, char **argv)
{
    static const struct argp argp = {table, parse_one, NULL, NULL,
                                     NULL,  NULL,      NULL};
    struct own_options own = {&argp, a, 0};
    options_parse(&a->shared, argc, argv, "[cpu|io|overhead|all] [KERNEL...]",
                  doc, ACCEPT_OUT | ACCEPT_JSON, &own);
    if (a->shared.json)
        a->output = BENCH_OUTPUT_JSON;
    a->outputs += a->shared.json;
    take_group(a);
    /* A corpus of one's own need not have a copy of the headers. */
    char *header = fs_join(a->shared.cases, "kernel.h");
    bool own_header = fs_is_file(header);
    a->include_dir =
        str_dup(own_header ? a->shared.cases : a->shared.home_cases);
    free(header);
    a->server = fs_join(a->shared.lib, "lockstep-server");
    if (!fs_is_executable(a->server)) {
        free(a->server);
        a->server = NULL;
    }
}

void bench_arguments_fini(struct bench_arguments *a)
{
    options_fini(&a->shared);
    strv_fini(&a->variants);
    strv_fini(&a->workloads);
    strv_fini(&a->compilers);
    free(a->include_dir);
    free(a->server);
}

enum err bench_arguments_check(const struct bench_arguments *a,
                               const struct kernels *kernels, struct diag *d)
{
    struct host h;
    enum err e = ERR_OK;
    if (a->outputs > 1) {
        diag_add(d, "--json, --csv and --markdown exclude each other; --save "
                    "writes all three");
        return ERR_INVALID;
    }
    host_read(&h);
    for (size_t i = 0; a->threads && i < kernels->n && e == ERR_OK; i++) {
        struct thread_counts counts = {0};
        int most = plan_most_threads(kernels->v[i].group, h.cores);
        e = plan_parse_threads(a->threads, most, &counts, d);
        vec_fini(&counts);
    }
    host_fini(&h);
    return e;
}
