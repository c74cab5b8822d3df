/* The schedule explorer as a detector: a program is built by `lockstep cc`, and
 * run by `lockstep explore` until a schedule fails, or so many did not.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/explored.h"
#include "detectors/support/interleaving.h"
#include "detectors/support/probe.h"
#include "detectors/support/source.h"

#include "base/hash.h"
#include "os/fs.h"

#include <stdlib.h>

#define ID "explore"

/* So many steps where the manifest does not say: most cases that can be tried
 * to the last are, and the others cost no more than a second. */
#define WORK 3000000

/* The number of steps bounds it, the time is the last resort. */
#define SLOWDOWN 12

static const char *compiler(void)
{
    const char *named = getenv("LOCKSTEP_CC");
    return named && *named ? named : "gcc";
}

/* All of Lockstep that a program has in it when it is explored. */
static const char *const parts[] = {"liblockstep-explore.a", "explore.wrap",
                                    "explore.harmless", NULL};

static char *digest(const char *lib, const char **missing)
{
    struct buf all = {0};
    *missing = NULL;
    for (const char *const *part = parts; *part; part++) {
        char *path = fs_join(lib, *part);
        if (fs_read(path, &all) != ERR_OK && !*missing)
            *missing = *part;
        free(path);
    }
    char *hash = hash_of(&all);
    buf_fini(&all);
    return hash;
}

static void probe(const struct detector_env *env, struct detector_status *s)
{
    const char *missing;
    if (!probe_command(compiler(), "apt-get install gcc", s))
        return;
    char *built_by = s->version;
    char *hash = digest(env->lib, &missing);
    s->version = str_fmt("Lockstep %s, runtime %.8s, %s", LOCKSTEP_VERSION,
                         hash, built_by);
    if (missing)
        probe_missing(s, "the runtime of the explorer", missing,
                      "cmake --build build --target lockstep-explore");
    else if (!fs_is_executable(env->tool))
        probe_missing(s, "Lockstep itself", env->tool, "cmake --build build");
    free(hash);
    free(built_by);
}

static const char *unsupported(enum model m)
{
    if (m == MODEL_OPENMP)
        return "OpenMP's threads are made and put to work by its runtime, "
               "whose schedules it cannot decide";
    if (m == MODEL_PROCESS)
        return "it decides which thread of one process goes on, not which "
               "process";
    if (m == MODEL_SERIAL)
        return "it decides between threads, and there is but one";
    return NULL;
}

static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    strv_add(&l->compile, env->tool);
    strv_add(&l->compile, "cc");
    if (t->source)
        strv_add(&l->compile, "-std=gnu17");
    strv_add(&l->compile, "-pthread");
    source_words(t, &l->compile);
    strv_add(&l->prefix, env->tool);
    strv_add(&l->prefix, "explore");
    strv_add(&l->prefix, "--time=0");
    strv_add(&l->prefix, "--no-outcome");
    strv_addf(&l->prefix, "--work=%u", t->work ? t->work : WORK);
    if (report_dir) {
        strv_add(&l->prefix, "--json");
        strv_addf(&l->prefix, "--out=%s", report_dir);
    }
    strv_add(&l->prefix, "--");
    l->slowdown = SLOWDOWN;
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    struct explore_report x;
    if (o->proc->end == PROC_TIMEOUT || o->proc->end == PROC_CANCELLED)
        return ERR_OK; /* what it would have said, nobody knows */
    if (o->proc->end != PROC_EXITED) {
        *problem = str_dup("the explorer did not end by itself");
        return ERR_INVALID;
    }
    explore_report_read(o->out, &x);
    /* What cannot be written is missing on a page; the verdict stands. */
    if (o->report_dir)
        interleaving_write(&x, o->report_dir);
    enum err e = explored_findings(&x, ID, o->err, findings, problem);
    if (e == ERR_OK && o->search)
        explored_claim(&x, o->search);
    explore_report_fini(&x);
    return e;
}

static const struct canary canaries[] = {
    {.source = "race.c",
     .model = MODEL_PTHREAD,
     .guilty = true,
     .kind = KIND_DATA_RACE},
    {.source = "selfdeadlock.c",
     .model = MODEL_PTHREAD,
     .guilty = true,
     .kind = KIND_DEADLOCK},
    {.source = "split-lock.c",
     .model = MODEL_PTHREAD,
     .guilty = true,
     .kind = KIND_ATOMICITY},
    {.source = "clean.c", .model = MODEL_PTHREAD},
    {0},
};

const struct detector detector_explore = {
    .id = ID,
    .title = "Lockstep's own explorer of schedules",
    .family = DETECTOR_EXPLORING,
    .probe = probe,
    .unsupported = unsupported,
    .prepare = prepare,
    .parse = parse,
    .canaries = canaries,
};
