/* The options of the explorer, and its programs.
 * SPDX-License-Identifier: MIT */
#include "cli/exploring.h"

#include "cli/command.h"
#include "cli/signals.h"
#include "explore/driver.h"
#include "explore/names.h"
#include "explore/team.h"
#include "os/fs.h"
#include "os/proc.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    KEY_MODE = 0x200,
    KEY_EXECUTIONS,
    KEY_WORK,
    KEY_NO_OUTCOME,
    KEY_TIME,
    KEY_DEPTH,
    KEY_PREEMPTIONS,
    KEY_SEED,
    KEY_STEPS,
    KEY_TIMEOUTS,
    KEY_SPURIOUS,
    KEY_KEEP_GOING,
    KEY_AS_FOUND,
    KEY_JOBS = 'j',
};

enum { STORY_MOST = 200, AUTO_RANDOM = 100, AUTO_PCT = 100 };

static const struct argp_option own_table[] = {
    {"mode", KEY_MODE, "MODE", 0,
     "auto, random, pct, dfs, sleep, source or dpor (auto)", 0},
    {"executions", KEY_EXECUTIONS, "N", 0, "At most so many", 0},
    {"work", KEY_WORK, "N", 0, "About so many steps, of all executions", 0},
    {"no-outcome", KEY_NO_OUTCOME, 0, 0,
     "Do not look for the failure that a race leads to", 0},
    {"time", KEY_TIME, "S", 0, "Seconds of searching; 0: until it ends", 0},
    {"depth", KEY_DEPTH, "D", 0, "Ordered steps that pct aims at (3)", 0},
    {"preemptions", KEY_PREEMPTIONS, "K", 0, "At most so many, by dfs", 0},
    {"seed", KEY_SEED, "S", 0, "Of random and pct (1)", 0},
    {"steps", KEY_STEPS, "N", 0, "Bound on one execution (20000)", 0},
    {"timeouts", KEY_TIMEOUTS, "K", 0,
     "Timed waits that may time out although others could go on (0)", 0},
    {"spurious", KEY_SPURIOUS, 0, 0, "With a spurious wake-up", 0},
    {"jobs", KEY_JOBS, "N", 0,
     "Searches at a time: random and pct share the executions, auto is helped "
     "by chance (1)",
     0},
    {"keep-going", KEY_KEEP_GOING, 0, 0, "After a bug, too", 0},
    {"as-found", KEY_AS_FOUND, 0, 0,
     "Neither look for a simpler schedule nor for what a race leads to", 0},
    {0}};

