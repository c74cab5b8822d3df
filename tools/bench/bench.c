/* Measures a kernel in interleaved rounds.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include "bench/rows.h"
#include "bench/sample.h"
#include "os/clock.h"
#include "os/fs.h"
#include "os/proc.h"

#include <errno.h>
#include <stdlib.h>

struct run {
    const struct bench_options *options;
    struct bench_report *report;
    struct diag *diag;
    struct bench_progress progress;
    size_t *order;
    double start;       /* of measuring */
    double round_start; /* of the round that is being made */
};

static void tell(struct run *run, size_t done)
{
    const struct bench_options *o = run->options;
    run->progress.done = done;
    run->progress.elapsed = clock_now() - run->start;
    if (o->progress)
        o->progress(&run->progress, o->progress_arg);
}

/* One run of one row, kept or only made. */
static enum err measure(struct run *run, struct bench_row *row, bool keep)
{
    const struct bench_options *o = run->options;
    struct sample_spec spec = {.program = row->program,
                               .args = &o->args,
                               .threads = row->threads,
                               .value = o->value,
                               .timeout = o->timeout > 0 ? o->timeout : 60};
    struct sample s;
    enum err e = sample_take(&spec, &s, run->diag);
    if (e == ERR_OK && keep) {
        vec_push(&row->seconds, s.seconds);
        row->involuntary += s.involuntary;
    }
    return e;
}

/* Round 0 warms up. */
static enum err make_round(struct run *run, unsigned round)
{
    struct bench_rows *rows = &run->report->rows;
    run->progress.stage = round ? "measuring" : "warming up";
    run->progress.round = round;
    run->progress.total = rows->n;
    run->round_start = clock_now();
    plan_order(run->options->seed, round, rows->n, run->order);
    for (size_t i = 0; i < rows->n; i++) {
        tell(run, i);
        enum err e = proc_cancelled()
                         ? ERR_CANCELLED
                         : measure(run, &rows->v[run->order[i]], round > 0);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

static double widest(const struct bench_report *r)
{
    double widest = 0;
    for (size_t i = 0; i < r->rows.n; i++) {
        double width = bench_width(&r->rows.v[i]);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* True when the rounds made are enough; says why in the report. */
static bool enough(struct run *run)
{
    const struct bench_options *o = run->options;
    struct bench_report *r = run->report;
    if (r->rounds < BENCH_MIN_ROUNDS)
        return false;
    if (o->rounds > 0 ? r->rounds >= o->rounds
                      : r->rounds >= BENCH_MAX_ROUNDS) {
        r->stop = BENCH_STOP_ROUNDS;
        return true;
    }
    if (o->rounds == 0) {
        bench_summarise(r);
        run->progress.widest = widest(r);
        r->stop = BENCH_STOP_NARROW;
        if (run->progress.widest <= BENCH_NARROW)
            return true;
    }
    double now = clock_now();
    r->stop = BENCH_STOP_TIME;
    return o->seconds > 0 &&
           now - run->start + (now - run->round_start) > o->seconds;
}

static enum err make_rounds(struct run *run)
{
    struct bench_report *r = run->report;
    run->order = mem_new(r->rows.n, sizeof *run->order);
    run->start = clock_now();
    enum err e = make_round(run, 0);
    struct host_usage before, after;
    host_usage(&before);
    run->start = clock_now();
    while (e == ERR_OK && !enough(run)) {
        e = make_round(run, r->rounds + 1);
        r->rounds += e == ERR_OK;
    }
    r->elapsed = clock_now() - run->start;
    host_usage(&after);
    r->stolen = host_stolen(&before, &after);
    r->others = host_others(&before, &after);
    if (e != ERR_OK)
        r->stop = e == ERR_CANCELLED ? BENCH_STOP_CANCELLED : BENCH_STOP_FAILED;
    free(run->order);
    return e;
}

static enum err check(const struct bench_options *o, struct diag *d)
{
    if (o->rounds > 0 && o->rounds < BENCH_MIN_ROUNDS)
        diag_add(d, "--rounds %u: at least %d are needed for an interval",
                 o->rounds, BENCH_MIN_ROUNDS);
    else if (o->rounds > BENCH_MAX_ROUNDS)
        diag_add(d, "--rounds %u: give at most %d", o->rounds,
                 BENCH_MAX_ROUNDS);
    else if (o->variants.n == 0)
        diag_add(d, "%s: no variant to measure", o->kernel);
    else if (o->compilers.n == 0)
        diag_add(d, "no compiler to measure with; give --compilers");
    else
        return ERR_OK;
    return ERR_INVALID;
}

/* A folder of its own, so that measurements do not meet. */
static enum err make_dir(const char *out_dir, char **dir, struct diag *d)
{
    enum err e = fs_mkdirs(out_dir);
    char *made = fs_join(out_dir, "bench-XXXXXX");
    if (e == ERR_OK && !mkdtemp(made))
        e = err_from_errno(errno);
    if (e == ERR_OK) {
        *dir = made;
        return ERR_OK;
    }
    diag_add(d, "%s: %s; choose another folder with --out", out_dir,
             err_text(e));
    free(made);
    return e;
}

enum err bench_run(const struct bench_options *o, struct bench_report *r,
                   struct diag *d)
{
    *r = (struct bench_report){.kernel = str_dup(o->kernel),
                               .value = str_dup(o->value),
                               .seed = o->seed,
                               .stop = BENCH_STOP_FAILED};
    strv_add_all(&r->args, &o->args);
    host_read(&r->host);

    char *dir = NULL;
    struct run run = {.options = o, .report = r, .diag = d};
    run.progress.kernel = o->kernel;
    enum err e = check(o, d);
    if (e == ERR_OK)
        e = make_dir(o->out_dir, &dir, d);
    if (e == ERR_OK)
        e = rows_make(o, dir, r, d);
    if (e == ERR_OK)
        e = make_rounds(&run);
    if (e == ERR_CANCELLED)
        r->stop = BENCH_STOP_CANCELLED;
    bench_summarise(r);
    noise_judge(r);
    if (dir)
        fs_remove(dir);
    free(dir);
    return e;
}
