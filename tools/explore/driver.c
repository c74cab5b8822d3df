/* Compiles to assembly, looks at it, assembles; links with the runtime.
 * SPDX-License-Identifier: MIT */
#include "explore/driver.h"

#include "explore/captured.h"
#include "explore/stubs.h"
#include "explore/unhooked.h"
#include "os/fs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct driving {
    const struct driver *o;
    const struct driver_job *job;
    char *dir; /* for what lies in between; removed at the end */
    struct diag *d;
    int code; /* of the first command that failed */
};

/* Runs a command as if it were this program; true if it ended with 0. */
static bool run(struct driving *g, const struct strv *words)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        execvp(words->v[0], words->v);
        dprintf(STDERR_FILENO, "lockstep: %s: %s\n", words->v[0],
                strerror(errno));
        _exit(127);
    }
    if (pid < 0 || waitpid(pid, &status, 0) < 0)
        status = 127 << 8;
    if (WIFSIGNALED(status))
        g->code = 128 + WTERMSIG(status);
    else if (WEXITSTATUS(status))
        g->code = WEXITSTATUS(status);
    return status == 0;
}

static bool is_clang(const struct driver *o)
{
    return strstr(str_basename(o->compiler), "clang") != NULL;
}

/* A function that asks for no hooks is given them all the same. */
static void keep_hooks(struct strv *words)
{
    strv_add(words, "-Dno_sanitize(...)=unused");
    strv_add(words, "-D__no_sanitize__(...)=unused");
    strv_add(words, "-Dno_sanitize_thread=unused");
    strv_add(words, "-D__no_sanitize_thread__=unused");
    strv_add(words, "-Ddisable_sanitizer_instrumentation=unused");
}

/* Without these what is explored is not what the source says: clang leaves out
 * the read of x++, gcc copies and compares memory unseen, and at -O1 accesses
 * melt into one. */
static void add_flags(struct driving *g, struct strv *words)
{
    strv_add_all(words, &g->job->flags);
    strv_add(words, "-g");
    strv_add(words, "-O0");
    strv_add(words, "-fno-builtin");
    strv_add(words, "-fno-omit-frame-pointer");
    strv_add(words, "-fsanitize=thread");
    keep_hooks(words);
    if (is_clang(g->o)) {
        strv_add(words, "-mllvm");
        strv_add(words, "-tsan-instrument-read-before-write=1");
        strv_add(words, "-gdwarf-aranges"); /* lines are looked up by them */
        strv_add(words, "-Wno-unused-command-line-argument");
    } else {
        strv_add(words, "-Wno-tsan");
    }
}