static error_t parse_own(int key, char *arg, struct argp_state *state)
{
    struct exploring *x = state->input;
    struct shared_config *c = &x->explore.config;
    switch (key) {
    case KEY_MODE:
        if (!mode_by_id(arg, &c->mode))
            argp_error(state, "--mode: there is no '%s'", arg);
        return 0;
    case KEY_EXECUTIONS:
        c->executions =
            (uint64_t)options_number("executions", arg, 1, 1e15, state);
        return 0;
    case KEY_WORK:
        c->work = (uint64_t)options_number("work", arg, 1, 1e15, state);
        return 0;
    case KEY_NO_OUTCOME:
        x->explore.outcome = false;
        return 0;
    case KEY_TIME:
        x->explore.seconds = options_number("time", arg, 0, 1e6, state);
        return 0;
    case KEY_DEPTH:
        c->depth = (uint32_t)options_number("depth", arg, 1, 64, state);
        return 0;
    case KEY_PREEMPTIONS:
        c->preemptions =
            (int32_t)options_number("preemptions", arg, 0, 1000, state);
        c->mode = EXPLORE_DFS;
        return 0;
    case KEY_SEED:
        c->seed = (uint64_t)options_number("seed", arg, 0, 1e15, state);
        return 0;
    case KEY_STEPS:
        c->max_steps =
            (uint64_t)options_number("steps", arg, 1, SHARED_STEPS - 1, state);
        x->explore.outcome_steps = (uint32_t)c->max_steps;
        return 0;
    case KEY_TIMEOUTS:
        c->timeouts = (uint32_t)options_number("timeouts", arg, 0, 1000, state);
        return 0;
    case KEY_SPURIOUS:
        c->spurious = true;
        return 0;
    case KEY_JOBS:
        x->explore.jobs =
            (size_t)options_number("jobs", arg, 1, TEAM_MOST, state);
        return 0;
    case KEY_KEEP_GOING:
        c->keep_going = true;
        return 0;
    case KEY_AS_FOUND:
        x->explore.as_found = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Within 80 columns. */
static void show_progress(const struct shared_stats *n, bool bug,
                          double seconds, void *unused)
{
    (void)unused;
    fprintf(stderr,
            "\r\033[K%" PRIu64 " executions, %.0f/s, %" PRIu64 " traces",
            n->executions, seconds > 0 ? (double)n->executions / seconds : 0,
            n->traces);
    if (n->estimate > 0)
        fprintf(stderr, ", about %.3g in all", n->estimate);
    fputs(bug ? ", a bug" : "", stderr);
    fflush(stderr);
}

void exploring_parse(struct exploring *x, int argc, char **argv,
                     const char *doc, double seconds)
{
    static const struct argp argp = {own_table, parse_own, 0, 0, 0, 0, 0};
    x->explore = (struct explore_options){.config = {.mode = EXPLORE_AUTO,
                                                     .seed = 1,
                                                     .max_steps = 20000,
                                                     .preemptions = -1,
                                                     .count_traces = true,
                                                     .few = true,
                                                     .random = AUTO_RANDOM,
                                                     .pct = AUTO_PCT},
                                          .seconds = seconds,
                                          .outcome = true,
                                          .outcome_steps = SHARED_STEPS / 2,
                                          .story_most = STORY_MOST};
    const struct own_options own = {.argp = &argp, .input = x};
    options_parse(&x->shared, argc, argv, "PROGRAM|CASE [-- ARGS...]", doc,
                  ACCEPT_OUT | ACCEPT_JSON, &own);

    x->traces = fs_join(x->shared.out, "traces");
    x->explore.out = x->traces;
    if (isatty(STDERR_FILENO))
        x->explore.progress = show_progress;
    signals_catch();
}

void exploring_fini(struct exploring *x)
{
    free(x->traces);
    options_fini(&x->shared);
}

struct telling {
    struct exploring *x;
    void (*told)(const struct explored *e, void *arg);
    void *arg;
    json_t *results;
    int code;
};

static json_t *outcome_json(const struct explored_outcome *o)
{
    if (!o->looked)
        return json_null();
    return json_pack("{s:b, s:I, s:I, s:f}", "complete", o->complete,
                     "executions", (json_int_t)o->executions, "traces",
                     (json_int_t)o->traces, "seconds", o->seconds);
}

static json_t *result_json(const char *name, const struct explored *e)
{
    json_t *why = json_array(), *bugs = json_array();
    for (size_t i = 0; i < e->why.n; i++)
        json_array_append_new(why, json_string(e->why.v[i]));
    for (size_t i = 0; i < e->bugs.n; i++)
        json_array_append_new(bugs, exploring_bug_json(&e->bugs.v[i]));
    json_t *covered = e->stats.covered && !e->complete
                          ? json_integer((json_int_t)e->stats.covered - 1)
                          : json_null();
    return json_pack(
        "{s:s, s:s, s:b, s:b, s:o, s:o, s:I, s:I, s:b, s:I, s:I, s:I, s:I, "
        "s:f, "
        "s:s?, s:o, s:o}",
        "program", name, "verdict", claim_id(e->verdict), "complete",
        e->complete, "exhausted", e->exhausted && !e->stats.limits, "why", why,
        "preemptions_covered", covered, "executions",
        (json_int_t)e->stats.executions, "traces", (json_int_t)e->stats.traces,
        "traces_exact", e->stats.traces_exact, "blocked",
        (json_int_t)e->stats.blocked, "steps", (json_int_t)e->stats.steps,
        "threads", (json_int_t)e->stats.max_threads, "longest",
        (json_int_t)e->stats.max_steps, "seconds", e->seconds, "printed",
        e->printed, "bugs", bugs, "outcome", outcome_json(&e->outcome));
}

struct printing {
    const char *name;
    const struct telling *t;
    size_t bugs; /* that were printed */
};

/* What is known is told at once; the rest follows. */
static void print_searched(const struct explored *e, void *arg)
{
    struct printing *p = arg;
    if (p->t->x->explore.progress)
        fputs("\r\033[K", stderr);
    if (!p->t->x->shared.json)
        exploring_print(p->name, e, p->t->x->shared.style.color);
    p->bugs = e->bugs.n;
}

static void explore_one(struct telling *t, const char *name,
                        const char *const *argv, const char *cwd)
{
    struct explored e;
    struct diag d = {0};
    struct explore_options o = t->x->explore;
    struct printing p = {.name = name, .t = t};
    o.cwd = cwd;
    o.searched = print_searched;
    o.searched_arg = &p;
    enum err err = explore_run(&o, argv, &e, &d);
    if (o.progress)
        fputs("\r\033[K", stderr);
    if (err == ERR_OK && t->x->shared.json)
        json_array_append_new(t->results, result_json(name, &e));
    else if (err == ERR_OK)
        exploring_print_outcome(&e, p.bugs, t->x->shared.style.color);
    if (err == ERR_OK)
        t->told(&e, t->arg);
    else
        t->code = err == ERR_CANCELLED ? signals_exit_code() : EXIT_USAGE;
    print_diag(&d);
    diag_fini(&d);
    explored_fini(&e);
}

static void explore_program(struct telling *t)
{
    const struct strv *w = &t->x->shared.words;
    struct strv argv = {0};
    char *program = fs_real(w->v[0]);
    strv_take(&argv, program);
    for (size_t i = 1; i < w->n; i++)
        strv_add(&argv, w->v[i]);
    explore_one(t, w->v[0], (const char *const *)argv.v, NULL);
    strv_fini(&argv);
}

static char *build(struct telling *t, const struct scenario_case *c,
                   const struct variant *v)
{
    const struct options *o = &t->x->shared;
    char *dir = fs_join(o->out, "explore");
    char *program = str_fmt("%s/%s-%s", dir, c->name, v->name);
    struct strv words = {0};
    struct diag d = {0};
    const char *compiler = getenv("LOCKSTEP_CC");
    const struct driver driver = {
        .compiler = compiler && *compiler ? compiler : "gcc", .lib = o->lib};
    int code = 1;
    strv_add(&words, v->source);
    strv_add(&words, "-I");
    strv_add(&words, o->engine.include_dir);
    for (unsigned i = 0; i < c->manifest->libraries_count; i++)
        strv_addf(&words, "-l%s", c->manifest->libraries[i]);
    strv_add(&words, "-o");
    strv_add(&words, program);
    if (fs_mkdirs(dir) == ERR_OK)
        driver_run(&driver, words.v, &code, &d);
    print_diag(&d);
    if (code != 0) {
        free(program);
        program = NULL;
    }
    diag_fini(&d);
    strv_fini(&words);
    free(dir);
    return program;
}

/* Arguments of the command line take the place of the case's own. */
static void explore_variant(struct telling *t, const struct scenario_case *c,
                            const struct variant *v)
{
    char *name = str_fmt("%s:%s", c->id, v->name);
    char *program = build(t, c, v);
    const struct strv *w = &t->x->shared.words;
    struct strv argv = {0};
    const struct manifest *m = c->manifest;
    const struct explore_entry *x = m->explore;
    if (!program) {
        fprintf(stderr, "lockstep: %s cannot be built\n", name);
        t->code = EXIT_USAGE;
        free(name);
        return;
    }
    strv_take(&argv, program);
    for (size_t i = 1; i < w->n; i++)
        strv_add(&argv, w->v[i]);
    char *const *args = x && x->args ? x->args : m->args;
    unsigned n = x && x->args ? x->args_count : m->args_count;
    for (unsigned i = 0; w->n == 1 && i < n; i++)
        strv_add(&argv, args[i]);
    explore_one(t, name, (const char *const *)argv.v, c->dir);
    strv_fini(&argv);
    free(name);
}

static void explore_case(struct telling *t)
{
    struct choice c = {0};
    struct options only = t->x->shared;
    only.words.n = 1;
    t->code = options_choose(&only, "explore", &c);
    for (size_t i = 0; t->code == EXIT_PASSED && i < c.what.n; i++) {
        const struct selection *s = &c.what.v[i];
        for (size_t j = 0; j < s->c->variants.n && !proc_cancelled(); j++)
            if (!s->variant || s->variant == &s->c->variants.v[j])
                explore_variant(t, s->c, &s->c->variants.v[j]);
    }
    choice_fini(&c);
}

int exploring_run(struct exploring *x, const char *verb,
                  void (*told)(const struct explored *e, void *arg), void *arg)
{
    struct telling t = {.x = x, .told = told, .arg = arg};
    const struct strv *w = &x->shared.words;
    if (w->n == 0) {
        fprintf(stderr, "lockstep: %s needs a PROGRAM or a CASE\n", verb);
        return EXIT_USAGE;
    }
    t.results = json_array();
    if (fs_is_file(w->v[0]) && fs_is_executable(w->v[0]))
        explore_program(&t);
    else
        explore_case(&t);
    if (x->shared.json) {
        json_t *all = json_pack("{s:O}", "explore", t.results);
        json_dumpf(all, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(all);
    }
    json_decref(t.results);
    return t.code;
}
