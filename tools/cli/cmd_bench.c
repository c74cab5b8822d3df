/* lockstep bench: measures what threads bring to the kernels.
 * SPDX-License-Identifier: MIT */
#include "cli/bench_arguments.h"
#include "cli/command.h"
#include "cli/kernels.h"
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
    if (p->widest > 0)
        fprintf(stderr, " widest interval +-%.1f %%", 100 * p->widest);
    fputs("\033[K", stderr);
    fflush(stderr);
}

static struct bench_options bench_options(const struct bench_arguments *a,
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
static enum err bench_one(const struct bench_arguments *a,
                          const struct kernel *k, json_t *reports)
{
    struct bench_options o = bench_options(a, k);
    struct bench_report r;
    struct diag d = {0};
    enum err e = bench_run(&o, &r, &d);
    if (o.progress)
        fputs("\r\033[K", stderr);
    if (a->shared.json)
        json_array_append_new(reports, bench_json(&r));
    else if (r.rows.n > 0 &&
             bench_table(stdout, &r, a->shared.style.color,
                         (size_t)a->shared.style.width) != ERR_OK)
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
        return signals_exit_code();
    default:
        return EXIT_INCOMPLETE;
    }
}

static int bench_all(const struct bench_arguments *a,
                     const struct kernels *kernels)
{
    json_t *reports = json_array();
    int code = EXIT_PASSED;
    signals_catch();
    for (size_t i = 0; i < kernels->n && !proc_cancelled(); i++) {
        if (i > 0 && !a->shared.json)
            putchar('\n');
        int one = exit_of(bench_one(a, &kernels->v[i], reports));
        if (code == EXIT_PASSED || one == EXIT_FAILED || one > 128)
            code = one;
    }
    if (a->shared.json) {
        json_t *top = json_pack("{s:s, s:O}", "lockstep", LOCKSTEP_VERSION,
                                "bench", reports);
        json_dumpf(top, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(10));
        putchar('\n');
        json_decref(top);
    }
    json_decref(reports);
    return fflush(stdout) == 0 && !ferror(stdout) ? code : EXIT_INCOMPLETE;
}

static int run(int argc, char **argv)
{
    struct bench_arguments a = {0};
    struct choice c = {0};
    struct kernels kernels = {0};
    struct diag d = {0};
    bench_arguments_parse(&a, argc, argv);
    int code = options_choose(&a.shared, NULL, &c);
    if (code == EXIT_PASSED &&
        (bench_arguments_check(&a, &d) != ERR_OK ||
         kernels_choose(&c.what, a.shared.words.n > 0, &a.variants, &kernels,
                        &d) != ERR_OK))
        code = EXIT_USAGE;
    print_diag(&d);
    if (code == EXIT_PASSED)
        code = bench_all(&a, &kernels);
    diag_fini(&d);
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
