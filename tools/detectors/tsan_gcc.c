/* gcc's ThreadSanitizer, with LLVM's libomp and Archer for OpenMP.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/probe.h"
#include "detectors/support/tsan.h"
#include "detectors/support/tsan_own.h"

static const struct tsan tool = {
    .id = "tsan-gcc",
    .compiler = "gcc",
    .optimise = "-Og",
    .stand_in = true,
    .runtime = PROGRAM_TSAN_GCC,
};

static void probe(const struct detector_env *env, struct detector_status *s)
{
    static const char mend[] = "apt-get install gcc libtsan2";
    if (!probe_command(tool.compiler, mend, s))
        return;
    if (!probe_runtime(tool.compiler, "libtsan.so"))
        probe_missing(s, "gcc's ThreadSanitizer runtime", "libtsan.so", mend);
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

const struct detector detector_tsan_gcc = {
    .id = "tsan-gcc",
    .title = "ThreadSanitizer of gcc",
    .home = "https://gcc.gnu.org/onlinedocs/gcc/Instrumentation-Options.html",
    .family = DETECTOR_DYNAMIC,
    .probe = probe,
    .unfit = unfit,
    .prepare = prepare,
    .parse = parse,
    .suppressed = tsan_suppressed,
    .canaries = canaries,
};
