/* Makes a program of the user's own ready for one detector: built, looked into.
 * SPDX-License-Identifier: MIT */
#include "engine/own_cell.h"
#include "engine/own_keeping.h"

#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

#define BUILD_DIR "{builddir}"

static void set_aside(struct own_cell *cell, enum outcome outcome, char *note)
{
    cell->result->outcome = outcome;
    free(cell->result->note);
    cell->result->note = note;
}

static enum err build(struct own_cell *cell, struct diag *d)
{
    const struct engine_options *engine = cell->o->engine;
    struct own_build_spec s = {cell->detector, &engine->env,
                               cell->o->build, cell->o->source_dir,
                               engine->out,    cell->target.model};
    own_build_fini(&cell->build);
    enum err e = own_build_run(&s, &cell->build, d);
    cell->result->build_seconds += cell->build.seconds;
    if (!cell->build.failure)
        return e;
    set_aside(cell, OUTCOME_BUILD_FAILED, str_dup(cell->build.failure));
    return ERR_OK;
}

/* word with {builddir} filled in; owned by the caller. */
static char *filled(const struct own_cell *cell, const char *word)
{
    struct buf out = {0};
    const char *at;
    while (cell->build.dir && (at = strstr(word, BUILD_DIR))) {
        buf_add(&out, word, (size_t)(at - word));
        buf_adds(&out, cell->build.dir);
        word = at + strlen(BUILD_DIR);
    }
    buf_adds(&out, word);
    return buf_take(&out);
}

static void fill_args(struct own_cell *cell)
{
    strv_fini(&cell->args);
    for (size_t i = 0; i < cell->o->args->n; i++)
        strv_take(&cell->args, filled(cell, cell->o->args->v[i]));
    if (!cell->args.v)
        cell->args.v = mem_new(1, sizeof *cell->args.v);
    cell->target.args = (const char *const *)cell->args.v;
    cell->target.cwd = cell->build.copy_of ? cell->build.dir : NULL;
}

/* A name without a folder is one of $PATH, unless it was built here. */
static char *path_of_program(const struct own_cell *cell)
{
    char *word = filled(cell, cell->o->program);
    char *path;
    if (cell->build.dir && *word != '/')
        path = fs_join(cell->build.dir, word);
    else
        path = fs_which(word);
    if (!path)
        return word;
    free(word);
    return path;
}

/* ---- looking into the program ---- */

static enum err look(struct own_cell *cell, struct diag *d)
{
    char *path = path_of_program(cell);
    program_fini(&cell->program);
    enum err e =
        fs_is_executable(path) ? program_read(path, &cell->program) : ERR_NOENT;
    if (e != ERR_OK && cell->o->build)
        diag_add(d,
                 "%s: no such program after the build for %s; it is looked for "
                 "in %s",
                 cell->o->program, cell->detector->id, cell->build.dir);
    else if (e != ERR_OK)
        diag_add(d,
                 "%s: %s; name a program that is built, or let `lockstep "
                 "check` build it",
                 cell->o->program,
                 e == ERR_NOENT ? "no such program" : err_text(e));
    free(path);
    return e;
}

static void judge_fitness(struct own_cell *cell)
{
    const char *why = detector_unfit(cell->detector, &cell->program);
    struct own_result *r = cell->result;
    cell->target.model = cell->program.model;
    if (why) {
        set_aside(cell, OUTCOME_UNSUPPORTED, str_dup(why));
    } else if (cell->program.model == MODEL_OPENMP && r->detector->no_openmp) {
        set_aside(cell, OUTCOME_SKIPPED, str_dup(r->detector->no_openmp));
    } else {
        set_aside(cell, OUTCOME_CANCELLED, NULL);
        r->hint =
            cell->detector->hint ? cell->detector->hint(&cell->program) : NULL;
        if (cell->program.dwarf == 0 && cell->program.form != PROGRAM_SCRIPT)
            r->hint = "it has no debug information, and places have no lines; "
                      "compile with -g";
    }
}

enum err own_cell_prepare(struct own_cell *cell, struct diag *d)
{
    enum err e = cell->o->build ? build(cell, d) : ERR_OK;
    if (e != ERR_OK || cell->result->outcome == OUTCOME_BUILD_FAILED)
        return e;
    e = look(cell, d);
    /* Threads of C11 are seen in a built program only, and for some detectors
     * must be compiled in another way. */
    if (e == ERR_OK && cell->o->build &&
        cell->program.model == MODEL_C11_NATIVE &&
        detector_unfit(cell->detector, &cell->program)) {
        cell->target.model = MODEL_C11;
        e = build(cell, d);
        if (e == ERR_OK && cell->result->outcome != OUTCOME_BUILD_FAILED)
            e = look(cell, d);
    }
    if (e != ERR_OK || cell->result->outcome == OUTCOME_BUILD_FAILED)
        return e;
    judge_fitness(cell);
    if (cell->result->outcome == OUTCOME_CANCELLED)
        cell->result->key = own_key(cell);
    fill_args(cell);
    return ERR_OK;
}
