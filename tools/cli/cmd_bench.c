/* lockstep bench: measures what threads bring to the kernels.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/kernels.h"
#include "cli/options.h"
#include "os/fs.h"
#include "os/proc.h"

#include <argp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char doc[] =
    "Measure how much faster than the serial variant of a kernel the parallel "
    "ones are, by compiler and number of threads.\v"
    "Runs are interleaved in shuffled rounds; intervals are of 95 %. A kernel "
    "that computes a wrong value fails the measurement.";

enum key {
    KEY_OUT = 'o',
    KEY_THREADS = 0x100,
    KEY_VARIANTS,
    KEY_COMPILERS,
    KEY_ROUNDS,
    KEY_TIME,
    KEY_JSON,
    KEY_COLOR,
    KEY_CASES,
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
    {"json", KEY_JSON, 0, 0, "Print JSON", 0},
    {"out", KEY_OUT, "DIR", 0,
     "Folder for the programs ($XDG_CACHE_HOME/lockstep)", 0},
    {"color", KEY_COLOR, "WHEN", 0,
     "auto, always or never; auto heeds NO_COLOR", 0},
    {"cases", KEY_CASES, "DIR", 0, "Another corpus", 0},
    {0},
};

struct arguments {
    struct options shared; /* words, cases, out, json, style.color */
    struct strv variants, compilers;
    char *include_dir;
    const char *threads;
    unsigned rounds;
    double seconds; /* 0: not given */
};

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    caught = number;
    proc_cancel();
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

static double number(const char *text, double min, double max,
                     struct argp_state *state)
{
    char *end;
    double x = strtod(text, &end);
    if (end == text || *end || !(x >= min && x <= max))
        argp_error(state, "'%s' is no number from %g to %g", text, min, max);
    return x;
}

static bool wants_color(const char *when, struct argp_state *state)
{
    if (str_eq(when, "always"))
        return true;
    if (!str_eq(when, "never") && !str_eq(when, "auto"))
        argp_error(state, "--color is auto, always or never, not '%s'", when);
    const char *no = getenv("NO_COLOR");
    return str_eq(when, "auto") && isatty(STDOUT_FILENO) && !(no && *no);
}

static void replace(char **field, const char *value)
{
    free(*field);
    *field = str_dup(value);
}

static error_t parse_one(int key, char *text, struct argp_state *state)
{
    struct arguments *a = state->input;
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
        a->rounds =
            (unsigned)number(text, BENCH_MIN_ROUNDS, BENCH_MAX_ROUNDS, state);
        return 0;
    case KEY_TIME:
        a->seconds = number(text, 0.1, 86400, state);
        return 0;
    case KEY_JSON:
        a->shared.json = true;
        return 0;
    case KEY_OUT:
        replace(&a->shared.out, text);
        return 0;
    case KEY_COLOR:
        a->shared.style.color = wants_color(text, state);
        return 0;
    case KEY_CASES:
        replace(&a->shared.cases, text);
        return 0;
    case ARGP_KEY_ARG:
        strv_add(&a->shared.words, text);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void parse(struct arguments *a, int argc, char **argv)
{
    static const struct argp argp = {table, parse_one, "[KERNEL...]", doc,
                                     NULL,  NULL,      NULL};
    a->shared.style.color = wants_color("auto", NULL);
    argp_parse(&argp, argc, argv, 0, NULL, a);
    locate(&a->shared);
    if (a->compilers.n == 0)
        strv_split(&a->compilers, "gcc,clang-19", ',');
    /* A corpus of one's own need not have a copy of the headers. */
    char *header = fs_join(a->shared.cases, "kernel.h");
    bool own = fs_is_file(header);
    a->include_dir = str_dup(own ? a->shared.cases : a->shared.home_cases);
    free(header);
}

static void arguments_fini(struct arguments *a)
{
    options_fini(&a->shared);
    strv_fini(&a->variants);
    strv_fini(&a->compilers);
    free(a->include_dir);
}

static size_t table_width(void)
{
    struct winsize w;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 80)
        return w.ws_col;
    return 80;
}

