/* One program of a suite under one detector.
 * SPDX-License-Identifier: MIT */
#include "engine/suite_trial.h"

#include "engine/build.h"
#include "engine/execution.h"

#include <stdlib.h>
#include <string.h>

struct trial {
    const struct suite_program *program;
    const struct detector *detector;
    struct target target;
    struct strv args;
    struct build build;
    unsigned hung, timed_out, died, broken;
};

static void trial_init(struct trial *t, const struct suite_spec *s,
                       const struct suite_program *p, const struct detector *d)
{
    *t = (struct trial){.program = p, .detector = d};
    for (unsigned i = 0; i < p->args_count; i++)
        strv_add(&t->args, p->args[i]);
    if (!t->args.v)
        t->args.v = mem_new(1, sizeof *t->args.v);
    t->target = (struct target){
        .source = p->path,
        .include_dir = s->root,
        .model = s->suite->model,
        .args = (const char *const *)t->args.v,
        .libraries = s->suite->libraries,
        .libraries_count = s->suite->libraries_count,
        .threads = s->suite->threads,
    };
}

static void trial_fini(struct trial *t)
{
    strv_fini(&t->args);
    build_fini(&t->build);
}

/* The suite's flags go before the libraries, which stand last, and after those
 * of the detector, which they may change. */
static void add_flags(struct launch *l, const struct trial *t)
{
    struct strv all = {0};
    size_t before = l->compile.n - t->target.libraries_count;
    for (size_t i = 0; i < before; i++)
        strv_add(&all, l->compile.v[i]);
    strv_add_all(&all, &t->program->flags);
    for (size_t i = before; i < l->compile.n; i++)
        strv_add(&all, l->compile.v[i]);
    strv_fini(&l->compile);
    l->compile = all;
}

/* The first line that tells of an error, or else the first. */
static char *first_error(const char *said)
{
    const char *at = strstr(said, "error:");
    while (at && at > said && at[-1] != '\n')
        at--;
    at = at ? at : said;
    return str_ndup(at, strcspn(at, "\n"));
}

static enum err build(const struct suite_spec *s, const char *cache,
                      struct trial *t, struct suite_result *r)
{
    struct launch l = {0};
    t->detector->prepare(&s->engine->env, &t->target, NULL, &l);
    add_flags(&l, t);
    enum err e =
        build_program(cache, &l, r->detector->version, &t->target, &t->build);
    r->build_seconds = t->build.wall;
    launch_fini(&l);
    if (e == ERR_INVALID)
        r->note = first_error(t->build.failure);
    if (e == ERR_INVALID)
        r->outcome = OUTCOME_BUILD_FAILED;
    return e;
}

static bool is_racy_line(const struct suite_program *p, const struct frame *f)
{
    if (!f ||
        !(str_eq(f->file, p->path) || str_eq(f->file, str_basename(p->path))))
        return false;
    for (size_t i = 0; i < p->lines.n; i++)
        if (p->lines.v[i] == f->line)
            return true;
    return false;
}

static bool at_racy_lines(const struct suite_program *p,
                          const struct finding *f)
{
    size_t told = 0;
    for (size_t i = 0; i < f->accesses.n; i++) {
        if (f->accesses.v[i].role == ROLE_CREATED)
            continue;
        if (!is_racy_line(p, access_place(&f->accesses.v[i])))
            return false;
        told++;
    }
    return told > 0;
}

static void add_findings(const struct trial *t, const struct findings *l,
                         struct suite_result *r)
{
    bool flagged = false, exact = false;
    for (size_t i = 0; i < l->n; i++) {
        const struct finding *f = &l->v[i];
        if (f->kind != KIND_DATA_RACE || !str_eq(f->detector, t->detector->id))
            continue;
        flagged = true;
        exact |= at_racy_lines(t->program, f);
    }
    r->flagged += flagged;
    r->exact += exact;
}

static char *death(const struct execution *x)
{
    for (size_t i = 0; i < x->findings.n; i++)
        if (x->findings.v[i].kind == KIND_CRASH && x->findings.v[i].message)
            return str_dup(x->findings.v[i].message);
    if (x->end == RUN_MEMORY)
        return str_dup("it took more memory than it may");
    return str_fmt("died from SIG%s", sigabbrev_np(x->signal));
}

static void add_run(struct trial *t, const struct execution *x,
                    struct suite_result *r)
{
    r->seconds += x->wall;
    r->cpu += x->cpu;
    if (x->end == RUN_CANCELLED)
        return;
    if (x->problem) {
        t->died += x->died;
        t->broken += !x->died;
        if (!r->note)
            r->note = str_dup(x->problem);
        return;
    }
    r->runs++;
    t->hung += x->end == RUN_HUNG;
    t->timed_out += x->end == RUN_TIMEOUT;
    bool died = x->end == RUN_MEMORY || x->died;
    t->died += died;
    if (died && !r->note)
        r->note = death(x);
    add_findings(t, &x->findings, r);
}

static enum outcome outcome_of(const struct trial *t,
                               const struct suite_result *r)
{
    bool racy = t->program->truth == SUITE_RACY;
    if (r->flagged)
        return racy ? OUTCOME_FLAGGED : OUTCOME_FALSE_ALARM;
    if (t->broken)
        return OUTCOME_ERROR;
    if (t->died)
        return OUTCOME_CRASHES;
    if (t->timed_out || t->hung)
        return t->hung ? OUTCOME_HANG : OUTCOME_TIMEOUT;
    if (r->runs == 0)
        return OUTCOME_CANCELLED;
    return racy ? OUTCOME_MISSED : OUTCOME_CLEAN;
}

static enum err run_once(const struct suite_spec *s, const char *run_dir,
                         struct trial *t, struct suite_result *r, unsigned n,
                         struct slot *slot)
{
    bool own = t->program->timeout > 0 && !s->timeout_given;
    char *dir = str_fmt("%s/%s/%s.%u", run_dir, t->detector->id,
                        t->program->name, n + 1);
    struct execution x = {0};
    struct execution_spec spec = {
        .detector = t->detector,
        .env = &s->engine->env,
        .target = &t->target,
        .program = t->build.program,
        .report_dir = dir,
        .timeout = own ? t->program->timeout : s->engine->timeout,
        .slot = slot,
    };
    enum err e = execution_run(&spec, &x);
    if (e == ERR_OK) {
        add_run(t, &x, r);
        execution_fini(&x);
    }
    free(dir);
    return e;
}

enum err suite_try(const struct suite_spec *s, const char *cache,
                   const char *run_dir, struct suite_result *r,
                   struct slot *slot)
{
    struct trial t;
    trial_init(&t, s, &s->programs->v[r->program],
               detector_by_id(r->detector->id));
    enum err e = build(s, cache, &t, r);
    for (unsigned n = 0; e == ERR_OK && n < s->engine->repeat; n++)
        e = run_once(s, run_dir, &t, r, n, slot);
    if (r->outcome != OUTCOME_BUILD_FAILED)
        r->outcome = outcome_of(&t, r);
    trial_fini(&t);
    return e == ERR_INVALID || e == ERR_CANCELLED ? ERR_OK : e;
}
