/* clang's thread-safety analysis: what annotations claim of locks, checked
 * function by function.
 * SPDX-License-Identifier: MIT */
#include "detectors/detector.h"

#include "detectors/support/config.h"
#include "detectors/support/probe.h"
#include "detectors/support/rules.h"
#include "detectors/support/sarif.h"
#include "detectors/support/thread_safety.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

#define ID THREAD_SAFETY_ID

static void probe(const struct detector_env *env, struct detector_status *s)
{
    char *header = thread_safety_header(env);
    if (!probe_command("clang-19", "apt-get install clang-19", s)) {
        free(header);
        return;
    }
    if (!fs_is_file(header))
        probe_missing(s, "the header of annotations", header,
                      "install Lockstep's cases beside its configurations");
    free(header);
}

static const char *unsupported(enum model m)
{
    if (m == MODEL_OPENMP)
        return "critical sections and locks of OpenMP are no capabilities "
               "that the analysis knows";
    return NULL;
}

static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    strv_add(&l->prefix, "clang-19");
    strv_add(&l->prefix, "-fsyntax-only");
    config_options(env, ID, "options", &l->prefix);
    if (report_dir) {
        strv_add(&l->prefix, "-fdiagnostics-format=sarif");
        strv_add(&l->prefix, "-Wno-sarif-format-unstable");
    }
    if (t->model == MODEL_C11 || t->model == MODEL_C11_NATIVE)
        strv_add(&l->prefix, "-DTHREAD_SAFETY_C11");
    strv_add(&l->prefix, "-include");
    strv_take(&l->prefix, thread_safety_header(env));
    rule_flags(t, &l->prefix);
    strv_add(&l->prefix, t->source);
    rule_launch(l);
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    bool failed = o->proc->end != PROC_EXITED || o->proc->code != 0;
    return thread_safety_parse(o->err, strlen(o->err), failed, findings,
                               problem);
}

static const struct canary canaries[] = {
    {"unguarded.c", MODEL_PTHREAD, true, KIND_DATA_RACE},
    {"locked-twice.c", MODEL_PTHREAD, true, KIND_DOUBLE_LOCK},
    {"clean.c", MODEL_PTHREAD, false, KIND_COUNT},
    {0},
};

static const enum kind kinds[] = {
    KIND_DATA_RACE,   KIND_DOUBLE_LOCK, KIND_LOCK_ORDER,
    KIND_LOCK_MISUSE, KIND_LOCK_LEAK,   KIND_COUNT,
};

const struct detector detector_clang_thread_safety = {
    .id = ID,
    .title = "thread-safety analysis of clang",
    .home = "https://clang.llvm.org/docs/ThreadSafetyAnalysis.html",
    .family = DETECTOR_STATIC,
    .one_sided = true,
    .probe = probe,
    .unsupported = unsupported,
    .prepare = prepare,
    .parse = parse,
    .canaries = canaries,
    .kinds = kinds,
    .beyond = DETECTOR_BEYOND(
        "It follows which locks a function holds, and what they are said to "
        "guard; it has no notion of sequences that must not be interrupted, of "
        "wake-ups, of lifetimes or of signals."),
};
