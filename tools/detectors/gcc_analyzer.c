/* gcc's -fanalyzer: one thread of control, and the handlers of its signals.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/config.h"
#include "detectors/support/gcc_json.h"
#include "detectors/support/probe.h"
#include "detectors/support/rules.h"
#include "detectors/support/source.h"

#include "os/fs.h"

#include <string.h>

#define ID "gcc-analyzer"
#define COMPILER "gcc-12"

static void probe(const struct detector_env *env, struct detector_status *s)
{
    (void)env;
    probe_command(COMPILER, "apt-get install gcc-12", s);
}

static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    strv_add(&l->prefix, COMPILER);
    strv_add(&l->prefix, "-fanalyzer");
    config_options(env, ID, "options", &l->prefix);
    config_include(env, ID, "model.h", &l->prefix);
    if (report_dir)
        strv_add(&l->prefix, "-fdiagnostics-format=json");
    source_words(t, &l->prefix);
    rule_launch(l);
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    return gcc_json_parse(ID, o->err, strlen(o->err), findings, problem);
}

static const struct canary canaries[] = {
    {"signal-unsafe.c", MODEL_PTHREAD, true, KIND_SIGNAL_UNSAFE},
    {"signal-safe.c", MODEL_PTHREAD, false, KIND_COUNT},
    {0},
};

static const enum kind kinds[] = {KIND_SIGNAL_UNSAFE, KIND_USE_AFTER_FREE,
                                  KIND_COUNT};

const struct detector detector_gcc_analyzer = {
    .id = ID,
    .title = "The analyser of gcc",
    .home = "https://gcc.gnu.org/onlinedocs/gcc/Static-Analyzer-Options.html",
    .family = DETECTOR_STATIC,
    .one_sided = true,
    .probe = probe,
    .prepare = prepare,
    .parse = parse,
    .canaries = canaries,
    .kinds = kinds,
    .beyond = DETECTOR_BEYOND("It follows one thread of control, with its "
                              "memory and the handlers of its signals; it "
                              "knows no second thread and no lock."),
};
