/* sparse's -Wcontext: locks counted along each path of a function.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/config.h"
#include "detectors/support/probe.h"
#include "detectors/support/rules.h"
#include "detectors/support/source.h"
#include "detectors/support/sparse_text.h"

#include <string.h>

#define ID "sparse"

static void probe(const struct detector_env *env, struct detector_status *s)
{
    (void)env;
    probe_command("sparse", "apt-get install sparse", s);
}

static const char *unsupported(enum model m)
{
    return m == MODEL_OPENMP ? "it does not read OpenMP's pragmas" : NULL;
}

static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    (void)report_dir;
    strv_add(&l->prefix, "sparse");
    config_options(env, ID, "options", &l->prefix);
    config_include(env, ID, "contexts.h", &l->prefix);
    strv_add(&l->prefix, "-I");
    strv_add(&l->prefix, t->include_dir);
    strv_add(&l->prefix, t->source);
    rule_launch(l);
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    return sparse_text_parse(ID, o->err, strlen(o->err), findings, problem);
}

static const struct canary canaries[] = {
    {"unlock-unlocked.c", MODEL_PTHREAD, true, KIND_LOCK_MISUSE},
    {"clean.c", MODEL_PTHREAD, false, KIND_COUNT},
    {0},
};

static const enum kind kinds[] = {KIND_LOCK_LEAK, KIND_COUNT};

const struct detector detector_sparse = {
    .id = ID,
    .title = "sparse, whose contexts are locks",
    .home = "https://sparse.docs.kernel.org/",
    .family = DETECTOR_STATIC,
    .one_sided = true,
    .probe = probe,
    .unsupported = unsupported,
    .prepare = prepare,
    .parse = parse,
    .canaries = canaries,
    .kinds = kinds,
    .beyond = DETECTOR_BEYOND("It counts how often locks are taken and "
                              "released on each path of one function, and "
                              "knows neither threads nor data."),
};
