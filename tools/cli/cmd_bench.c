/* lockstep bench: measures what threads bring to the kernels.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"

#include "bench/bench.h"
#include "cli/bench_kernels.h"
#include "os/fs.h"
#include "os/proc.h"

#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct command command_bench = {
    .name = "bench",
    .summary = "measure what threads bring to the kernels",
    .run = run,
};

enum key { KEY_CASES = 256, KEY_OUT, KEY_JSON, KEY_COLOR };

struct arguments {
    struct strv kernels, variants, compilers;
    const char *threads, *cases, *out, *color;
    unsigned rounds;
    double seconds; /* 0: not given */
    bool json;
};

static const struct argp_option options[] = {
    {"threads", 't', "LIST", 0,
     "numbers of threads, such as 1,2,4-8 (default: all up to the cores)", 0},
    {"variants", 'v', "LIST", 0,
     "only these variants; the serial one is always measured", 0},
    {"compilers", 'c', "LIST", 0, "default: gcc,clang-19", 0},
    {"rounds", 'r', "N", 0,
     "exactly N rounds, each one run of every configuration", 0},
    {"time", 's', "S", 0,
     "seconds per kernel at most (default 20; with --rounds: no limit); ends "
     "sooner when all intervals are within 2 % of their medians",
     0},
    {"json", KEY_JSON, NULL, 0, "print JSON instead of tables", 0},
    {"color", KEY_COLOR, "WHEN", 0, "auto, always or never", 0},
    {"cases", KEY_CASES, "DIR", 0, "the corpus (default: cases)", 0},
    {"out", KEY_OUT, "DIR", 0,
     "where programs are built, and removed again (default: $TMPDIR)", 0},
    {0},
};

