/* cppcheck: functions that no thread should call, static locals, freed memory.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/config.h"
#include "detectors/support/cppcheck_xml.h"
#include "detectors/support/probe.h"
#include "detectors/support/report.h"
#include "detectors/support/rules.h"

#include "os/fs.h"

#include <stdlib.h>

#define ID "cppcheck"
#define REPORT "report.xml"

static void probe(const struct detector_env *env, struct detector_status *s)
{
    (void)env;
    probe_command("cppcheck", "apt-get install cppcheck", s);
}

/* The dump that an addon reads is written beside the source, unless there is a
 * build folder. */
static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    strv_add(&l->prefix, "cppcheck");
    config_options(env, ID, "options", &l->prefix);
    strv_addf(&l->prefix, "--suppressions-list=%s/" ID "/unrelated",
              env->configs);
    if (report_dir) {
        strv_add(&l->prefix, "--xml");
        strv_addf(&l->prefix, "--cppcheck-build-dir=%s", report_dir);
        strv_addf(&l->prefix, "--output-file=%s/" REPORT, report_dir);
    }
    strv_add(&l->prefix, "-I");
    strv_add(&l->prefix, t->include_dir);
    strv_add(&l->prefix, t->source);
    config_system_path(&l->env);
    rule_launch(l);
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    char *path = fs_join(o->report_dir, REPORT);
    struct buf text = {0};
    report_read(path, &text);
    enum err e =
        cppcheck_xml_parse(ID, buf_str(&text), text.len, findings, problem);
    buf_fini(&text);
    free(path);
    return e;
}

static const struct canary canaries[] = {
    {"unsafe-call.c", MODEL_PTHREAD, true, KIND_DATA_RACE},
    {"clean.c", MODEL_PTHREAD, false, KIND_COUNT},
    {0},
};

static const enum kind kinds[] = {KIND_USE_AFTER_FREE, KIND_COUNT};

const struct detector detector_cppcheck = {
    .id = ID,
    .title = "cppcheck, with its addon threadsafety",
    .home = "https://cppcheck.sourceforge.io/",
    .family = DETECTOR_STATIC,
    .one_sided = true,
    .probe = probe,
    .prepare = prepare,
    .parse = parse,
    .canaries = canaries,
    .kinds = kinds,
    .beyond = DETECTOR_BEYOND("It knows library functions that are not for "
                              "threads, and local static objects; what a lock "
                              "or a condition is for, it does not know."),
};
