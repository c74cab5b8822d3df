/* Valgrind's segment-based race checker, which knows one access of a race.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/valgrind.h"
#include "detectors/support/valgrind_own.h"

/* DRD takes the thread that thrd_create starts for one of pthread_create's, and
 * reads attributes where glibc passes a mark instead. */
static const struct valgrind tool = {
    .id = "drd", .tool = "drd", .posix_only = true};

static void probe(const struct detector_env *env, struct detector_status *s)
{
    (void)env;
    valgrind_probe(&tool, s);
}

static const char *unfit(const struct program *p)
{
    return valgrind_unfit(&tool, p);
}

static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    valgrind_prepare(&tool, env, t, report_dir, l);
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    return valgrind_parse(&tool, o, findings, problem);
}

static const struct canary canaries[] = {
    {"race.c", MODEL_PTHREAD, true, KIND_DATA_RACE},
    {"clean.c", MODEL_PTHREAD, false, KIND_COUNT},
    {0},
};

const struct detector detector_drd = {
    .id = "drd",
    .title = "Valgrind's DRD",
    .home = "https://valgrind.org/docs/manual/drd-manual.html",
    .family = DETECTOR_DYNAMIC,
    .one_sided = true,
    .probe = probe,
    .unsupported = valgrind_unsupported,
    .unfit = unfit,
    .hint = valgrind_hint,
    .prepare = prepare,
    .parse = parse,
    .suppressed = valgrind_suppressed,
    .canaries = canaries,
};
