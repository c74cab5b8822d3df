/* Interleaved rounds.
 * SPDX-License-Identifier: MIT */
#include "bench/rounds.h"

#include "bench/budget.h"
#include "bench/pace.h"
#include "bench/sample.h"
#include "os/clock.h"
#include "os/proc.h"

#include <stdlib.h>

struct run {
    const struct bench_options *options;
    const struct web *server;
    struct bench_report *report;
    struct diag *diag;
    struct bench_progress progress;
    bool *wanted, *active;    /* by work */
    size_t *order;            /* of the rows of a round */
    struct bench_times paces; /* of this round */
    double start;             /* of measuring */
    double last;              /* seconds that the latest round took */
};

/* What is left of the time, or of the rounds that are made anyway. */
static double remaining(const struct run *run)
{
    const struct bench_options *o = run->options;
    const struct bench_progress *p = &run->progress;
    unsigned least = o->rounds > 0 ? o->rounds : BENCH_MIN_ROUNDS;
    unsigned full = least > p->round ? least - p->round : 0;
    double share = p->total ? 1 - (double)p->done / (double)p->total : 0;
    double rounds = run->last * (full + share);
    double time = o->seconds > 0 ? o->seconds - p->elapsed : 0;
    if (run->last <= 0)
        return -1;
    if (o->rounds > 0 && time > 0)
        return time < rounds ? time : rounds;
    return time > rounds ? time : rounds;
}

static void tell(struct run *run, size_t done)
{
    const struct bench_options *o = run->options;
    run->progress.done = done;
    run->progress.elapsed = clock_now() - run->start;
    run->progress.remaining = remaining(run);
    if (o->progress)
        o->progress(&run->progress, o->progress_arg);
}

static const char *name_of(const struct bench_row *row)
{
    return str_basename(row->program);
}

/* The first value that is printed is the one for all, if none is given. */
static void keep_value(struct bench_work *w, const struct bench_row *row,
                       struct sample *s)
{
    if (w->value)
        return;
    w->value = s->value;
    w->value_of = str_dup(name_of(row));
    s->value = NULL;
}

/* One run of one row, kept or only made. */
static enum err measure(struct run *run, struct bench_row *row, bool keep)
{
    const struct bench_options *o = run->options;
    struct bench_work *w = &run->report->works.v[row->work];
    struct sample_spec spec = {.program = row->program,
                               .args = &w->args,
                               .threads = row->threads,
                               .mpirun = row->model == MODEL_MPI,
                               .value = w->value,
                               .timeout = o->timeout > 0 ? o->timeout : 60};
    struct sample s;
    double start = clock_now();
    enum err e = sample_take(&spec, &s, run->diag);
    w->cost += clock_now() - start;
    if (e == ERR_INVALID && w->value_of)
        diag_add(run->diag, "the value %s is what %s printed", w->value,
                 w->value_of);
    if (e != ERR_OK)
        return e;
    keep_value(w, row, &s);
    if (keep) {
        vec_push(&row->seconds, s.seconds);
        row->repeats = s.repeats;
        row->involuntary += s.involuntary;
    }
    sample_fini(&s);
    return ERR_OK;
}

/* The rows of what is active, in the order of this round; how many. */
static size_t line_up(struct run *run, unsigned round)
{
    const struct bench_rows *rows = &run->report->rows;
    size_t n = 0;
    plan_order(run->options->seed, round, rows->n, run->order);
    for (size_t i = 0; i < rows->n; i++)
        if (run->active[rows->v[run->order[i]].work])
            run->order[n++] = run->order[i];
    return n;
}

static void begin_round(struct run *run, unsigned round)
{
    struct bench_report *r = run->report;
    run->progress.stage = round ? "measuring" : "warming up";
    run->progress.round = round;
    run->progress.total = line_up(run, round);
    run->paces.n = 0;
    for (size_t i = 0; i < r->works.n; i++)
        if (run->active[i])
            r->works.v[i].cost = 0;
}

