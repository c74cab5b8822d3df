/* clang's static analyzer: its path-sensitive checkers of locks.
 * SPDX-License-Identifier: MIT */
#include "detectors/detector.h"

#include "detectors/support/clang_analyzer.h"
#include "detectors/support/config.h"
#include "detectors/support/probe.h"
#include "detectors/support/report.h"
#include "detectors/support/rules.h"
#include "os/fs.h"

#include <stdlib.h>

#define ID CLANG_ANALYZER_ID
#define REPORT "report.sarif" /* in the folder of reports */

static void probe(const struct detector_env *env, struct detector_status *s)
{
    (void)env;
    probe_command("clang-19", "apt-get install clang-19", s);
}

static const char *unsupported(enum model m)
{
    if (m == MODEL_OPENMP)
        return "its checkers know the locks of POSIX and C11 threads, none of "
               "OpenMP";
    return NULL;
}

static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    strv_add(&l->prefix, "clang-19");
    strv_add(&l->prefix, "--analyze");
    config_options(env, ID, "options", &l->prefix);
    strv_add(&l->prefix, "--analyzer-output");
    strv_add(&l->prefix, report_dir ? "sarif" : "text");
    rule_flags(t, &l->prefix);
    strv_add(&l->prefix, t->source);
    if (report_dir) {
        strv_add(&l->prefix, "-o");
        strv_addf(&l->prefix, "%s/" REPORT, report_dir);
    }
    rule_launch(l);
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    struct buf text = {0};
    char *path = fs_join(o->report_dir, REPORT);
    enum err e = ERR_INVALID;
    if (o->proc->code != 0)
        *problem = rule_line(o->err, "error:");
    if (o->proc->code != 0 && !*problem)
        *problem = str_fmt("clang ended with %d", o->proc->code);
    if (!*problem && report_read(path, &text) != ERR_OK)
        *problem = str_dup("it wrote no report");
    if (!*problem)
        e = clang_analyzer_parse(buf_str(&text), text.len, findings, problem);
    buf_fini(&text);
    free(path);
    return e;
}

static const struct canary canaries[] = {
    {"locked-twice.c", MODEL_PTHREAD, true, KIND_DOUBLE_LOCK},
    {"clean.c", MODEL_PTHREAD, false, KIND_COUNT},
    {0},
};

static const enum kind kinds[] = {
    KIND_DOUBLE_LOCK, KIND_LOCK_MISUSE, KIND_LOCK_ORDER,
    KIND_LONG_HOLD,   KIND_COUNT,
};

const struct detector detector_clang_analyzer = {
    .id = ID,
    .title = "static analyzer of clang",
    .home = "https://clang-analyzer.llvm.org/",
    .family = DETECTOR_STATIC,
    .one_sided = true,
    .probe = probe,
    .unsupported = unsupported,
    .prepare = prepare,
    .parse = parse,
    .canaries = canaries,
    .kinds = kinds,
    .beyond = DETECTOR_BEYOND(
        "Its checkers follow the locks of one thread along the paths of a "
        "function; what several threads do, and data, are not theirs."),
};