static double number(struct argp_state *state, const char *option,
                     const char *text, double least, double most)
{
    char *end;
    errno = 0;
    double x = strtod(text, &end);
    if (errno || end == text || *end || !(x >= least && x <= most))
        argp_error(state, "%s: '%s' is no number from %g to %g", option, text,
                   least, most);
    return x;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    struct arguments *a = state->input;
    switch (key) {
    case 't':
        a->threads = text;
        return 0;
    case 'v':
        strv_split(&a->variants, text, ',');
        return 0;
    case 'c':
        strv_split(&a->compilers, text, ',');
        return 0;
    case 'r':
        a->rounds = (unsigned)number(state, "--rounds", text, BENCH_MIN_ROUNDS,
                                     BENCH_MAX_ROUNDS);
        return 0;
    case 's':
        a->seconds = number(state, "--time", text, 0.1, 86400);
        return 0;
    case KEY_JSON:
        a->json = true;
        return 0;
    case KEY_COLOR:
        if (!str_eq(text, "auto") && !str_eq(text, "always") &&
            !str_eq(text, "never"))
            argp_error(state, "--color: '%s' is not auto, always or never",
                       text);
        a->color = text;
        return 0;
    case KEY_CASES:
        a->cases = text;
        return 0;
    case KEY_OUT:
        a->out = text;
        return 0;
    case ARGP_KEY_ARG:
        strv_add(&a->kernels, text);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool color_wanted(const char *when)
{
    if (when && !str_eq(when, "auto"))
        return str_eq(when, "always");
    const char *no = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(no && *no);
}

static size_t table_width(void)
{
    struct winsize w;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= 80)
        return w.ws_col;
    return 80;
}

static void show_progress(const struct bench_progress *p, void *arg)
{
    (void)arg;
    fprintf(stderr, "\r\033[K%s: %s", p->kernel, p->stage);
    if (p->round > 0)
        fprintf(stderr, ", round %u, %.0f s", p->round, p->elapsed);
    fprintf(stderr, " (%zu of %zu)", p->done, p->total);
    if (p->widest > 0)
        fprintf(stderr, ", widest interval +-%.1f %%", 100 * p->widest);
    fflush(stderr);
}

static void print_messages(const struct diag *d)
{
    for (size_t i = 0; i < d->messages.n; i++)
        fprintf(stderr, "lockstep bench: %s\n", d->messages.v[i]);
}

static void on_signal(int number)
{
    (void)number;
    proc_cancel();
}

static void catch_signals(void)
{
    struct sigaction act = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    sigaction(SIGHUP, &act, NULL);
}

static void set_options(const struct arguments *a, const struct kernels *all,
                        const struct kernel *k, struct bench_options *o)
{
    const char *tmp = getenv("TMPDIR");
    o->kernel = k->name;
    o->include_dir = all->dir;
    o->variants = k->variants;
    o->args = k->args;
    o->value = k->value;
    o->compilers = a->compilers;
    o->threads = a->threads;
    o->rounds = a->rounds;
    o->seconds = a->seconds > 0 ? a->seconds : a->rounds > 0 ? 0 : 20;
    o->seed = 1;
    o->out_dir = a->out ? a->out : tmp && *tmp ? tmp : "/tmp";
    if (isatty(STDERR_FILENO))
        o->progress = show_progress;
}

/* Measures one kernel and prints its table, or adds it to reports. */
static enum err bench_one(const struct arguments *a, const struct kernels *all,
                          const struct kernel *k, json_t *reports)
{
    struct bench_options o = {0};
    struct bench_report r;
    struct diag d = {0};
    set_options(a, all, k, &o);
    enum err e = bench_run(&o, &r, &d);
    if (o.progress)
        fputs("\r\033[K", stderr);
    if (a->json)
        json_array_append_new(reports, bench_json(&r));
    else if (r.rows.n > 0 && bench_table(stdout, &r, color_wanted(a->color),
                                         table_width()) != ERR_OK)
        diag_add(&d, "the table could not be written");
    fflush(stdout);
    print_messages(&d);
    diag_fini(&d);
    bench_report_fini(&r);
    return e;
}

static int exit_of(enum err e)
{
    switch (e) {
    case ERR_OK:
        return EXIT_PASSED;
    case ERR_INVALID:
        return EXIT_FAILED;
    case ERR_UNSUPPORTED:
        return EXIT_SKIPPED;
    case ERR_CANCELLED:
        return 128 + SIGINT;
    default:
        return EXIT_INCOMPLETE;
    }
}

static int bench_all(const struct arguments *a, const struct kernels *all)
{
    json_t *reports = json_array();
    int code = EXIT_PASSED;
    catch_signals();
    for (size_t i = 0; i < all->n && !proc_cancelled(); i++) {
        if (i > 0 && !a->json)
            putchar('\n');
        enum err e = bench_one(a, all, &all->v[i], reports);
        if (e != ERR_OK)
            code = exit_of(e);
    }
    if (a->json) {
        json_t *top = json_pack("{s:s, s:o}", "lockstep", LOCKSTEP_VERSION,
                                "bench", reports);
        json_dumpf(top, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(10));
        putchar('\n');
        json_decref(top);
    } else {
        json_decref(reports);
    }
    if (fflush(stdout) != 0 || ferror(stdout))
        code = EXIT_INCOMPLETE;
    return code;
}

static int run(int argc, char **argv)
{
    static const struct argp argp = {
        options,
        parse,
        "[KERNEL...]",
        "Measures the kernels of the corpus: how much faster than the serial "
        "variant each parallel one is, by compiler and number of threads.",
        NULL,
        NULL,
        NULL};
    struct arguments a = {.cases = "cases"};
    struct kernels all = {0};
    struct diag d = {0};
    argp_err_exit_status = EXIT_USAGE;
    argp_parse(&argp, argc, argv, 0, NULL, &a);
    if (a.compilers.n == 0)
        strv_split(&a.compilers, "gcc,clang-19", ',');

    int code = EXIT_USAGE;
    if (kernels_load(a.cases, &a.kernels, &a.variants, &all, &d) == ERR_OK)
        code = bench_all(&a, &all);
    print_messages(&d);
    diag_fini(&d);
    kernels_fini(&all);
    strv_fini(&a.kernels);
    strv_fini(&a.variants);
    strv_fini(&a.compilers);
    return code;
}
