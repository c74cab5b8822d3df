/* Building, running and judging a program under a ThreadSanitizer.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/tsan.h"

#include "detectors/support/config.h"
#include "detectors/support/library_path.h"
#include "detectors/support/report.h"
#include "detectors/support/source.h"
#include "detectors/support/tsan_own.h"
#include "os/fs.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_CODE 66 /* exitcode= in sanitizer-configs */

/* By OMP_TOOL_VERBOSE_INIT on stderr, where even a program that is killed
 * leaves it; Archer's own word (ARCHER_OPTIONS=verbose=1) is buffered stdout.
 * Archer does not start in a program without ThreadSanitizer. */
#define LOOKED_FOR_TOOL "LOGGING OF TOOL REGISTRATION"
#define ARCHER_STARTED "Tool was started and is using the OMPT interface."

static void compile(const struct tsan *t, const struct detector_env *env,
                    const struct target *target, struct strv *out)
{
    strv_add(out, t->compiler);
    if (target->source)
        strv_add(out, "-std=gnu17");
    strv_add(out, "-g");
    strv_add(out, t->optimise);
    strv_add(out, "-fsanitize=thread");
    strv_add(out, "-pthread");
    source_threads(env, target, out);
    source_words(target, out);
}

static void join(struct buf *out, const struct strv *options)
{
    for (size_t i = 0; i < options->n; i++)
        buf_addf(out, "%s%s", i ? ":" : "", options->v[i]);
}

static void runtime_options(const struct tsan *t,
                            const struct detector_env *env,
                            const struct target *target, const char *report_dir,
                            struct strv *options)
{
    config_options(env, t->id, "options", options);
    if (target->model == MODEL_OPENMP)
        config_options(env, t->id, "options-openmp", options);
    if (!target->source)
        tsan_own_options(options);
    char *suppressions =
        tsan_suppressions(t->id, env, target->suppressions, report_dir);
    if (suppressions)
        strv_addf(options, "suppressions=\"%s\"", suppressions);
    free(suppressions);
    if (report_dir) {
        strv_addf(options, "log_path=\"%s/report\"", report_dir);
        strv_add(options, "stack_trace_format=\"" TSAN_FRAMES "\"");
    }
}

static char *stand_in_dir(const struct detector_env *env)
{
    char *file = fs_join(env->lib, TSAN_STAND_IN);
    char *dir = str_ndup(file, (size_t)(strrchr(file, '/') - file));
    free(file);
    return dir;
}

static void openmp_environment(const struct tsan *t,
                               const struct detector_env *env,
                               const struct target *target,
                               const char *report_dir, struct strv *vars)
{
    /* One thread has no races, and the machine may have one core. */
    strv_addf(vars, "OMP_NUM_THREADS=%u",
              target->threads ? target->threads : 4);
    strv_add(vars, "OMP_TOOL_LIBRARIES=" TSAN_ARCHER);
    if (t->stand_in) {
        char *dir = stand_in_dir(env);
        library_path(dir, vars);
        free(dir);
    }
    if (report_dir)
        strv_add(vars, "OMP_TOOL_VERBOSE_INIT=stderr");
}

void tsan_probe_openmp(const struct tsan *t, const struct detector_env *env,
                       struct detector_status *s)
{
    static const char mend[] = "apt-get install libomp-19-dev";
    char *runtime = fs_join(env->lib, TSAN_STAND_IN);
    if (!fs_is_file(TSAN_ARCHER))
        s->no_openmp = str_fmt("Archer is missing: " TSAN_ARCHER "; %s", mend);
    else if (t->stand_in && !fs_is_file(runtime))
        s->no_openmp = str_fmt("LLVM's libomp, to stand in for libgomp, is "
                               "missing: %s; %s",
                               runtime, mend);
    else if (t->stand_in && !library_path_can(runtime))
        s->no_openmp = str_fmt("the loader cannot be told of a folder with a "
                               "colon or semicolon in its name: %s",
                               env->lib);
    free(runtime);
}

void tsan_prepare(const struct tsan *t, const struct detector_env *env,
                  const struct target *target, const char *report_dir,
                  struct launch *l)
{
    struct strv options = {0};
    struct buf joined = {0};
    compile(t, env, target, &l->compile);
    runtime_options(t, env, target, report_dir, &options);
    join(&joined, &options);
    strv_addf(&l->env, "TSAN_OPTIONS=%s", buf_str(&joined));
    if (target->model == MODEL_OPENMP)
        openmp_environment(t, env, target, report_dir, &l->env);
    l->no_aslr = true;
    l->slowdown = 15;
    buf_fini(&joined);
    strv_fini(&options);
}

