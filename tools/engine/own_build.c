/* Builds a project of the user's for one detector.
 * SPDX-License-Identifier: MIT */
#include "engine/own_build.h"

#include "engine/own_command.h"
#include "os/copy.h"
#include "os/fs.h"

#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#define BUILD_DIR "{builddir}"
#define BUILD_SECONDS 1800.0
#define SAID_BYTES ((size_t)8 << 10) /* of what a failed build said */

void own_build_fini(struct own_build *b)
{
    free(b->dir);
    free(b->copy_of);
    free(b->failure);
    *b = (struct own_build){0};
}

const char *own_build_guess(const char *dir)
{
    static const struct {
        const char *file, *command;
    } guesses[] = {
        {"CMakeLists.txt",
         "cmake -S . -B {builddir} -DCMAKE_C_COMPILER={cc} "
         "-DCMAKE_CXX_COMPILER={cxx} -DCMAKE_C_FLAGS={cflags} "
         "-DCMAKE_CXX_FLAGS={cflags} -DCMAKE_BUILD_TYPE=None && "
         "cmake --build {builddir}"},
        /* With the compiler's name, the flags of the Makefile stay. */
        {"Makefile", "make CC='{cc} {cflags}' CXX='{cxx} {cflags}'"},
        {"makefile", "make CC='{cc} {cflags}' CXX='{cxx} {cflags}'"},
    };
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
        char *path = fs_join(dir, guesses[i].file);
        bool there = fs_is_file(path);
        free(path);
        if (there)
            return guesses[i].command;
    }
    return NULL;
}

/* ---- the copy ---- */

/* An object or a program: the compiler of another build made it. Shared objects
 * and archives stay: they may be all that there is of a library. */
static bool is_built(const char *path)
{
    union {
        unsigned char ident[EI_NIDENT];
        Elf64_Ehdr elf;
    } head = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    ssize_t n = fd < 0 ? -1 : read(fd, &head, sizeof head);
    if (fd >= 0)
        close(fd);
    if (n < (ssize_t)sizeof head || memcmp(head.ident, ELFMAG, SELFMAG) != 0)
        return false;
    const char *name = str_basename(path);
    return !str_ends(name, ".so") && !strstr(name, ".so.");
}

struct leaving {
    char *out; /* Lockstep's folder, without links; NULL: unknown */
};

static bool leave(const char *path, bool is_dir, void *arg)
{
    static const char *const names[] = {".git", ".hg", ".svn"};
    const struct leaving *l = arg;
    if (!is_dir)
        return is_built(path);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(str_basename(path), names[i]))
            return true;
    char *cache = fs_join(path, "CMakeCache.txt");
    bool made = fs_is_file(cache) || str_eq(path, l->out);
    free(cache);
    return made;
}

/* ---- the build ---- */

char *own_build_dir(const struct own_build_spec *s)
{
    struct buf key = {0};
    buf_adds(&key, s->source_dir);
    buf_add(&key, "", 1);
    buf_adds(&key, s->command);
    XXH64_hash_t hash = XXH3_64bits(key.data, key.len);
    buf_fini(&key);
    return str_fmt("%s/check/%016llx/%s", s->out, (unsigned long long)hash,
                   s->detector->id);
}

/* A copy is made anew each time; a build folder stays, so that the project's
 * own build can tell what has changed. */
static enum err make_dir(const struct own_build_spec *s, struct own_build *out)
{
    out->dir = own_build_dir(s);
    if (own_command_has(s->command, BUILD_DIR))
        return fs_mkdirs(out->dir);
    char *above =
        str_ndup(out->dir, (size_t)(strrchr(out->dir, '/') - out->dir));
    out->copy_of = str_dup(s->source_dir);
    enum err e = fs_remove(out->dir);
    if (e == ERR_OK)
        e = fs_mkdirs(above);
    struct leaving l = {fs_real(s->out)};
    if (e == ERR_OK)
        e = copy_tree(s->source_dir, out->dir, leave, &l);
    free(l.out);
    free(above);
    return e;
}

/* The last lines, which say what the matter was. */
static char *said(const struct proc_result *r)
{
    char *err = proc_output_text(&r->err), *text = proc_output_text(&r->out);
    char *all = str_fmt("%s%s", text, err);
    size_t n = strlen(all);
    const char *from = n > SAID_BYTES ? all + n - SAID_BYTES : all;
    const char *line = from > all ? strchr(from, '\n') : NULL;
    char *tail = str_dup(line ? line + 1 : from);
    free(all);
    free(text);
    free(err);
    return tail;
}

static enum err run_command(const char *line, const char *cwd,
                            struct own_build *out)
{
    const char *argv[] = {"/bin/sh", "-c", line, NULL};
    const char *env[] = {"LC_ALL=C", "MAKEFLAGS", "MAKELEVEL", "DESTDIR", NULL};
    struct proc_spec spec = {.argv = argv,
                             .env = env,
                             .cwd = cwd,
                             .timeout = BUILD_SECONDS,
                             .head = 1 << 20,
                             .tail = 1 << 20};
    struct proc_result r = {0};
    enum err e = proc_run(&spec, &r);
    if (e != ERR_OK) {
        out->failure = str_fmt("%s: %s", cwd, err_text(e));
        return ERR_INVALID;
    }
    out->seconds = r.wall;
    if (r.end == PROC_CANCELLED)
        e = ERR_CANCELLED;
    else if (r.end != PROC_EXITED || r.code != 0)
        e = ERR_INVALID;
    if (e == ERR_INVALID)
        out->failure = r.end == PROC_TIMEOUT
                           ? str_dup("it did not end within half an hour")
                           : said(&r);
    proc_result_fini(&r);
    return e;
}

/* The compiler and the flags that the detector wants. */
static void words_of(const struct own_build_spec *s, struct strv *compile)
{
    static const char *const no_args[] = {NULL};
    struct target t = {.model = s->model, .args = no_args};
    struct launch l = {0};
    s->detector->prepare(s->env, &t, NULL, &l);
    *compile = l.compile;
    l.compile = (struct strv){0};
    launch_fini(&l);
}

enum err own_build_run(const struct own_build_spec *s, struct own_build *out,
                       struct diag *d)
{
    struct strv compile = {0}, cflags = {0};
    *out = (struct own_build){0};
    words_of(s, &compile);
    for (size_t i = 1; i < compile.n; i++)
        strv_add(&cflags, compile.v[i]);
    enum err e = make_dir(s, out);
    struct own_words w = {s->detector->id, compile.v[0], &cflags, out->dir};
    char *line = e == ERR_OK ? own_command_fill(s->command, &w, d) : NULL;
    if (e == ERR_OK && !line)
        e = ERR_INVALID;
    else if (line)
        e = run_command(line, out->copy_of ? out->dir : s->source_dir, out);
    free(line);
    strv_fini(&cflags);
    strv_fini(&compile);
    return e;
}
