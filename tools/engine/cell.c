/* One cell of the matrix: build, repeats, and what they add up to.
 * SPDX-License-Identifier: MIT */
#include "engine/cell.h"

#include "engine/keeping.h"
#include "engine/match.h"
#include "engine/turns.h"
#include "os/fs.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

static bool is_static(const struct cell *cell)
{
    return cell->detector->family == DETECTOR_STATIC;
}

static bool is_exploring(const struct cell *cell)
{
    return cell->detector->family == DETECTOR_EXPLORING;
}

static void choose_arguments(struct cell *cell, const struct manifest *m)
{
    const struct explore_entry *x = m->explore;
    unsigned n;
    char *const *args = detector_arguments(cell->detector, m, &n);
    for (unsigned i = 0; i < n; i++)
        strv_add(&cell->args, args[i]);
    if (!cell->args.v)
        cell->args.v = mem_new(1, sizeof *cell->args.v);
    cell->target.work = x ? x->work : 0;
}

void cell_init(struct cell *cell, const struct engine_options *o,
               const struct detector *d, struct result *r, const char *run_dir)
{
    const struct manifest *m = r->c->manifest;
    *cell = (struct cell){.o = o, .detector = d, .result = r};
    cell->repeats = is_exploring(cell) ? 1 : o->repeat;
    cell->target = (struct target){
        .source = r->variant->source,
        .include_dir = o->include_dir,
        .model = r->variant->model,
        .libraries = m->libraries,
        .libraries_count = m->libraries_count,
    };
    choose_arguments(cell, m);
    cell->target.args = (const char *const *)cell->args.v;
    cell->run_dir =
        str_fmt("%s/%s/%s.%s", run_dir, r->c->id, r->variant->name, d->id);
    pthread_mutex_init(&cell->lock, NULL);
}

void cell_fini(struct cell *cell)
{
    for (size_t i = 0; i < cell->waiting.n; i++)
        execution_fini(&cell->waiting.v[i].run);
    vec_fini(&cell->waiting);
    strv_fini(&cell->args);
    build_fini(&cell->build);
    free(cell->run_dir);
    free(cell->known);
    free(cell->key);
    pthread_mutex_destroy(&cell->lock);
}

static struct execution_spec spec_of(const struct cell *cell, const char *dir,
                                     struct slot *slot)
{
    return (struct execution_spec){cell->detector,
                                   &cell->o->env,
                                   &cell->target,
                                   cell->build.program,
                                   dir,
                                   cell->o->timeout,
                                   slot};
}

static enum err build(struct cell *cell)
{
    struct launch l = {0};
    char *cache = fs_join(cell->o->out, "cache");
    cell->detector->prepare(&cell->o->env, &cell->target, cell->run_dir, &l);
    enum err e = build_program(cache, &l, cell->result->detector->version,
                               &cell->target, &cell->build);
    launch_fini(&l);
    free(cache);
    return e;
}

/* Builds under the lock: a second repeat waits for the program. */
static enum err build_once(struct cell *cell)
{
    pthread_mutex_lock(&cell->lock);
    if (!cell->built) {
        if (!is_static(cell))
            cell->build_error = build(cell);
        cell->built = true;
        struct execution_spec s = spec_of(cell, cell->run_dir, NULL);
        if (cell->build_error == ERR_OK)
            cell->result->command = execution_command_line(&s);
    }
    enum err e = cell->build_error;
    pthread_mutex_unlock(&cell->lock);
    return e;
}

static void note(struct result *r, const char *text)
{
    if (!r->note)
        r->note = str_dup(text);
}

/* Moves the findings that are not told yet over to the result. */
static void keep_findings(struct result *r, struct findings *l)
{
    for (size_t i = 0; i < l->n; i++) {
        bool told = false;
        for (size_t j = 0; j < r->findings.n && !told; j++)
            told = str_eq(r->findings.v[j].detector, l->v[i].detector) &&
                   finding_same(&r->findings.v[j], &l->v[i]);
        if (told)
            finding_fini(&l->v[i]);
        else
            vec_push(&r->findings, l->v[i]);
    }
    vec_fini(l);
}

/* Two findings at one place are told as one; their names are two. */
static void keep_natives(struct result *r, const struct findings *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i].detector, r->detector->id) && l->v[i].native &&
            !strv_has(&r->natives, l->v[i].native))
            strv_add(&r->natives, l->v[i].native);
}

