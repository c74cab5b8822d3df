/* What to compile, and what to link it with.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/source.h"

#include "os/fs.h"

void source_threads(const struct detector_env *env, const struct target *t,
                    struct strv *command)
{
    if (t->model != MODEL_C11)
        return;
    strv_add(command, "-I");
    strv_take(command, fs_join(env->configs, "c11"));
}

void source_words(const struct target *t, struct strv *command)
{
    if (!t->source)
        return;
    if (t->model == MODEL_OPENMP)
        strv_add(command, "-fopenmp");
    strv_add(command, "-I");
    strv_add(command, t->include_dir);
    strv_add(command, t->source);
    for (unsigned i = 0; i < t->libraries_count; i++)
        strv_addf(command, "-l%s", t->libraries[i]);
}
