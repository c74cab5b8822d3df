/* The folders of raw reports.
 * SPDX-License-Identifier: MIT */
#include "engine/store.h"

#include "os/fs.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define KEPT_RUNS 10

static bool is_alive(const char *run)
{
    const char *dash = strrchr(run, '-');
    long pid = dash ? strtol(dash + 1, NULL, 10) : 0;
    return pid > 0 && (kill((pid_t)pid, 0) == 0 || errno == EPERM);
}

static void prune(const char *runs)
{
    struct strv names = {0};
    if (fs_list(runs, &names) != ERR_OK)
        return;
    for (size_t i = 0; i + KEPT_RUNS < names.n; i++) {
        char *path = fs_join(runs, names.v[i]);
        if (!is_alive(names.v[i]))
            fs_remove(path);
        free(path);
    }
    strv_fini(&names);
}

enum err store_new_run(const char *out, char **dir)
{
    char *runs = fs_join(out, "runs");
    char stamp[32];
    time_t now = time(NULL);
    struct tm tm;
    gmtime_r(&now, &tm);
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &tm);
    char *path = str_fmt("%s/%s-%ld", runs, stamp, (long)getpid());
    enum err e = fs_mkdirs(path);
    if (e == ERR_OK) {
        *dir = path;
        prune(runs);
    } else {
        free(path);
    }
    free(runs);
    return e;
}
