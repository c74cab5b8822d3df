/* Asking tools for their version and their files.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/probe.h"

#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

char *probe_line(const char *const *argv)
{
    static const char *const env[] = {"LC_ALL=C", NULL};
    struct proc_spec spec = {.argv = argv, .env = env, .timeout = 10};
    struct proc_result r = {0};
    if (proc_run(&spec, &r))
        return NULL;
    char *line = NULL;
    const char *text = buf_str(&r.out.head);
    size_t n = strcspn(text, "\n");
    if (r.end == PROC_EXITED && r.code == 0 && n > 0)
        line = str_ndup(text, n);
    proc_result_fini(&r);
    return line;
}

bool probe_command(const char *command, const char *mend,
                   struct detector_status *s)
{
    const char *argv[] = {command, "--version", NULL};
    s->version = probe_line(argv);
    s->usable = s->version != NULL;
    if (s->usable)
        return true;
    s->problem = str_fmt("%s is not installed or does not run", command);
    s->mend = str_dup(mend);
    return false;
}

void probe_missing(struct detector_status *s, const char *what,
                   const char *path, const char *mend)
{
    s->usable = false;
    s->problem = str_fmt("%s is missing: %s", what, path);
    s->mend = str_dup(mend);
}

bool probe_runtime(const char *compiler, const char *name)
{
    char *option = str_fmt("-print-file-name=%s", name);
    const char *argv[] = {compiler, option, NULL};
    char *path = probe_line(argv);
    /* A name that the compiler does not know comes back as it went. */
    bool found = path && strchr(path, '/') && fs_is_file(path);
    free(path);
    free(option);
    return found;
}
