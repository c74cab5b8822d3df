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

/* mpicc of Open MPI and that of MPICH learn the compiler to use from these. */
static enum err run(const struct strv *argv, const char *cc,
                    struct proc_result *r)
{
    char *open_mpi = str_fmt("OMPI_CC=%s", cc);
    char *mpich = str_fmt("MPICH_CC=%s", cc);
    const char *env[] = {"LC_ALL=C", open_mpi, mpich, NULL};
    struct proc_spec spec = {
        .argv = (const char *const *)argv->v, .env = env, .timeout = patience};
    enum err e = proc_run(&spec, r);
    free(open_mpi);
    free(mpich);
    if (e == ERR_OK && r->end == PROC_CANCELLED) {
        proc_result_fini(r);
        e = ERR_CANCELLED;
    }
    return e;
}

/* What `command ARGUMENTS` prints, owned by the caller; NULL if it fails. */
static enum err output_of(const char *command, const char *arguments,
                          char **text)
{
    struct strv argv = {0};
    strv_add(&argv, command);
    strv_split(&argv, arguments, ' ');
    struct proc_result r;
    enum err e = run(&argv, command, &r);
    strv_fini(&argv);
    if (e != ERR_OK)
        return e;
    *text = succeeded(&r) ? str_dup(buf_str(&r.out.head)) : NULL;
    proc_result_fini(&r);
    return ERR_OK;
}

/* The macros say what it is; its name and its --version need not. */
static enum err identify(struct compiler *c)
{
    char *macros = NULL, *version = NULL;
    enum err e = output_of(c->command, "-dM -E -x c /dev/null", &macros);
    if (e == ERR_OK)
        e = output_of(c->command, "--version", &version);
    if (e == ERR_OK && macros && version && strstr(macros, "__GNUC__")) {
        bool clang = strstr(macros, "__clang__") != NULL;
        c->family = clang ? COMPILER_CLANG : COMPILER_GCC;
        c->version = str_ndup(version, strcspn(version, "\n"));
    } else if (e == ERR_OK) {
        c->problem = str_fmt("%s is neither gcc nor clang", c->command);
    } else if (e != ERR_CANCELLED) {
        c->problem = str_fmt("%s cannot be started (%s); install it or choose "
                             "others with --compilers",
                             c->command, err_text(e));
        e = ERR_OK;
    }
    free(macros);
    free(version);
    return e;
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
        e = compiler_build(c,
                           &(struct compiler_job){.model = MODEL_OPENMP,
                                                  .source = source,
                                                  .include_dir = dir,
                                                  .output = output},
                           &d);
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
    enum err e = identify(&c);
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

const char *compiler_no_mpi(void)
{
    char *cc = fs_which("mpicc"), *run = fs_which("mpirun");
    bool found = cc && run;
    free(cc);
    free(run);
    return found ? NULL
                 : "there is no MPI here (mpicc and mpirun); on Debian: "
                   "apt-get install libopenmpi-dev openmpi-bin";
}

static void build_command(const struct compiler *c,
                          const struct compiler_job *job, struct strv *argv)
{
    strv_add(argv, job->model == MODEL_MPI ? "mpicc" : c->command);
    strv_split(argv, COMPILER_FLAGS, ' ');
    if (job->model == MODEL_OPENMP)
        strv_add(argv, openmp_flag(c));
    strv_add(argv, "-I");
    strv_add(argv, job->include_dir);
    strv_add(argv, job->source);
    strv_add(argv, "-o");
    strv_add(argv, job->output);
    for (size_t i = 0; job->libraries && i < job->libraries->n; i++)
        strv_addf(argv, "-l%s", job->libraries->v[i]);
}

enum err compiler_build(const struct compiler *c,
                        const struct compiler_job *job, struct diag *d)
{
    struct strv argv = {0};
    build_command(c, job, &argv);
    struct proc_result r;
    enum err e = run(&argv, c->command, &r);
    if (e == ERR_CANCELLED) {
        strv_fini(&argv);
        return e;
    }
    if (e != ERR_OK) {
        diag_add(d, "%s cannot be started: %s", argv.v[0], err_text(e));
        strv_fini(&argv);
        return e;
    }
    strv_fini(&argv);
    if (!succeeded(&r)) {
        char *said = proc_output_text(&r.err);
        diag_at(d, job->source, 0, "does not build with %s:\n%s", c->command,
                said);
        e = strstr(said, "No space left on device") ? ERR_NOSPACE : ERR_INVALID;
        free(said);
    }
    proc_result_fini(&r);
    return e;
}
