/* lockstep bench: measures what threads bring to the kernels.
 * SPDX-License-Identifier: MIT */
#include "cli/bench_output.h"
#include "cli/command.h"
#include "cli/signals.h"
#include "os/proc.h"

#include <unistd.h>

static void show_progress(const struct bench_progress *p, void *arg)
{
    (void)arg;
    fprintf(stderr, "\r%s: %s", p->kernel, p->stage);
    if (p->round > 0)
        fprintf(stderr, ", round %u, %.0f s", p->round, p->elapsed);
    fprintf(stderr, " [%zu/%zu]", p->done, p->total);
    if (p->remaining >= 0)
        fprintf(stderr, " at most %.0f s left", p->remaining);
    if (p->widest > 0)
        fprintf(stderr, ", widest +-%.1f %%", 100 * p->widest);
    fputs("\033[K", stderr);
    fflush(stderr);
}

/* What compilers there are matters little to what waits for a network. */
static void choose_compilers(const struct bench_arguments *a,
                             const struct kernel *k, struct strv *out)
{
    if (a->compilers.n > 0)
        strv_add_all(out, &a->compilers);
    else
        strv_split(out, k->group == BENCH_GROUP_IO ? "gcc" : "gcc,clang-19",
                   ',');
}

static struct bench_options bench_options(const struct bench_arguments *a,
                                          const struct kernel *k)
{
    double limit = a->rounds > 0 ? 0 : 60;
    struct bench_options o = {
        .kernel = k->name,
        .group = k->group,
        .include_dir = a->include_dir,
        .libraries = &k->libraries,
        .variants = k->variants,
        .base = k->base,
        .works = k->works,
        .threads = a->threads,
        .own_threads = k->threads,
        .server = k->server,
        .server_program = a->server,
        .rounds = a->rounds,
        .seconds = a->seconds > 0 ? a->seconds : limit,
        .seed = 1,
        .out_dir = a->shared.out,
        .progress = isatty(STDERR_FILENO) ? show_progress : NULL,
    };
    choose_compilers(a, k, &o.compilers);
    return o;
}

/* Measures one kernel, prints its table if that is the output, and adds it to
 * the reports. */
static enum err bench_one(const struct bench_arguments *a,
                          const struct kernel *k, struct bench_reports *reports)
{
    struct bench_options o = bench_options(a, k);
    struct bench_report r;
    struct diag d = {0};
    enum err e = bench_run(&o, &r, &d);
    if (o.progress)
        fputs("\r\033[K", stderr);
    if (a->output == BENCH_OUTPUT_TABLE && r.rows.n > 0 &&
        bench_table(stdout, &r, a->shared.style.color,
                    (size_t)a->shared.style.width) != ERR_OK)
        diag_add(&d, "the table could not be written");
    fflush(stdout);
    print_diag(&d);
    diag_fini(&d);
    strv_fini(&o.compilers);
    vec_push(reports, r);
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
        return signals_exit_code();
    default:
        return EXIT_INCOMPLETE;
    }
}

static int worse(int a, int b)
{
    bool bad = b == EXIT_FAILED || b > 128 || b == EXIT_INCOMPLETE;
    return a == EXIT_PASSED || bad ? b : a;
}

static int bench_all(const struct bench_arguments *a,
                     const struct kernels *kernels,
                     const struct bench_reports *old)
{
    struct bench_reports reports = {0};
    int code = EXIT_PASSED;
    signals_catch();
    for (size_t i = 0; i < kernels->n && !proc_cancelled(); i++) {
        if (i > 0 && a->output == BENCH_OUTPUT_TABLE)
            putchar('\n');
        int one = exit_of(bench_one(a, &kernels->v[i], &reports));
        code = i == 0 ? one : one == EXIT_SKIPPED ? code : worse(code, one);
    }
    if (bench_output(a, &reports, old) != ERR_OK)
        code = worse(code, EXIT_INCOMPLETE);
    bench_reports_fini(&reports);
    return code;
}

static int prepare(const struct bench_arguments *a, struct choice *c,
                   struct kernels *kernels, struct bench_reports *old)
{
    struct diag d = {0};
    struct kernels_wanted wanted = {a->shared.words.n > 0, a->group,
                                    &a->variants, &a->workloads, a->sizes};
    int code = options_choose(&a->shared, NULL, c);
    if (code == EXIT_PASSED &&
        (kernels_choose(&c->what, &wanted, kernels, &d) != ERR_OK ||
         bench_arguments_check(a, kernels, &d) != ERR_OK ||
         (a->compare && bench_read(a->compare, old, &d) != ERR_OK)))
        code = EXIT_USAGE;
    print_diag(&d);
    diag_fini(&d);
    return code;
}

static int run(int argc, char **argv)
{
    struct bench_arguments a = {0};
    struct choice c = {0};
    struct kernels kernels = {0};
    struct bench_reports old = {0};
    bench_arguments_parse(&a, argc, argv);
    int code = prepare(&a, &c, &kernels, &old);
    if (code == EXIT_PASSED)
        code = bench_all(&a, &kernels, &old);
    bench_reports_fini(&old);
    kernels_fini(&kernels);
    choice_fini(&c);
    bench_arguments_fini(&a);
    return code;
}

const struct command command_bench = {
    .name = "bench",
    .summary = "measure what threads bring to the kernels",
    .run = run,
};
