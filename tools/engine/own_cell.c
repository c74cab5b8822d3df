/* One detector on a program of the user's own.
 * SPDX-License-Identifier: MIT */
#include "engine/own_cell.h"

#include "engine/own_place.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

void own_cell_init(struct own_cell *cell, const struct own_spec *o,
                   const struct detector *d, struct own_result *result,
                   const char *run_dir)
{
    *cell = (struct own_cell){.o = o, .detector = d, .result = result};
    cell->run_dir = fs_join(run_dir, d->id);
    cell->target.model = MODEL_PTHREAD;
    for (size_t i = 0; i < o->suppressions.n; i++)
        if (str_eq(o->suppressions.v[i].detector, d->id))
            strv_add(&cell->suppressions, o->suppressions.v[i].file);
    cell->target.suppressions = &cell->suppressions;
    pthread_mutex_init(&cell->lock, NULL);
}

void own_cell_fini(struct own_cell *cell)
{
    for (size_t i = 0; i < cell->seen.n; i++)
        finding_fini(&cell->seen.v[i].finding);
    vec_fini(&cell->seen);
    program_fini(&cell->program);
    own_build_fini(&cell->build);
    strv_fini(&cell->args);
    strv_fini(&cell->suppressions);
    free(cell->run_dir);
    pthread_mutex_destroy(&cell->lock);
}

static void note_end(struct own_result *r, char *how)
{
    if (r->ended)
        free(how);
    else
        r->ended = how;
}

static bool tells_of_crash(const struct execution *run)
{
    for (size_t i = 0; i < run->findings.n; i++)
        if (run->findings.v[i].kind == KIND_CRASH)
            return true;
    return false;
}

static void add_end(struct own_cell *cell, const struct execution *run)
{
    struct own_result *r = cell->result;
    switch (run->end) {
    case RUN_HUNG:
        r->hung++;
        return;
    case RUN_TIMEOUT:
        r->timed_out++;
        return;
    case RUN_MEMORY:
        r->died++;
        note_end(r, str_dup("took more memory than it may"));
        return;
    default:
        break;
    }
    if (tells_of_crash(run))
        return;
    if (run->signal) {
        r->died++;
        note_end(r, str_fmt("died from SIG%s", sigabbrev_np(run->signal)));
    } else if (run->code != cell->o->exit_code) {
        r->failed++;
        note_end(r, str_fmt("ended with %d", run->code));
    }
}

static void add_run(struct own_cell *cell, struct execution *run, unsigned n)
{
    struct own_result *r = cell->result;
    r->seconds += run->wall;
    r->cpu += run->cpu;
    if (run->end == RUN_CANCELLED)
        return;
    if (run->problem) {
        r->broken++;
        if (!r->note)
            r->note = str_dup(run->problem);
        return;
    }
    r->runs++;
    r->flagged += run->findings.n > 0;
    add_end(cell, run);
    for (size_t i = 0; i < run->findings.n; i++)
        vec_push(&cell->seen, ((struct observation){run->findings.v[i],
                                                    cell->detector->id, n}));
    vec_fini(&run->findings);
}

static void add_suppressed(struct own_cell *cell, const char *dir)
{
    char *path = fs_join(dir, "stderr.txt");
    struct buf err = {0};
    struct run_output o = {.report_dir = dir, .target = &cell->target};
    if (fs_is_file(path))
        fs_read(path, &err);
    o.out = "";
    o.err = buf_str(&err);
    if (cell->detector->suppressed)
        cell->detector->suppressed(&o, &cell->result->suppressed);
    buf_fini(&err);
    free(path);
}

enum err own_cell_run(struct own_cell *cell, unsigned n)
{
    const struct engine_options *engine = cell->o->engine;
    char *dir = str_fmt("%s.%u", cell->run_dir, n + 1);
    struct execution run = {0};
    struct execution_spec s = {
        cell->detector,  &engine->env, &cell->target, cell->program.path, dir,
        engine->timeout, NULL};
    enum err e = execution_run(&s, &run);
    if (e == ERR_OK) {
        own_places(&run.findings, cell->build.dir, cell->build.copy_of);
        pthread_mutex_lock(&cell->lock);
        if (!cell->result->command) {
            cell->result->command = execution_command_line(&s);
            cell->result->report_dir = str_dup(cell->run_dir);
        }
        add_suppressed(cell, dir);
        add_run(cell, &run, n);
        pthread_mutex_unlock(&cell->lock);
        execution_fini(&run);
    }
    free(dir);
    return e;
}

static enum outcome outcome_of(const struct own_result *r)
{
    if (r->broken)
        return OUTCOME_ERROR;
    if (r->runs == 0)
        return OUTCOME_CANCELLED;
    if (r->flagged)
        return r->flagged == r->runs ? OUTCOME_FLAGGED : OUTCOME_SOMETIMES;
    if (r->hung)
        return OUTCOME_HANG;
    if (r->timed_out)
        return OUTCOME_TIMEOUT;
    if (r->died)
        return OUTCOME_CRASHES;
    return r->failed ? OUTCOME_NO_TOKEN : OUTCOME_CLEAN;
}

void own_cell_finish(struct own_cell *cell, struct observations *all)
{
    if (cell->result->outcome == OUTCOME_CANCELLED)
        cell->result->outcome = outcome_of(cell->result);
    for (size_t i = 0; i < cell->seen.n; i++)
        vec_push(all, cell->seen.v[i]);
    cell->seen.n = 0;
}
