/* Plain builds and plain runs.
 * SPDX-License-Identifier: MIT */
#include "engine/plain.h"

#include "detectors/support/source.h"
#include "engine/build.h"
#include "engine/execution.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

void plain_tally_fini(struct plain_tally *t)
{
    free(t->failure);
    free(t->problem);
    *t = (struct plain_tally){0};
}

void plain_prepare(const struct target *t, const struct plain *build,
                   struct launch *l)
{
    static const char *const words[] = {"-std=gnu17", "-g", "-pthread"};
    bool mpi = t->model == MODEL_MPI;
    strv_add(&l->compile, mpi ? "mpicc" : plain_compiler(build));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        strv_add(&l->compile, words[i]);
    for (unsigned i = 0; build && i < build->flags_count; i++)
        strv_add(&l->compile, build->flags[i]);
    source_words(t, &l->compile);
    if (mpi)
        strv_split(&l->prefix, "mpirun -np 2", ' ');
    l->slowdown = 1;
}

static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    (void)env, (void)report_dir;
    plain_prepare(t, NULL, l);
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    (void)o, (void)findings, (void)problem;
    return ERR_OK;
}

/* What an execution takes for a detector: it is there, and says nothing. */
static const struct detector nobody = {
    .id = "plain", .prepare = prepare, .parse = parse};

char *plain_name(const struct scenario_case *c, const struct variant *v,
                 const struct plain *build)
{
    struct buf b = {0};
    buf_addf(&b, "%s:%s", c->id, v->name);
    if (build && build->compiler)
        buf_addf(&b, " %s", build->compiler);
    for (unsigned i = 0; build && i < build->flags_count; i++)
        buf_addf(&b, " %s", build->flags[i]);
    for (unsigned i = 0; build && i < build->args_count; i++)
        buf_addf(&b, " %s", build->args[i]);
    return buf_take(&b);
}

/* How a run ended, unless its invariant held; caller frees. */
static char *ending(const struct execution *run, double timeout)
{
    switch (run->end) {
    case RUN_HUNG:
        return str_dup("it hung");
    case RUN_TIMEOUT:
        return str_fmt("it did not end within %g s", timeout);
    case RUN_MEMORY:
        return str_dup("it took too much memory");
    default:
        break;
    }
    if (run->problem)
        return str_dup(run->problem);
    if (run->signal)
        return str_fmt("it died from SIG%s", sigabbrev_np(run->signal));
    return str_fmt("it ended with %d and %s", run->code,
                   run->token == TOKEN_NONE   ? "no token"
                   : run->token == TOKEN_HELD ? "said that its invariant held"
                                              : "saw its invariant broken");
}

static bool held(const struct execution *run)
{
    return run->end == RUN_ENDED && !run->signal && run->code == 0 &&
           run->token == TOKEN_HELD;
}

static bool failed(const struct execution *run)
{
    if (run->end == RUN_HUNG || run->end == RUN_TIMEOUT)
        return true;
    return run->end == RUN_ENDED &&
           (run->signal || (run->code == 1 && run->token == TOKEN_BROKEN));
}

static void count(struct plain_tally *t, const struct execution *run,
                  const char *dir, double timeout)
{
    if (!run->problem && held(run)) {
        t->held++;
        return;
    }
    bool shows = !run->problem && failed(run);
    char **told = shows ? &t->failure : &t->problem;
    *(shows ? &t->shows : &t->other) += 1;
    if (*told)
        return;
    char *end = ending(run, timeout);
    *told = str_fmt("%s; what it printed is in %s", end, dir);
    free(end);
}

static enum err run_once(const struct plain_spec *s, const struct target *t,
                         const char *program, unsigned number,
                         struct plain_tally *out)
{
    char *dir = str_fmt("%s.%u", s->dir, number);
    struct execution_spec spec = {
        .detector = &nobody,
        .env = &s->o->env,
        .target = t,
        .program = program,
        .report_dir = dir,
        .timeout = s->o->timeout,
    };
    struct execution run = {0};
    enum err e = execution_run(&spec, &run);
    if (e == ERR_OK) {
        if (run.end == RUN_CANCELLED)
            e = ERR_CANCELLED;
        else
            count(out, &run, dir, s->o->timeout);
        execution_fini(&run);
    }
    free(dir);
    return e;
}

static enum err run_all(const struct plain_spec *s, const struct target *t,
                        const char *program, struct plain_tally *out)
{
    enum err e = ERR_OK;
    char *name = plain_name(s->c, s->variant, s->build);
    for (unsigned i = 0; i < s->runs && e == ERR_OK; i++) {
        if (s->o->progress)
            s->o->progress(s->o->progress_arg, i, s->runs, name);
        e = proc_cancelled() ? ERR_CANCELLED
                             : run_once(s, t, program, i + 1, out);
    }
    free(name);
    return e;
}

enum err plain_run(const struct plain_spec *s, struct plain_tally *out)
{
    struct strv args = {0};
    struct launch l = {0};
    struct build b = {0};
    *out = (struct plain_tally){0};
    for (unsigned i = 0; s->build && i < s->build->args_count; i++)
        strv_add(&args, s->build->args[i]);
    if (!args.v)
        args.v = mem_new(1, sizeof *args.v);
    const struct target t = {
        .source = s->variant->source,
        .include_dir = s->o->include_dir,
        .model = s->variant->model,
        .args = (const char *const *)args.v,
        .libraries = s->c->manifest->libraries,
        .libraries_count = s->c->manifest->libraries_count,
    };
    char *cache = fs_join(s->o->out, "cache");
    plain_prepare(&t, s->build, &l);
    enum err e = build_program(cache, &l, NULL, &t, &b);
    if (e == ERR_INVALID)
        out->problem = str_fmt("does not compile:\n%s", b.failure);
    if (e == ERR_OK)
        e = run_all(s, &t, b.program, out);
    free(cache);
    build_fini(&b);
    launch_fini(&l);
    strv_fini(&args);
    return e;
}