/* What a rule means that the analyser's table does not know, nobody knows. */
static enum grade grade_finding(const struct cell *cell,
                                const struct finding *f)
{
    if (is_static(cell) && f->kind == KIND_OTHER)
        return GRADE_WRONG_KIND;
    return match_grade(cell->result->c, cell->result->variant, f,
                       cell->detector->one_sided);
}

/* Grades the detector's own findings and returns the best; any finding has a
 * grade, though that of a fix tells of no bug. */
static enum grade grade_findings(const struct cell *cell, struct execution *run)
{
    enum grade best = GRADE_NONE;
    for (size_t i = 0; i < run->findings.n; i++) {
        struct finding *f = &run->findings.v[i];
        if (!str_eq(f->detector, cell->detector->id))
            continue;
        enum grade g = GRADE_WRONG_KIND;
        if (cell->result->variant->buggy)
            g = f->grade = grade_finding(cell, f);
        if (g > best)
            best = g;
    }
    return best;
}

/* None of the findings that tell of the bug so well would be there without an
 * annotation. */
static bool is_annotated(const struct execution *run, enum grade g)
{
    for (size_t i = 0; i < run->findings.n; i++)
        if (run->findings.v[i].grade == g &&
            run->findings.v[i].thanks_to == AID_NONE)
            return false;
    return true;
}

/* The token and the exit status must agree, but for a detector that gives the
 * status a meaning of its own once it has reported. */
static bool agrees(const struct execution *run)
{
    int wanted = run->token == TOKEN_BROKEN ? 1 : 0;
    return run->code == wanted || run->findings.n > 0;
}

static bool ended_as_it_should(const struct cell *cell,
                               const struct execution *run)
{
    enum failure f = cell->result->c->manifest->failure;
    bool buggy = cell->result->variant->buggy;
    if (is_static(cell))
        return true; /* it was not run */
    if (is_exploring(cell) && run->findings.n > 0)
        return true; /* it was stopped there */
    if (is_exploring(cell) && run->claim < CLAIM_VERIFIED &&
        run->claim != CLAIM_NONE && run->token == TOKEN_NONE)
        return true; /* it has told that it was not followed to its end */
    if (run->end == RUN_HUNG)
        return buggy && f == FAILURE_HANG;
    if (run->end != RUN_ENDED)
        return false;
    if (run->signal || run->died)
        return buggy && f == FAILURE_CRASH;
    bool told =
        run->token == TOKEN_HELD || (buggy && run->token == TOKEN_BROKEN);
    return told && agrees(run);
}

static enum outcome unflagged_outcome(const struct cell *cell,
                                      const struct execution *run)
{
    switch (run->end) {
    case RUN_HUNG:
        return OUTCOME_HANG;
    case RUN_TIMEOUT:
        return OUTCOME_TIMEOUT;
    case RUN_CANCELLED:
        return OUTCOME_CANCELLED;
    default:
        break;
    }
    if (!ended_as_it_should(cell, run))
        return OUTCOME_NO_TOKEN;
    return cell->result->variant->buggy ? OUTCOME_MISSED : OUTCOME_CLEAN;
}

/* A death that is not the bug's own way to fail. What was reported before is no
 * verdict: nobody knows what the dying run would have shown. */
static bool crashed(const struct cell *cell, const struct execution *run)
{
    return run->died && !(cell->result->variant->buggy &&
                          cell->result->c->manifest->failure == FAILURE_CRASH);
}

static enum outcome outcome_of(const struct cell *cell,
                               const struct execution *run, enum grade g)
{
    bool buggy = cell->result->variant->buggy;
    if (crashed(cell, run))
        return OUTCOME_CRASHES;
    if (run->problem)
        return OUTCOME_ERROR;
    if (buggy && g >= GRADE_PARTIAL)
        return OUTCOME_FLAGGED;
    if (!buggy && g > GRADE_NONE)
        return OUTCOME_FALSE_ALARM;
    return unflagged_outcome(cell, run);
}

struct ended cell_judge(const struct cell *cell, unsigned repeat,
                        struct execution *run)
{
    enum grade g = grade_findings(cell, run);
    return (struct ended){repeat, *run, g, outcome_of(cell, run, g)};
}