/* Instructions that do more than a hook tells, and need no inline assembly. */
static bool has_odd_instruction(const char *assembly)
{
    static const char *const odd[] = {"\trdtsc",  "\trdrand",  "\trdseed",
                                      "\tmovnt",  "\tmaskmov", "\txbegin",
                                      "\tvmovnt", "\tvmaskmov"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        if (strstr(assembly, odd[i]))
            return true;
    return false;
}

/* Marks what the runtime has to know of a unit: that it has hooks, and whether
 * it has assembly that no hook is in. */
static enum err mark(const char *assembly, const char *source, bool clang)
{
    struct buf b = {0}, plain = {0};
    enum err e = fs_read(assembly, &plain);
    if (e == ERR_OK) {
        bool raw = strstr(buf_str(&plain), "#APP") != NULL ||
                   has_odd_instruction(buf_str(&plain));
        unhooked_mend(buf_str(&plain), clang, &b);
        buf_addf(&b,
                 "\n\t.section lockstep_unit,\"a\",@progbits\n"
                 "\t.string \"%s\"\n",
                 str_basename(source));
        if (raw)
            buf_addf(&b,
                     "\t.section lockstep_asm,\"a\",@progbits\n"
                     "\t.string \"%s\"\n",
                     str_basename(source));
        e = fs_write(assembly, buf_str(&b), b.len);
    }
    buf_fini(&b);
    buf_fini(&plain);
    return e;
}

static bool assemble(struct driving *g, const char *assembly,
                     const char *object)
{
    struct strv words = {0};
    strv_add(&words, g->o->compiler);
    strv_add(&words, "-c");
    strv_add(&words, assembly);
    strv_add(&words, "-o");
    strv_add(&words, object);
    bool good = run(g, &words);
    strv_fini(&words);
    return good;
}

/* clang's own assembly, made over. */
static bool finish_clang(struct driving *g, const char *early,
                         const char *assembly)
{
    struct strv words = {0};
    struct buf plain = {0}, b = {0};
    bool good = fs_read(early, &plain) == ERR_OK;
    captured_mend(buf_str(&plain), &b);
    good = good && fs_write(early, buf_str(&b), b.len) == ERR_OK;
    strv_add(&words, g->o->compiler);
    add_flags(g, &words);
    driver_drop_dependences(&words);
    strv_add(&words, "-S");
    strv_add(&words, "-x");
    strv_add(&words, "ir");
    strv_add(&words, early);
    strv_add(&words, "-o");
    strv_add(&words, assembly);
    good = good && run(g, &words);
    strv_fini(&words);
    buf_fini(&plain);
    buf_fini(&b);
    return good;
}

static bool compile_c(struct driving *g, size_t number, const char *object,
                      const char *assembly)
{
    char *early = str_fmt("%s.ll", assembly);
    const char *source = g->job->sources.v[number];
    struct strv words = {0};
    strv_add(&words, g->o->compiler);
    add_flags(g, &words);
    driver_dependences(g->job, source, object, &words);
    if (*g->job->languages.v[number]) {
        strv_add(&words, "-x");
        strv_add(&words, g->job->languages.v[number]);
    }
    if (is_clang(g->o)) {
        strv_add(&words, "-emit-llvm");
        strv_add(&words, "-Xclang");
        strv_add(&words, "-disable-llvm-passes");
        strv_add(&words, "-fno-discard-value-names");
    }
    strv_add(&words, "-S");
    strv_add(&words, source);
    strv_add(&words, "-o");
    strv_add(&words, is_clang(g->o) ? early : assembly);
    bool good = run(g, &words);
    if (good && is_clang(g->o))
        good = finish_clang(g, early, assembly);
    free(early);
    strv_fini(&words);
    if (good && mark(assembly, source, is_clang(g->o)) != ERR_OK) {
        diag_add(g->d, "%s cannot be written", assembly);
        g->code = 1;
        good = false;
    }
    return good;
}

static void compile(struct driving *g, size_t number, const char *object)
{
    const char *source = g->job->sources.v[number];
    char *assembly = str_fmt("%s/%zu.s", g->dir, number);
    if (driver_is_assembly(source))
        assemble(g, source, object);
    else if (compile_c(g, number, object, assembly))
        assemble(g, assembly, object);
    free(assembly);
}

/* "dir/name.c" gives "name.o" where the compiler is called. */
static char *object_name(const struct driver_job *job, const char *source)
{
    if (job->out)
        return str_dup(job->out);
    const char *base = str_basename(source);
    const char *dot = strrchr(base, '.');
    return str_fmt("%.*s.o", dot ? (int)(dot - base) : (int)strlen(base), base);
}

static void compile_only(struct driving *g)
{
    const struct strv *l = &g->job->sources;
    if (g->job->out && l->n > 1) {
        diag_add(g->d, "-c with -o takes one source");
        g->code = 1;
        return;
    }
    for (size_t i = 0; i < l->n && g->code == 0; i++) {
        char *object = object_name(g->job, l->v[i]);
        compile(g, i, object);
        free(object);
    }
}

static void add_runtime(struct driving *g, struct strv *words)
{
    strv_add(words, "-no-pie");
    strv_add(words, "-Wl,-z,now");
    strv_addf(words, "-Wl,@%s/explore.wrap", g->o->lib);
    strv_addf(words, "-Wl,@%s/stubs.wrap", g->dir);
    strv_addf(words, "%s/liblockstep-explore.a", g->o->lib);
    for (size_t i = 0; i < g->job->flags.n; i++) /* what the stubs go on to */
        if (str_starts(g->job->flags.v[i], "-l"))
            strv_add(words, g->job->flags.v[i]);
    strv_add(words, "-pthread");
    strv_add(words, "-lm");
}

/* The stubs of what is not modelled, from what the objects call. */
static bool make_stubs(struct driving *g, const struct strv *objects)
{
    struct strv words = {0};
    char *source = str_fmt("%s/stubs.s", g->dir);
    char *wrap = str_fmt("%s/stubs.wrap", g->dir);
    char *object = str_fmt("%s/stubs.o", g->dir);
    enum err e = stubs_write(objects, str_basename(g->o->compiler), g->o->lib,
                             source, wrap, g->d);
    strv_add(&words, g->o->compiler);
    strv_add(&words, "-c");
    strv_add(&words, source);
    strv_add(&words, "-o");
    strv_add(&words, object);
    bool good = e == ERR_OK && run(g, &words);
    if (!good && g->code == 0)
        g->code = 1;
    strv_fini(&words);
    free(object);
    free(wrap);
    free(source);
    return good;
}

static void add_archives(const struct driving *g, struct strv *objects)
{
    const struct strv *line = &g->job->line;
    for (size_t i = 0; i < line->n; i++) {
        const char *name = line->v[i];
        if (!str_starts(name, "-l"))
            continue;
        name = name[2] ? name + 2 : i + 1 < line->n ? line->v[i + 1] : "";
        char *archive = driver_archive(line, name);
        if (archive)
            strv_take(objects, archive);
    }
}

static void link_all(struct driving *g, const struct strv *compiled)
{
    struct strv words = {0}, objects = {0};
    size_t next = 0;
    strv_add_all(&objects, compiled);
    strv_add_all(&objects, &g->job->objects);
    add_archives(g, &objects);
    if (make_stubs(g, &objects)) {
        strv_add(&words, g->o->compiler);
        /* Before the libraries: it calls what they have. */
        strv_addf(&words, "%s/stubs.o", g->dir);
        for (size_t i = 0; i < g->job->line.n; i++)
            strv_add(&words, next < compiled->n &&
                                     str_eq(g->job->line.v[i], DRIVER_SOURCE)
                                 ? compiled->v[next++]
                                 : g->job->line.v[i]);
        strv_add(&words, "-o");
        strv_add(&words, g->job->out ? g->job->out : "a.out");
        add_runtime(g, &words);
        run(g, &words);
    }
    strv_fini(&objects);
    strv_fini(&words);
}

static void compile_and_link(struct driving *g)
{
    struct strv compiled = {0};
    const struct strv *l = &g->job->sources;
    for (size_t i = 0; i < l->n && g->code == 0; i++) {
        char *object = str_fmt("%s/%zu.o", g->dir, i);
        compile(g, i, object);
        strv_take(&compiled, object);
    }
    if (g->code == 0)
        link_all(g, &compiled);
    strv_fini(&compiled);
}

static void pass_on(struct driving *g, char *const *argv)
{
    struct strv words = {0};
    strv_add(&words, g->o->compiler);
    for (; *argv; argv++)
        strv_add(&words, *argv);
    run(g, &words);
    strv_fini(&words);
}

enum err driver_run(const struct driver *o, char *const *argv, int *code,
                    struct diag *d)
{
    struct driver_job job;
    struct strv words = {0};
    char dir[] = "/tmp/lockstep-cc-XXXXXX";
    driver_words(argv, &words);
    driver_parse(words.n ? words.v : argv, &job);
    struct driving g = {.o = o, .job = &job, .dir = dir, .d = d};
    enum err e = ERR_OK;
    if (job.refused && !job.passes) {
        diag_add(d, "%s", job.refused);
        e = ERR_UNSUPPORTED;
    } else if (job.passes) {
        pass_on(&g, argv);
    } else if (!mkdtemp(dir)) {
        diag_add(d, "no folder can be made in /tmp: %s", strerror(errno));
        e = ERR_IO;
    } else {
        if (job.links)
            compile_and_link(&g);
        else
            compile_only(&g);
        fs_remove(dir);
    }
    *code = e == ERR_OK ? g.code : 1;
    driver_job_fini(&job);
    strv_fini(&words);
    return e;
}