static void show_progress(const struct bench_progress *p, void *arg)
{
    (void)arg;
    fprintf(stderr, "\r%s: %s", p->kernel, p->stage);
    if (p->round > 0)
        fprintf(stderr, ", round %u, %.0f s", p->round, p->elapsed);
    fprintf(stderr, " [%zu/%zu]", p->done, p->total);
    if (p->widest > 0)
        fprintf(stderr, " widest interval +-%.1f %%", 100 * p->widest);
    fputs("\033[K", stderr);
    fflush(stderr);
}

static struct bench_options bench_options(const struct arguments *a,
                                          const struct kernel *k)
{
    double limit = a->rounds > 0 ? 0 : 20;
    return (struct bench_options){
        .kernel = k->name,
        .include_dir = a->include_dir,
        .variants = k->variants,
        .args = k->args,
        .value = k->value,
        .compilers = a->compilers,
        .threads = a->threads,
        .rounds = a->rounds,
        .seconds = a->seconds > 0 ? a->seconds : limit,
        .seed = 1,
        .out_dir = a->shared.out,
        .progress = isatty(STDERR_FILENO) ? show_progress : NULL,
    };
}

/* Measures one kernel; prints its table, or adds it to reports. */
static enum err bench_one(const struct arguments *a, const struct kernel *k,
                          json_t *reports)
{
    struct bench_options o = bench_options(a, k);
    struct bench_report r;
    struct diag d = {0};
    enum err e = bench_run(&o, &r, &d);
    if (o.progress)
        fputs("\r\033[K", stderr);
    if (a->shared.json)
        json_array_append_new(reports, bench_json(&r));
    else if (r.rows.n > 0 && bench_table(stdout, &r, a->shared.style.color,
                                         table_width()) != ERR_OK)
        diag_add(&d, "the table could not be written");
    fflush(stdout);
    print_diag(&d);
    diag_fini(&d);
    bench_report_fini(&r);
    return e;
}

/* A wrong kernel is the worst news, then what could not be run. */
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
        return 128 + (caught ? caught : SIGINT);
    default:
        return EXIT_INCOMPLETE;
    }
}

static int bench_all(const struct arguments *a, const struct kernels *kernels)
{
    json_t *reports = json_array();
    int code = EXIT_PASSED;
    catch_signals();
    for (size_t i = 0; i < kernels->n && !proc_cancelled(); i++) {
        if (i > 0 && !a->shared.json)
            putchar('\n');
        int one = exit_of(bench_one(a, &kernels->v[i], reports));
        if (code == EXIT_PASSED || one == EXIT_FAILED || one > 128)
            code = one;
    }
    if (a->shared.json) {
        json_dumpf(reports, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(10));
        putchar('\n');
    }
    json_decref(reports);
    return fflush(stdout) == 0 && !ferror(stdout) ? code : EXIT_INCOMPLETE;
}

/* A bad list is a usage error of its own, before anything is built. */
static enum err check_threads(const char *list, struct diag *d)
{
    struct host h;
    struct thread_counts counts = {0};
    host_read(&h);
    enum err e = list ? plan_parse_threads(list, h.cores, &counts, d) : ERR_OK;
    vec_fini(&counts);
    host_fini(&h);
    return e;
}

static int run(int argc, char **argv)
{
    struct arguments a = {0};
    struct corpus corpus = {0};
    struct selections what = {0};
    struct kernels kernels = {0};
    struct diag d = {0};
    parse(&a, argc, argv);
    int code = options_load(&a.shared, &corpus);
    if (code == EXIT_PASSED)
        code = options_select(&a.shared, &corpus, &what);
    if (code == EXIT_PASSED &&
        (check_threads(a.threads, &d) != ERR_OK ||
         kernels_choose(&what, a.shared.words.n > 0, &a.variants, &kernels,
                        &d) != ERR_OK))
        code = EXIT_USAGE;
    print_diag(&d);
    if (code == EXIT_PASSED)
        code = bench_all(&a, &kernels);
    diag_fini(&d);
    kernels_fini(&kernels);
    vec_fini(&what);
    corpus_fini(&corpus);
    arguments_fini(&a);
    return code;
}

const struct command command_bench = {
    .name = "bench",
    .summary = "measure what threads bring to the kernels",
    .run = run,
};
