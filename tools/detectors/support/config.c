/* Options and suppressions of a detector, from sanitizer-configs.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/config.h"

#include "os/fs.h"

#include <stdlib.h>

static char *config_path(const struct detector_env *env, const char *id,
                         const char *name)
{
    char *dir = fs_join(env->configs, id);
    char *path = fs_join(dir, name);
    free(dir);
    return path;
}

void config_options(const struct detector_env *env, const char *id,
                    const char *name, struct strv *options)
{
    char *path = config_path(env, id, name);
    struct buf text = {0};
    struct strv lines = {0};
    if (fs_read(path, &text) == ERR_OK)
        strv_split(&lines, buf_str(&text), '\n');
    for (size_t i = 0; i < lines.n; i++)
        if (lines.v[i][0] != '#')
            strv_add(options, lines.v[i]);
    strv_fini(&lines);
    buf_fini(&text);
    free(path);
}

char *config_suppressions(const struct detector_env *env, const char *id)
{
    char *path = config_path(env, id, "suppressions");
    if (fs_is_file(path))
        return path;
    free(path);
    return NULL;
}

void config_include(const struct detector_env *env, const char *id,
                    const char *name, struct strv *command)
{
    strv_add(command, "-include");
    strv_take(command, config_path(env, id, name));
}

void config_system_path(struct strv *env)
{
    const char *before = getenv("PATH");
    strv_addf(env, "PATH=/usr/bin:/bin%s%s", before ? ":" : "",
              before ? before : "");
}
