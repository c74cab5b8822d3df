/* Valgrind's lockset and happens-before checker.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/valgrind.h"
#include "detectors/support/valgrind_own.h"

static const struct valgrind tool = {.id = "helgrind", .tool = "helgrind"};

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

const struct detector detector_helgrind = {
    .id = "helgrind",
    .title = "Valgrind's Helgrind",
    .home = "https://valgrind.org/docs/manual/hg-manual.html",
    .family = DETECTOR_DYNAMIC,
    .probe = probe,
    .unsupported = valgrind_unsupported,
    .unfit = unfit,
    .hint = valgrind_hint,
    .prepare = prepare,
    .parse = parse,
    .suppressed = valgrind_suppressed,
    .canaries = canaries,
};
