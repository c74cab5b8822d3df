/* clang-tidy: the checks that speak of threads and signals.
 * SPDX-License-Identifier: MIT */
#include "detectors/detector.h"

#include "detectors/support/config.h"
#include "detectors/support/probe.h"
#include "detectors/support/report.h"
#include "detectors/support/rules.h"
#include "detectors/support/tidy.h"
#include "os/fs.h"

#include <stdlib.h>

#define ID TIDY_ID
#define REPORT "report.yaml" /* in the folder of reports */

static void probe(const struct detector_env *env, struct detector_status *s)
{
    (void)env;
    probe_command("clang-tidy-19", "apt-get install clang-tidy-19", s);
}

static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    strv_add(&l->prefix, "clang-tidy-19");
    config_options(env, ID, "options", &l->prefix);
    if (report_dir)
        strv_addf(&l->prefix, "--export-fixes=%s/" REPORT, report_dir);
    strv_add(&l->prefix, t->source);
    strv_add(&l->prefix, "--");
    strv_add(&l->prefix, "-Wno-everything");
    rule_flags(t, &l->prefix);
    rule_launch(l);
}

/* It writes no report when it has nothing to say. */
static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    struct buf text = {0};
    char *path = fs_join(o->report_dir, REPORT);
    enum err e = ERR_OK;
    if (fs_is_file(path)) {
        report_read(path, &text);
        e = tidy_parse(buf_str(&text), text.len, findings, problem);
    }
    if (e == ERR_OK && o->proc->code != 0) {
        char *line = rule_line(o->err, "rror");
        *problem =
            line ? line : str_fmt("clang-tidy ended with %d", o->proc->code);
        e = ERR_INVALID;
    }
    buf_fini(&text);
    free(path);
    return e;
}

static const struct canary canaries[] = {
    {"unsafe-call.c", MODEL_PTHREAD, true, KIND_DATA_RACE},
    {"clean.c", MODEL_PTHREAD, false, KIND_COUNT},
    {0},
};

/* A race or a lost wake-up it knows only in the shape of some call, or of a
 * directive: a miss of one says nothing about the program. */
static const enum kind kinds[] = {KIND_SIGNAL_UNSAFE, KIND_COUNT};

const struct detector detector_clang_tidy = {
    .id = ID,
    .title = "clang-tidy",
    .home = "https://clang.llvm.org/extra/clang-tidy/",
    .family = DETECTOR_STATIC,
    .one_sided = true,
    .probe = probe,
    .prepare = prepare,
    .parse = parse,
    .canaries = canaries,
    .kinds = kinds,
    .beyond = DETECTOR_BEYOND(
        "Its checks know calls that are unsafe in threads, results that must "
        "be looked at, and directives that leave open what is shared; which "
        "thread touches what, and when, they do not follow."),
};
