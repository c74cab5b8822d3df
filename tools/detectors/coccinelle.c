/* Coccinelle's spatch with Lockstep's own semantic patches.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/cocci_lines.h"
#include "detectors/support/config.h"
#include "detectors/support/probe.h"
#include "detectors/support/report.h"
#include "detectors/support/rules.h"

#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

#define ID "coccinelle"

static void probe(const struct detector_env *env, struct detector_status *s)
{
    (void)env;
    probe_command("spatch", "apt-get install coccinelle libpython3.11", s);
}

static const char *unsupported(enum model m)
{
    return m == MODEL_OPENMP ? "it passes over pragmas, and with them over "
                               "what OpenMP makes of the code"
                             : NULL;
}

/* The patches include each other by names that spatch looks up in the folder
 * it runs in. */
static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    strv_add(&l->prefix, "sh");
    strv_add(&l->prefix, "-c");
    strv_add(&l->prefix, "cd \"$0\" && exec spatch \"$@\"");
    strv_take(&l->prefix, fs_join(env->configs, ID));
    config_options(env, ID, "options", &l->prefix);
    strv_add(&l->prefix, "--sp-file");
    strv_add(&l->prefix, "all.cocci");
    strv_add(&l->prefix, t->source);
    if (report_dir)
        strv_add(&l->env, "LOCKSTEP_REPORT=json");
    config_system_path(&l->env);
    rule_launch(l);
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    *problem = cocci_lines_refusal(o->err);
    if (*problem)
        return ERR_INVALID;
    return cocci_lines_parse(ID, o->out, strlen(o->out), findings, problem);
}

static const struct canary canaries[] = {
    {"selfdeadlock.c", MODEL_PTHREAD, true, KIND_DOUBLE_LOCK},
    {"clean.c", MODEL_PTHREAD, false, KIND_COUNT},
    {0},
};

/* Of other kinds a patch knows a shape here and there; that a program has none
 * of them says nothing. */
static const enum kind kinds[] = {KIND_DOUBLE_LOCK, KIND_SIGNAL_UNSAFE,
                                  KIND_COUNT};

const struct detector detector_coccinelle = {
    .id = ID,
    .title = "Coccinelle, with semantic patches of our own",
    .home = "https://coccinelle.gitlabpages.inria.fr/website/",
    .family = DETECTOR_STATIC,
    .one_sided = true,
    .probe = probe,
    .unsupported = unsupported,
    .prepare = prepare,
    .parse = parse,
    .canaries = canaries,
    .kinds = kinds,
    .beyond = DETECTOR_BEYOND(
        "Its semantic patches look for shapes of code within a function, and "
        "this mistake has the shape of none."),
};