void cell_add_run(struct cell *cell, struct ended *e)
{
    struct result *r = cell->result;
    struct execution *run = &e->run;
    enum grade g = e->grade;
    enum outcome o = e->outcome;
    r->seconds += run->wall;
    r->cpu += run->cpu;
    cell->outcomes[o]++;
    if (run->problem)
        note(r, run->problem);
    r->crashed += o == OUTCOME_CRASHES;
    if (o == OUTCOME_CRASHES)
        keep_findings(r, &run->findings);
    if (o == OUTCOME_CANCELLED || o == OUTCOME_ERROR || o == OUTCOME_CRASHES)
        return;
    r->runs++;
    vec_push(&r->costs, ((struct run_cost){run->wall, run->cpu}));
    r->flagged += o == OUTCOME_FLAGGED || o == OUTCOME_FALSE_ALARM;
    r->annotated += o == OUTCOME_FLAGGED && is_annotated(run, g);
    r->hung += run->end == RUN_HUNG;
    r->broken += run->token == TOKEN_BROKEN;
    r->unended += !ended_as_it_should(cell, run);
    if (g > r->grade)
        r->grade = g;
    if (o == OUTCOME_FLAGGED && (r->weakest == GRADE_NONE || g < r->weakest))
        r->weakest = g;
    keep_natives(r, &run->findings);
    keep_findings(r, &run->findings);
    r->claim = run->claim;
    r->claim_terms = run->claim_terms;
    run->claim_terms = NULL;
}

static enum err not_built(struct cell *cell, unsigned repeat, enum err e)
{
    static const struct buf nothing;
    bool cancelled = e == ERR_CANCELLED;
    pthread_mutex_lock(&cell->lock);
    cell->outcomes[cancelled ? OUTCOME_CANCELLED : OUTCOME_BUILD_FAILED]++;
    cell->over += e == ERR_INVALID;
    pthread_mutex_unlock(&cell->lock);
    if (e == ERR_INVALID)
        return turns_keep(cell, repeat, &nothing);
    return cancelled ? ERR_OK : e;
}

static enum err run_once(struct cell *cell, unsigned repeat, struct slot *slot)
{
    char *dir = str_fmt("%s.%u", cell->run_dir, repeat + 1);
    struct execution_spec s = spec_of(cell, dir, slot);
    struct execution run = {0};
    struct buf packed = {0};
    if (cell->keeping && cell->keeping->resumed)
        fs_remove(dir); /* half a report of when it was broken off */
    enum err e = execution_run(&s, &run);
    if (e == ERR_OK) {
        pthread_mutex_lock(&cell->lock);
        turns_take(cell, repeat, &run, &packed);
        pthread_mutex_unlock(&cell->lock);
        e = turns_keep(cell, repeat, &packed);
    }
    buf_fini(&packed);
    free(dir);
    return e;
}

enum err cell_run(struct cell *cell, unsigned repeat, struct slot *slot)
{
    if (repeat >= cell->repeats || turns_known(cell, repeat))
        return ERR_OK;
    enum err e = proc_cancelled() ? ERR_CANCELLED : build_once(cell);
    return e == ERR_OK ? run_once(cell, repeat, slot)
                       : not_built(cell, repeat, e);
}

static enum outcome sum_up(const struct cell *cell)
{
    static const enum outcome worst_first[] = {
        OUTCOME_BUILD_FAILED, OUTCOME_ERROR,    OUTCOME_CANCELLED,
        OUTCOME_CRASHES,      OUTCOME_NO_TOKEN, OUTCOME_TIMEOUT,
        OUTCOME_HANG,         OUTCOME_MISSED,   OUTCOME_CLEAN,
    };
    const struct result *r = cell->result;
    bool buggy = r->variant->buggy;
    for (size_t i = 0; i < sizeof worst_first / sizeof *worst_first; i++) {
        enum outcome o = worst_first[i];
        bool verdict = outcome_judged(o) || o == OUTCOME_NO_TOKEN;
        if (verdict && r->flagged > 0)
            break;
        if (cell->outcomes[o])
            return o;
    }
    if (r->flagged == 0)
        return OUTCOME_CANCELLED; /* not one repeat was run */
    if (!buggy)
        return OUTCOME_FALSE_ALARM;
    return r->flagged == r->runs ? OUTCOME_FLAGGED : OUTCOME_SOMETIMES;
}

void cell_finish(struct cell *cell)
{
    struct result *r = cell->result;
    if (cell->finished)
        return;
    turns_end(cell);
    cell->finished = true;
    r->outcome = sum_up(cell);
    if (cell->build.failure)
        note(r, cell->build.failure);
    r->report_dir = str_dup(cell->run_dir);
    r->build.took = (struct run_cost){cell->build.wall, cell->build.cpu};
    r->build.made = cell->build.program && cell->built &&
                    cell->build_error == ERR_OK && !cell->build.reused;
    r->build.found = cell->build.reused;
}
