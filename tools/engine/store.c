/* The folders of raw reports.
 * SPDX-License-Identifier: MIT */
#include "engine/store.h"

#include "os/fs.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define KEPT_RUNS 10

/* "20260102-030405-678": nothing else in the folder is ours to remove. */
static bool is_run(const char *name)
{
    static const char pattern[] = "dddddddd-dddddd-d";
    size_t i = 0;
    for (; pattern[i]; i++)
        if (pattern[i] == 'd' ? !isdigit((unsigned char)name[i])
                              : name[i] != pattern[i])
            return false;
    return name[i + strspn(name + i, "0123456789")] == '\0';
}

/* One that was gone on with has another process than it is named for. */
static bool is_alive(const char *path)
{
    const char *dash = strrchr(path, '-');
    long pid = dash ? strtol(dash + 1, NULL, 10) : 0;
    char *lock = fs_join(path, STORE_LOCK);
    bool locked = fs_is_locked(lock);
    free(lock);
    return locked || (pid > 0 && (kill((pid_t)pid, 0) == 0 || errno == EPERM));
}

static void prune(const char *runs)
{
    struct strv names = {0};
    size_t left = 0;
    fs_list(runs, &names);
    for (size_t i = 0; i < names.n; i++)
        left += is_run(names.v[i]);
    for (size_t i = 0; i < names.n && left > KEPT_RUNS; i++) {
        if (!is_run(names.v[i]))
            continue;
        left--;
        char *path = fs_join(runs, names.v[i]);
        if (!is_alive(path))
            fs_remove(path);
        free(path);
    }
    strv_fini(&names);
}

#define HOUR 3600
#define MONTH (30L * 24 * HOUR)

/* Finished programs are called by their key, half made ones "key.XXXXXX". */
static bool is_stale(const char *path, const char *name, time_t now)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return false;
    return now - st.st_mtime > (strchr(name, '.') ? HOUR : MONTH);
}

void store_prune_cache(const char *cache)
{
    struct strv names = {0};
    time_t now = time(NULL);
    fs_list(cache, &names);
    for (size_t i = 0; i < names.n; i++) {
        char *path = fs_join(cache, names.v[i]);
        if (is_stale(path, names.v[i], now))
            fs_remove(path);
        free(path);
    }
    strv_fini(&names);
}

static char *id_at(time_t moment)
{
    char stamp[32];
    struct tm tm;
    gmtime_r(&moment, &tm);
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &tm);
    return str_fmt("%s-%ld", stamp, (long)getpid());
}

char *store_run_id(void)
{
    return id_at(time(NULL));
}

enum err store_old_run(const char *out, const char *id, char **dir)
{
    char *path = str_fmt("%s/runs/%s", out, id);
    enum err e = fs_mkdirs(path);
    if (e == ERR_OK)
        *dir = path;
    else
        free(path);
    return e;
}

/* Of several runs within one second, the later ones are called for the seconds
 * that follow: ids are sorted, and no two are the same. */
static char *new_id(const char *runs)
{
    for (time_t moment = time(NULL);; moment++) {
        char *id = id_at(moment), *path = fs_join(runs, id);
        bool taken = fs_is_dir(path);
        free(path);
        if (!taken)
            return id;
        free(id);
    }
}

enum err store_new_run(const char *out, char **dir)
{
    char *runs = fs_join(out, "runs");
    char *id = new_id(runs);
    enum err e = store_old_run(out, id, dir);
    if (e == ERR_OK)
        prune(runs);
    free(id);
    free(runs);
    return e;
}