static enum err parse_files(const struct tsan *t, const char *dir,
                            struct findings *findings, size_t *files,
                            char **problem)
{
    struct strv paths = {0};
    enum err result = report_files(dir, &paths);
    if (result)
        *problem = str_fmt("%s: %s", dir, err_text(result));
    *files = paths.n;
    for (size_t i = 0; i < paths.n; i++) {
        struct buf text = {0};
        char *broken = NULL;
        enum err e = report_read(paths.v[i], &text);
        if (e)
            broken = str_fmt("%s: %s", paths.v[i], err_text(e));
        else
            tsan_parse_text(t->id, buf_str(&text), text.len, findings, &broken);
        if (broken && !*problem)
            *problem = str_dup(broken);
        free(broken);
        buf_fini(&text);
    }
    strv_fini(&paths);
    return *problem ? ERR_INVALID : ERR_OK;
}

/* What the runtime says on stderr when it cannot even write its report. */
static char *runtime_trouble(const char *err)
{
    static const char *const says[] = {
        "FATAL: ThreadSanitizer",       "ThreadSanitizer: CHECK failed",
        "ThreadSanitizer: failed to ",  "ThreadSanitizer: nested bug",
        "ERROR: ThreadSanitizer",       "ERROR: Can't open file: ",
        "ERROR: Can't write to file: ", NULL,
    };
    return report_line_starting(err, says);
}

/* The runtime announces a deadly signal on stderr, always and in two writes,
 * which those of another thread may part, before it reports that. */
static bool unreported_signal(const char *err, const struct findings *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].kind == KIND_CRASH)
            return false;
    return err && strstr(err, ":DEADLYSIGNAL\n");
}

static void add_death(const struct tsan *t, struct findings *findings,
                      char **why)
{
    struct finding *f = findings_add(findings, t->id, KIND_CRASH, "signal");
    if (!*why)
        *why = str_dup("the ThreadSanitizer runtime died of a signal that it "
                       "did not report");
    f->message = str_dup(*why);
}

static char *silent_death(const struct proc_result *p, size_t reports,
                          const struct findings *findings)
{
    if (!p || findings->n)
        return NULL;
    if (p->end == PROC_EXITED && p->code == EXIT_CODE)
        return str_fmt("the ThreadSanitizer runtime ended the program with "
                       "%d but reported nothing (no space left, for its "
                       "report or a compiler's files?)",
                       EXIT_CODE);
    if (p->end == PROC_SIGNALED && p->code == SIGSEGV && !reports)
        return str_dup("the program died of SIGSEGV before ThreadSanitizer "
                       "could handle it");
    return NULL;
}

/* The loader's word about what libgomp has and libomp has not. */
static char *lacking(const char *err)
{
    static const char *const says[] = {"libgomp.so.1: version `",
                                       "symbol lookup error: "};
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        const char *at = strstr(err, says[i]);
        if (at)
            return report_text(at, strcspn(at, "\n"));
    }
    return NULL;
}

/* Code that a compiler made of a parallel region, or the runtime of it. */
static bool is_region(const struct frame *f)
{
    static const char *const marks[] = {"omp_outlined", "._omp_fn", "GOMP_",
                                        "__kmp"};
    const char *module = f->module ? str_basename(f->module) : "";
    for (size_t i = 0; f->function && i < sizeof marks / sizeof *marks; i++)
        if (strstr(f->function, marks[i]))
            return true;
    return str_starts(module, "libgomp") || str_starts(module, "libomp");
}

static bool tells_of_region(const struct findings *l)
{
    for (size_t i = 0; i < l->n; i++)
        for (size_t j = 0; j < l->v[i].accesses.n; j++) {
            const struct frames *stack = &l->v[i].accesses.v[j].stack;
            for (size_t k = 0; k < stack->n; k++)
                if (is_region(&stack->v[k]))
                    return true;
        }
    return false;
}

/* A program that comes to no parallel region never makes the runtime look for
 * Archer, nor does it need it. */
static bool needs_archer(const char *err, const struct findings *l)
{
    return strstr(err, LOOKED_FOR_TOOL) || tells_of_region(l);
}

static char *openmp_trouble(const char *err, const struct findings *l)
{
    char *lack = lacking(err), *why = NULL;
    if (lack)
        why = str_fmt("LLVM's libomp cannot stand in for libgomp: %s", lack);
    else if (!strstr(err, ARCHER_STARTED) && needs_archer(err, l))
        why = str_dup("Archer was not loaded from " TSAN_ARCHER
                      ": without it every OpenMP program looks racy");
    free(lack);
    return why;
}

enum err tsan_parse(const struct tsan *t, const struct run_output *o,
                    struct findings *findings, char **problem)
{
    size_t reports = 0, before = findings->n;
    char *why = NULL;
    parse_files(t, o->report_dir, findings, &reports, &why);
    if (!why && o->err)
        why = runtime_trouble(o->err);
    if (unreported_signal(o->err, findings))
        add_death(t, findings, &why);
    bool own = o->target && !o->target->source; /* the code is its own */
    if (!why && findings->n == before && !own)
        why = silent_death(o->proc, reports, findings);
    if (!why && o->target && o->target->model == MODEL_OPENMP)
        why = openmp_trouble(o->err ? o->err : "", findings);
    if (!why)
        return ERR_OK;
    *problem = why;
    return ERR_INVALID;
}