/* Round 0 warms up. */
static enum err make_round(struct run *run, unsigned round)
{
    struct bench_report *r = run->report;
    double start = clock_now();
    begin_round(run, round);
    for (size_t i = 0; i < run->progress.total; i++) {
        tell(run, i);
        vec_push(&run->paces, pace_measure());
        enum err e = proc_cancelled()
                         ? ERR_CANCELLED
                         : measure(run, &r->rows.v[run->order[i]], round > 0);
        if (e != ERR_OK)
            return e;
    }
    if (round > 0)
        vec_push(&r->pace, stats_median(run->paces.v, run->paces.n));
    run->last = clock_now() - start;
    return ERR_OK;
}

/* Wants what is not narrow yet, and keeps the widest for the progress. */
static void want_more(struct run *run)
{
    struct bench_report *r = run->report;
    run->progress.widest = 0;
    for (size_t i = 0; i < r->works.n; i++)
        run->wanted[i] = false;
    for (size_t i = 0; i < r->rows.n; i++) {
        struct bench_row *row = &r->rows.v[i];
        if (run->active[row->work])
            bench_summarise_row(r, i);
        double width = bench_width(row);
        run->wanted[row->work] |= width > BENCH_NARROW;
        if (width > run->progress.widest)
            run->progress.widest = width;
    }
}

static size_t count(const bool *flags, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += flags[i];
    return sum;
}

/* True when the rounds made are enough, and why in the report; else what the
 * next one is of is active. */
static bool enough(struct run *run)
{
    const struct bench_options *o = run->options;
    struct bench_report *r = run->report;
    if (r->rounds < BENCH_MIN_ROUNDS)
        return false;
    r->stop = BENCH_STOP_ROUNDS;
    if (r->rounds >= (o->rounds > 0 ? o->rounds : BENCH_MAX_ROUNDS))
        return true;
    if (o->rounds == 0) {
        want_more(run);
        r->stop = BENCH_STOP_NARROW;
        if (count(run->wanted, r->works.n) == 0)
            return true;
    }
    double left = o->seconds > 0 ? o->seconds - (clock_now() - run->start)
                                 : (double)UINT64_MAX;
    r->stop = BENCH_STOP_TIME;
    return budget_choose(r, run->wanted, left, run->active) == 0;
}

static void read_usage(const struct run *run, struct host_usage *u)
{
    host_usage(u);
    if (run->server)
        u->own += service_cpu(&run->server->service);
}

static enum err make_rounds(struct run *run)
{
    struct bench_report *r = run->report;
    struct host_usage before, after;
    run->start = clock_now();
    enum err e = make_round(run, 0);
    read_usage(run, &before);
    run->start = clock_now();
    while (e == ERR_OK && !enough(run)) {
        e = make_round(run, r->rounds + 1);
        r->rounds += e == ERR_OK;
    }
    r->elapsed = clock_now() - run->start;
    read_usage(run, &after);
    r->stolen = host_stolen(&before, &after);
    r->others = host_others(&before, &after);
    if (e != ERR_OK)
        r->stop = e == ERR_CANCELLED ? BENCH_STOP_CANCELLED : BENCH_STOP_FAILED;
    return e;
}

enum err rounds_make(const struct bench_options *o, const struct web *server,
                     struct bench_report *r, struct diag *d)
{
    struct run state = {.options = o, .server = server, .report = r, .diag = d};
    struct run *run = &state;
    run->progress.kernel = o->kernel;
    run->order = mem_new(r->rows.n, sizeof *run->order);
    run->wanted = mem_new(r->works.n, sizeof *run->wanted);
    run->active = mem_new(r->works.n, sizeof *run->active);
    for (size_t i = 0; i < r->works.n; i++)
        run->wanted[i] = run->active[i] = true;
    enum err e = make_rounds(run);
    vec_fini(&run->paces);
    free(run->active);
    free(run->wanted);
    free(run->order);
    return e;
}
