/* Builds programs into a content-keyed cache.
 * SPDX-License-Identifier: MIT */
#include "engine/build.h"

#include "base/hash.h"
#include "os/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void build_fini(struct build *b)
{
    free(b->program);
    free(b->failure);
    *b = (struct build){0};
}

static void add_list(struct buf *key, const struct strv *l)
{
    for (size_t i = 0; i < l->n; i++)
        buf_add(key, l->v[i], strlen(l->v[i]) + 1);
    buf_add(key, "", 1);
}

static void add_tool(struct buf *key, const struct strv *command)
{
    char *path = command->n ? fs_which(command->v[0]) : NULL;
    struct stat st;
    if (path && stat(path, &st) == 0)
        buf_addf(key, "%s %lld %lld", path, (long long)st.st_size,
                 (long long)st.st_mtime);
    free(path);
}

char *launch_key(const struct launch *l, const char *version,
                 const struct buf *extra)
{
    struct buf key = {0};
    add_list(&key, &l->compile);
    add_list(&key, &l->prefix);
    add_list(&key, &l->env);
    add_tool(&key, &l->compile);
    add_tool(&key, &l->prefix);
    buf_adds(&key, version ? version : "");
    buf_add(&key, "", 1);
    buf_add(&key, buf_str(extra), extra->len);
    char *hash = hash_of(&key);
    buf_fini(&key);
    return hash;
}

/* Whatever there is for a source to include. */
static void add_includes(struct buf *content, const char *dir, bool sources)
{
    struct strv names = {0};
    if (fs_list(dir, &names) != ERR_OK)
        return;
    for (size_t i = 0; i < names.n; i++) {
        if (!str_ends(names.v[i], ".h") &&
            !(sources && str_ends(names.v[i], ".c")))
            continue;
        char *path = fs_join(dir, names.v[i]);
        buf_addf(content, "\n%s\n", path);
        fs_read(path, content);
        free(path);
    }
    strv_fini(&names);
}

void build_add_sources(const struct launch *l, const struct target *t,
                       struct buf *content)
{
    char *copy = str_dup(t->source);
    fs_read(t->source, content);
    char *folder = dirname(copy);
    add_includes(content, folder, true);
    add_includes(content, dirname(folder), false); /* of the class */
    for (size_t i = 1; i < l->compile.n; i++)
        if (str_eq(l->compile.v[i - 1], "-I"))
            add_includes(content, l->compile.v[i], false);
    free(copy);
}

static char *source_key(const struct launch *l, const char *version,
                        const struct target *t)
{
    /* Where and with what a program runs does not change how it is built. */
    struct launch compile_only = {.compile = l->compile};
    struct buf content = {0};
    build_add_sources(l, t, &content);
    char *key = launch_key(&compile_only, version, &content);
    buf_fini(&content);
    return key;
}

static enum err failed(struct build *out, const struct proc_result *r)
{
    char *said = proc_output_text(&r->err);
    enum err e = ERR_INVALID;
    if (r->end == PROC_CANCELLED)
        e = ERR_CANCELLED;
    else if (strstr(said, "No space left on device"))
        e = ERR_NOSPACE;
    if (r->end == PROC_TIMEOUT) {
        free(said);
        said = str_dup("the compiler did not end within 5 minutes");
    }
    out->failure = said;
    return e;
}

/* Compiles to dir/program. */
static enum err compile(const struct launch *l, const char *dir,
                        struct build *out)
{
    struct strv argv = {0};
    struct proc_result r = {0};
    strv_add_all(&argv, &l->compile);
    strv_add(&argv, "-o");
    strv_addf(&argv, "%s/program", dir);
    const char *env[] = {"LC_ALL=C", NULL};
    struct proc_spec spec = {
        .argv = (const char *const *)argv.v, .env = env, .timeout = 300};
    enum err e = proc_run(&spec, &r);
    if (e != ERR_OK) {
        out->failure = str_fmt("%s: %s", argv.v[0], err_text(e));
        e = ERR_INVALID;
    } else {
        out->wall = r.wall;
        out->cpu = r.cpu;
        if (r.end != PROC_EXITED || r.code != 0)
            e = failed(out, &r);
        proc_result_fini(&r);
    }
    strv_fini(&argv);
    return e;
}

/* A folder appears in the cache complete or not at all. One that is there was
 * made meanwhile by someone else, or has lost its program. */
static enum err publish(const char *made, const char *entry,
                        const char *program)
{
    for (bool again = false;; again = true) {
        if (rename(made, entry) == 0)
            return ERR_OK;
        enum err e = err_from_errno(errno);
        if (e != ERR_EXISTS)
            return e;
        if (fs_is_executable(program) || again)
            return fs_remove(made);
        fs_remove(entry);
    }
}

enum err build_program(const char *cache, const struct launch *l,
                       const char *version, const struct target *t,
                       struct build *out)
{
    *out = (struct build){0};
    char *key = source_key(l, version, t);
    char *entry = fs_join(cache, key);
    char *made = str_fmt("%s.XXXXXX", entry);
    enum err e = ERR_OK;
    out->program = fs_join(entry, "program");
    if (fs_is_executable(out->program)) {
        out->reused = true;
        utimensat(AT_FDCWD, entry, NULL, 0); /* used, so not stale */
        goto out;
    }
    e = fs_mkdirs(cache);
    if (e != ERR_OK)
        goto out;
    if (!mkdtemp(made)) {
        e = err_from_errno(errno);
        goto out;
    }
    e = compile(l, made, out);
    if (e == ERR_OK)
        e = publish(made, entry, out->program);
    if (e != ERR_OK)
        fs_remove(made);
out:
    free(made);
    free(entry);
    free(key);
    return e;
}
