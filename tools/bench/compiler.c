/* Compilers: probing them, and building kernels at -O2.
 * SPDX-License-Identifier: MIT */
#include "bench/compiler.h"

#include "os/fs.h"
#include "os/proc.h"

#include <stdlib.h>
#include <string.h>

static const double patience = 120; /* seconds, for any compiler run */

const char *compiler_openmp(const struct compiler *c)
{
    return c->family == COMPILER_CLANG ? "libomp" : "libgomp";
}

/* Clang can be configured to link libgomp; the name makes it libomp. */
static const char *openmp_flag(const struct compiler *c)
{
    return c->family == COMPILER_CLANG ? "-fopenmp=libomp" : "-fopenmp";
}

static bool succeeded(const struct proc_result *r)
{
    return r->end == PROC_EXITED && r->code == 0;
}

static enum err run(const struct strv *argv, struct proc_result *r)
{
    static const char *const env[] = {"LC_ALL=C", NULL};
    struct proc_spec spec = {
        .argv = (const char *const *)argv->v, .env = env, .timeout = patience};
    enum err e = proc_run(&spec, r);
    if (e == ERR_OK && r->end == PROC_CANCELLED) {
        proc_result_fini(r);
        e = ERR_CANCELLED;
    }
    return e;
}

static enum err read_version(struct compiler *c)
{
    struct strv argv = {0};
    strv_add(&argv, c->command);
    strv_add(&argv, "--version");
    struct proc_result r;
    enum err e = run(&argv, &r);
    strv_fini(&argv);
    if (e == ERR_CANCELLED)
        return e;
    if (e != ERR_OK) {
        c->problem = str_fmt("%s cannot be started (%s); install it or choose "
                             "others with --compilers",
                             c->command, err_text(e));
        return ERR_OK;
    }
    const char *text = buf_str(&r.out.head);
    bool clang = strstr(text, "clang") != NULL;
    if (!succeeded(&r) || !(clang || strstr(text, "Free Software Foundation")))
        c->problem =
            str_fmt("%s --version does not tell of gcc or clang", c->command);
    else
        c->version = str_ndup(text, strcspn(text, "\n"));
    c->family = clang ? COMPILER_CLANG : COMPILER_GCC;
    proc_result_fini(&r);
    return ERR_OK;
}

static enum err try_openmp(struct compiler *c, const char *dir)
{
    static const char text[] = "#include <omp.h>\n"
                               "int main(void)\n"
                               "{\n"
                               "    return omp_get_max_threads() < 1;\n"
                               "}\n";
    char *source = fs_join(dir, "openmp-probe.c");
    char *output = fs_join(dir, "openmp-probe");
    struct diag d = {0};
    enum err e = fs_write(source, text, sizeof text - 1);
    if (e == ERR_OK)
        e = compiler_build(c, MODEL_OPENMP, source, dir, output, &d);
    if (e == ERR_INVALID) {
        c->no_openmp = str_fmt(
            "%s builds no OpenMP programs here; install %s", c->command,
            c->family == COMPILER_CLANG ? "its libomp (on Debian libomp-19-dev)"
                                        : "libgomp");
        e = ERR_OK;
    }
    diag_fini(&d);
    free(output);
    free(source);
    return e;
}

enum err compiler_probe(const char *command, const char *dir,
                        struct compiler *out)
{
    struct compiler c = {.command = str_dup(command)};
    enum err e = read_version(&c);
    if (e == ERR_OK && c.version)
        e = try_openmp(&c, dir);
    if (e != ERR_OK) {
        compiler_fini(&c);
        return e;
    }
    *out = c;
    return ERR_OK;
}

void compiler_fini(struct compiler *c)
{
    free(c->command);
    free(c->version);
    free(c->problem);
    free(c->no_openmp);
    *c = (struct compiler){0};
}

void compilers_fini(struct compilers *l)
{
    for (size_t i = 0; i < l->n; i++)
        compiler_fini(&l->v[i]);
    vec_fini(l);
}

static void build_command(const struct compiler *c, enum model model,
                          const char *source, const char *include_dir,
                          const char *output, struct strv *argv)
{
    strv_add(argv, c->command);
    strv_add(argv, "-O2");
    strv_add(argv, "-pthread");
    if (model == MODEL_OPENMP)
        strv_add(argv, openmp_flag(c));
    strv_add(argv, "-I");
    strv_add(argv, include_dir);
    strv_add(argv, source);
    strv_add(argv, "-o");
    strv_add(argv, output);
}

enum err compiler_build(const struct compiler *c, enum model model,
                        const char *source, const char *include_dir,
                        const char *output, struct diag *d)
{
    struct strv argv = {0};
    build_command(c, model, source, include_dir, output, &argv);
    struct proc_result r;
    enum err e = run(&argv, &r);
    strv_fini(&argv);
    if (e == ERR_CANCELLED)
        return e;
    if (e != ERR_OK) {
        diag_add(d, "%s cannot be started: %s", c->command, err_text(e));
        return e;
    }
    if (!succeeded(&r)) {
        char *said = proc_output_text(&r.err);
        diag_at(d, source, 0, "does not build with %s:\n%s", c->command, said);
        free(said);
        e = ERR_INVALID;
    }
    proc_result_fini(&r);
    return e;
}
