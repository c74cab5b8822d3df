/* Compiles to assembly, looks at it, assembles.
 * SPDX-License-Identifier: MIT */
#include "explore/compile.h"

#include "explore/captured.h"
#include "explore/preprocessed.h"
#include "explore/unhooked.h"
#include "os/fs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

bool compile_run(struct driving *g, const struct strv *words)
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

/* With flags without which what is explored is not what the source says: clang
 * leaves out the read of x++, gcc copies and compares memory unseen, and at -O1
 * accesses melt into one. */
static void add_compiler(const struct driving *g, struct strv *words)
{
    strv_add(words, g->o->compiler);
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

static void add_mark(struct buf *b, const char *section, const char *source)
{
    buf_addf(b, "\n\t.section %s,\"a\",@progbits\n\t.string \"%s\"\n", section,
             str_basename(source));
}

static void add_source(const struct driving *g, size_t number,
                       struct strv *words)
{
    if (*g->job->languages.v[number]) {
        strv_add(words, "-x");
        strv_add(words, g->job->languages.v[number]);
    }
    strv_add(words, g->job->sources.v[number]);
}

/* What the preprocessor makes of a source, into a file. */
static bool preprocess(struct driving *g, size_t number, const char *path)
{
    struct strv words = {0};
    add_compiler(g, &words);
    driver_drop_dependences(&words);
    strv_add(&words, "-w");
    strv_add(&words, "-E");
    add_source(g, number, &words);
    strv_add(&words, "-o");
    strv_add(&words, path);
    bool good = compile_run(g, &words);
    strv_fini(&words);
    return good;
}

/* Whether a source asks gcc for optimisation by itself, which -O0 does not
 * overrule; clang knows no such thing. *text names the preprocessed source, to
 * be freed. False where it cannot be preprocessed. */
static bool look_ahead(struct driving *g, size_t number, char **text,
                       bool *optimised)
{
    const char *source = g->job->sources.v[number];
    bool given = str_ends(source, ".i");
    struct buf b = {0};
    *text = given ? str_dup(source) : str_fmt("%s/%zu.i", g->dir, number);
    if (!given && !preprocess(g, number, *text))
        return false;
    *optimised =
        fs_read(*text, &b) != ERR_OK || preprocessed_optimises(buf_str(&b));
    buf_fini(&b);
    return true;
}

/* Marks what the runtime has to know of a unit: that it has hooks, and whether
 * it has what they do not tell of. */
static enum err mark(const struct driving *g, const char *assembly,
                     size_t number, bool optimised)
{
    struct buf b = {0}, plain = {0};
    const char *source = g->job->sources.v[number];
    enum err e = fs_read(assembly, &plain);
    if (e == ERR_OK) {
        unhooked_mend(buf_str(&plain), is_clang(g->o), &b);
        add_mark(&b, "lockstep_unit", source);
        if (strstr(buf_str(&plain), "#APP") ||
            has_odd_instruction(buf_str(&plain)))
            add_mark(&b, "lockstep_asm", source);
        if (optimised)
            add_mark(&b, "lockstep_optimised", source);
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
    bool good = compile_run(g, &words);
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
    add_compiler(g, &words);
    driver_drop_dependences(&words);
    strv_add(&words, "-S");
    strv_add(&words, "-x");
    strv_add(&words, "ir");
    strv_add(&words, early);
    strv_add(&words, "-o");
    strv_add(&words, assembly);
    good = good && compile_run(g, &words);
    strv_fini(&words);
    buf_fini(&plain);
    buf_fini(&b);
    return good;
}

/* What is read from a pipe is there once. */
static void add_rest(const struct driving *g, size_t number, const char *text,
                     struct strv *words)
{
    if (text && str_eq(g->job->sources.v[number], "-")) {
        strv_add(words, "-x");
        strv_add(words, "cpp-output");
        strv_add(words, text);
    } else {
        add_source(g, number, words);
    }
}

static bool to_assembly(struct driving *g, size_t number, const char *object,
                        const char *text, const char *assembly)
{
    char *early = str_fmt("%s.ll", assembly);
    struct strv words = {0};
    add_compiler(g, &words);
    driver_dependences(g->job, g->job->sources.v[number], object, &words);
    if (is_clang(g->o)) {
        strv_add(&words, "-emit-llvm");
        strv_add(&words, "-Xclang");
        strv_add(&words, "-disable-llvm-passes");
        strv_add(&words, "-fno-discard-value-names");
    }
    strv_add(&words, "-S");
    add_rest(g, number, text, &words);
    strv_add(&words, "-o");
    strv_add(&words, is_clang(g->o) ? early : assembly);
    bool good = compile_run(g, &words);
    if (good && is_clang(g->o))
        good = finish_clang(g, early, assembly);
    free(early);
    strv_fini(&words);
    return good;
}

static bool compile_c(struct driving *g, size_t number, const char *object,
                      const char *assembly)
{
    bool optimised = false;
    char *text = NULL;
    bool good = is_clang(g->o) || look_ahead(g, number, &text, &optimised);
    good = good && to_assembly(g, number, object, text, assembly);
    free(text);
    if (good && mark(g, assembly, number, optimised) != ERR_OK) {
        diag_add(g->d, "%s cannot be written", assembly);
        g->code = 1;
        good = false;
    }
    return good;
}

void compile_source(struct driving *g, size_t number, const char *object)
{
    const char *source = g->job->sources.v[number];
    char *assembly = str_fmt("%s/%zu.s", g->dir, number);
    if (driver_is_assembly(source))
        assemble(g, source, object);
    else if (compile_c(g, number, object, assembly))
        assemble(g, assembly, object);
    free(assembly);
}
