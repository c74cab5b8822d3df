/* Where Lockstep's own files are: in its source tree, or installed.
 * SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include "os/fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool try_home(struct options *o, const char *dir)
{
    char *cases = str_fmt("%s/cases", dir);
    char *header = str_fmt("%s/case.h", cases);
    char *configs = str_fmt("%s/sanitizer-configs", dir);
    bool found = fs_is_file(header) && fs_is_dir(configs);
    if (found) {
        o->home_cases = fs_real(cases);
        o->configs = fs_real(configs);
    }
    free(cases);
    free(header);
    free(configs);
    return found;
}

static char *find_lib(const char *program_dir)
{
    static const char *const places[] = {"lib",
                                         "../" LOCKSTEP_LIBDIR "/lockstep"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *dir = fs_join(program_dir, places[i]);
        char *file = fs_join(dir, "liblockstep-locks.so");
        char *real = fs_is_file(file) ? fs_real(dir) : NULL;
        free(file);
        free(dir);
        if (real)
            return real;
    }
    return str_dup(program_dir);
}

static char *default_out(void)
{
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    if (cache && *cache == '/')
        return str_fmt("%s/lockstep", cache);
    if (home && *home == '/')
        return str_fmt("%s/.cache/lockstep", home);
    return str_fmt("/tmp/lockstep-%ld", (long)getuid());
}

/* A relative folder would not survive a change of folder in a child. */
static char *absolute(const char *path)
{
    if (*path == '/')
        return str_dup(path);
    char *here = fs_real(".");
    char *joined = fs_join(here ? here : ".", path);
    free(here);
    return joined;
}

void locate(struct options *o)
{
    char *dir = fs_program_dir();
    char *beside = str_fmt("%s/..", dir ? dir : ".");
    char *installed = str_fmt("%s/../share/lockstep", dir ? dir : ".");
    if (!try_home(o, beside) && !try_home(o, installed) &&
        !try_home(o, LOCKSTEP_SOURCE_DIR)) {
        fprintf(stderr,
                "lockstep: cannot find my own files (cases/case.h and "
                "sanitizer-configs) in %s or %s; install Lockstep with "
                "`cmake --install`, or run it from its build folder\n",
                beside, installed);
        exit(2);
    }
    o->lib = find_lib(dir ? dir : ".");
    o->tool = fs_real("/proc/self/exe");
    if (!o->cases)
        o->cases = str_dup(o->home_cases);
    char *out = o->out ? absolute(o->out) : default_out();
    free(o->out);
    o->out = out;
    free(installed);
    free(beside);
    free(dir);
}
