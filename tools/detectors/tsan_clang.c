/* clang's ThreadSanitizer, with Archer for OpenMP.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/probe.h"
#include "detectors/support/tsan.h"
#include "detectors/support/tsan_own.h"

/* At -O1, and so -Og, clang moves accesses and drops their lines. */
static const struct tsan tool = {
    .id = "tsan-clang",
    .compiler = "clang-19",
    .optimise = "-O0",
    .runtime = PROGRAM_TSAN_CLANG,
};

static void probe(const struct detector_env *env, struct detector_status *s)
{
    static const char mend[] = "apt-get install clang-19 libclang-rt-19-dev";
    if (!probe_command(tool.compiler, mend, s))
        return;
    if (!probe_runtime(tool.compiler, "libclang_rt.tsan-x86_64.a") &&
        !probe_runtime(tool.compiler, "libclang_rt.tsan-aarch64.a") &&
        !probe_runtime(tool.compiler, "libclang_rt.tsan.a"))
        probe_missing(s, "clang's ThreadSanitizer runtime", "libclang_rt.tsan",
                      mend);
    else
        tsan_probe_openmp(&tool, env, s);
}

static const char *unfit(const struct program *p)
{
    return tsan_unfit(&tool, p);
}

static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    tsan_prepare(&tool, env, t, report_dir, l);
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    return tsan_parse(&tool, o, findings, problem);
}

static const struct canary canaries[] = {
    {"race.c", MODEL_PTHREAD, true, KIND_DATA_RACE},
    {"clean.c", MODEL_PTHREAD, false, KIND_COUNT},
    {"openmp-race.c", MODEL_OPENMP, true, KIND_DATA_RACE},
    {"openmp-clean.c", MODEL_OPENMP, false, KIND_COUNT},
    {0},
};

const struct detector detector_tsan_clang = {
    .id = "tsan-clang",
    .title = "ThreadSanitizer of clang",
    .home = "https://clang.llvm.org/docs/ThreadSanitizer.html",
    .family = DETECTOR_DYNAMIC,
    .probe = probe,
    .unfit = unfit,
    .prepare = prepare,
    .parse = parse,
    .suppressed = tsan_suppressed,
    .canaries = canaries,
};
