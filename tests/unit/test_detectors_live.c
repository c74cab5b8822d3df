/* The dynamic detectors on real programs: probed, built, run, read. A detector
 * that is not installed is skipped.
 * SPDX-License-Identifier: MIT */
#include "detectors/detector.h"
#include "os/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "told.h"

static const struct detector_env env = {
    .configs = SOURCE_DIR "/sanitizer-configs", .lib = LIB_DIR};

struct run {
    char dir[64];
    struct launch launch;
    struct proc_result result;
    struct findings findings;
    enum err verdict;
    char *problem;
};

static const struct detector *usable(const char *id)
{
    const struct detector *d = detector_by_id(id);
    assert_non_null(d);
    struct detector_status s = {0};
    d->probe(&env, &s);
    bool usable = s.usable;
    if (usable)
        assert_true(s.version && strpbrk(s.version, "0123456789"));
    else
        assert_true(s.problem && s.mend);
    detector_status_fini(&s);
    if (!usable)
        skip();
    return d;
}

static void build(struct run *r, const char *program)
{
    strv_add(&r->launch.compile, "-o");
    strv_add(&r->launch.compile, program);
    struct proc_spec spec = {.argv = (const char *const *)r->launch.compile.v,
                             .timeout = 60};
    struct proc_result compiled;
    assert_int_equal(proc_run(&spec, &compiled), ERR_OK);
    assert_int_equal(compiled.end, PROC_EXITED);
    assert_int_equal(compiled.code, 0);
    proc_result_fini(&compiled);
}

/* Whether more sets the same variable. */
static bool sets_too(const char *const *more, const char *variable)
{
    size_t name = strcspn(variable, "=") + 1;
    for (; more && *more; more++)
        if (strncmp(*more, variable, name) == 0)
            return true;
    return false;
}

static void start(struct run *r, const char *program, const char *const *more)
{
    struct strv argv = {0}, vars = {0};
    strv_add_all(&argv, &r->launch.prefix);
    strv_add(&argv, program);
    for (const char *const *m = more; m && *m; m++)
        strv_add(&vars, *m);
    for (size_t i = 0; i < r->launch.env.n; i++)
        if (!sets_too(more, r->launch.env.v[i]))
            strv_add(&vars, r->launch.env.v[i]);
    strv_add(&vars, "LC_ALL=C");
    struct proc_spec spec = {.argv = (const char *const *)argv.v,
                             .env = (const char *const *)vars.v,
                             .timeout = 60,
                             .no_aslr = r->launch.no_aslr};
    assert_int_equal(proc_run(&spec, &r->result), ERR_OK);
    strv_fini(&argv);
    strv_fini(&vars);
}

/* Builds and runs a source of tests, with more environment. */
static void run(struct run *r, const struct detector *d, const char *name,
                enum model model, const char *const *more)
{
    *r = (struct run){.dir = "/tmp/lockstep-live-XXXXXX"};
    assert_non_null(mkdtemp(r->dir));
    const char *programs = strchr(name, '/') ? ".." : "programs";
    char *source = str_fmt("%s/%s/%s", GOLDEN_DIR, programs, name);
    char *program = fs_join(r->dir, "program");
    struct target t = {
        .source = source, .include_dir = SOURCE_DIR "/cases", .model = model};
    assert_null(detector_unsupported(d, model));
    d->prepare(&env, &t, r->dir, &r->launch);
    build(r, program);
    start(r, program, more);
    char *out = proc_output_text(&r->result.out);
    char *err = proc_output_text(&r->result.err);
    struct run_output o = {.report_dir = r->dir,
                           .out = out,
                           .err = err,
                           .proc = &r->result,
                           .target = &t};
    r->verdict = d->parse(&o, &r->findings, &r->problem);
    free(out);
    free(err);
    free(program);
    free(source);
}

static void done(struct run *r)
{
    fs_remove(r->dir);
    launch_fini(&r->launch);
    proc_result_fini(&r->result);
    findings_fini(&r->findings);
    free(r->problem);
}

static void assert_judged(const struct run *r)
{
    if (r->problem)
        print_error("%s\n", r->problem);
    assert_int_equal(r->verdict, ERR_OK);
}

/* Every access of a race is at `line` of NAME. */
static void assert_races_at(const struct run *r, const char *name, int line)
{
    assert_judged(r);
    assert_true(r->findings.n > 0);
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct finding *f = &r->findings.v[i];
        assert_int_equal(f->kind, KIND_DATA_RACE);
        for (size_t j = 0; j < f->accesses.n; j++) {
            const struct access *a = &f->accesses.v[j];
            if (a->role == ROLE_CREATED)
                continue;
            assert_non_null(access_place(a));
            assert_string_equal(str_basename(access_place(a)->file), name);
            assert_int_equal(access_place(a)->line, line);
        }
    }
}

/* A name by the state of the test: the id. */
static void race_is_found_at_its_line(void **state)
{
    const struct detector *d = usable(*state);
    struct run r;
    run(&r, d, "hit.c", MODEL_PTHREAD, NULL);
    assert_races_at(&r, "hit.c", 10);
    assert_string_equal(r.findings.v[0].object, "counter");
    done(&r);
}

static void correct_program_is_clean(void **state)
{
    const struct detector *d = usable(*state);
    struct run r;
    run(&r, d, "clean.c", MODEL_PTHREAD, NULL);
    assert_judged(&r);
    assert_int_equal(r.findings.n, 0);
    assert_int_equal(r.result.end, PROC_EXITED);
    assert_int_equal(r.result.code, 0);
    done(&r);
}

static void every_process_is_heard(void **state)
{
    const struct detector *d = usable(*state);
    struct run r;
    run(&r, d, "processes.c", MODEL_PROCESS, NULL);
    assert_races_at(&r, "processes.c", 11);
    assert_true(r.findings.n >= 2);
    done(&r);
}

static void crash_of_the_program_is_told(void **state)
{
    const struct detector *d = usable(*state);
    struct run r;
    run(&r, d, "crash.c", MODEL_PTHREAD, NULL);
    assert_judged(&r);
    const struct finding *last = &r.findings.v[r.findings.n - 1];
    assert_int_equal(last->kind, KIND_CRASH);
    assert_int_equal(access_place(&last->accesses.v[0])->line, 17);
    done(&r);
}

static const struct detector *usable_for_openmp(const char *id)
{
    const struct detector *d = usable(id);
    struct detector_status s = {0};
    d->probe(&env, &s);
    bool usable = !s.no_openmp;
    detector_status_fini(&s);
    if (!usable)
        skip();
    return d;
}

static void openmp_race_is_found_with_archer(void **state)
{
    const struct detector *d = usable_for_openmp(*state);
    struct run r;
    run(&r, d, "openmp_race.c", MODEL_OPENMP, NULL);
    assert_races_at(&r, "openmp_race.c", 10);
    done(&r);
}

static void openmp_constructs_are_clean(void **state)
{
    const struct detector *d = usable_for_openmp(*state);
    struct run r;
    run(&r, d, "unit/programs/openmp-all.c", MODEL_OPENMP, NULL);
    assert_judged(&r);
    for (size_t i = 0; i < r.findings.n; i++)
        print_error("%s\n", r.findings.v[i].message);
    assert_int_equal(r.findings.n, 0);
    assert_int_equal(r.result.end, PROC_EXITED);
    assert_int_equal(r.result.code, 0);
    done(&r);
}

static void assert_no_verdict(struct run *r, const char *problem)
{
    assert_int_equal(r->verdict, ERR_INVALID);
    if (!str_starts(r->problem, problem))
        print_error("%s\n", r->problem);
    assert_true(str_starts(r->problem, problem));
    done(r);
}

static void openmp_without_archer_is_no_verdict(void **state)
{
    static const char *const none[] = {"OMP_TOOL=disabled", NULL};
    const struct detector *d = usable_for_openmp(*state);
    struct run r;
    run(&r, d, "openmp_race.c", MODEL_OPENMP, none);
    assert_no_verdict(&r, "Archer was not loaded from ");
}

static void openmp_on_libgomp_is_no_verdict(void **state)
{
    static const char *const own[] = {"LD_LIBRARY_PATH=/nonexistent", NULL};
    const struct detector *d = usable_for_openmp(*state);
    struct run r;
    run(&r, d, "openmp_race.c", MODEL_OPENMP, own);
    assert_no_verdict(&r, "Archer was not loaded from ");
}

/* Entry points of libgomp that libomp does not have. */
static void openmp_that_libomp_lacks_is_no_verdict(void **state)
{
    const struct detector *d = usable_for_openmp(*state);
    struct run r;
    run(&r, d, "unit/programs/openmp-alloc.c", MODEL_OPENMP, NULL);
    assert_no_verdict(&r, "LLVM's libomp cannot stand in for libgomp: "
                          "libgomp.so.1: version `OMP_5.0.1' not found");
    run(&r, d, "unit/programs/openmp-target.c", MODEL_OPENMP, NULL);
    assert_no_verdict(&r, "LLVM's libomp cannot stand in for libgomp: "
                          "symbol lookup error: ");
}

/* C11 threads: on the layer over POSIX threads, or on glibc's own. */
static void every_c11_function_is_clean(void **state)
{
    const struct detector *d = usable(*state);
    struct run r;
    run(&r, d, "unit/programs/c11-all.c", MODEL_C11, NULL);
    assert_judged(&r);
    for (size_t i = 0; i < r.findings.n; i++)
        print_error("%s\n", r.findings.v[i].message);
    assert_int_equal(r.findings.n, 0);
    assert_int_equal(r.result.end, PROC_EXITED);
    assert_int_equal(r.result.code, 0);
    done(&r);
}

static void c11_mistakes_are_at_the_users_lines(void **state)
{
    const struct detector *d = usable(*state);
    struct run r;
    unsigned misused = 0;
    run(&r, d, "c11.c", MODEL_C11, NULL);
    assert_judged(&r);
    for (size_t i = 0; i < r.findings.n; i++) {
        const struct finding *f = &r.findings.v[i];
        bool race = f->kind == KIND_DATA_RACE;
        const struct frame *place = access_place(&f->accesses.v[0]);
        assert_string_equal(str_basename(place->file), "c11.c");
        assert_int_equal(place->line, race ? 13 : 25);
        misused += f->kind == KIND_LOCK_MISUSE;
    }
    assert_int_equal(misused, 1);
    assert_true(r.findings.n > misused);
    done(&r);
}

static void c11_threads_of_glibc_are_death(void **state)
{
    const struct detector *d = usable(*state);
    struct run r;
    run(&r, d, "c11.c", MODEL_C11_NATIVE, NULL);
    assert_true(r.findings.n > 0);
    assert_int_equal(r.findings.v[r.findings.n - 1].kind, KIND_CRASH);
    done(&r);
}

static void helgrind_judges_c11_threads_of_glibc(void **state)
{
    const struct detector *d = usable(*state);
    struct run r;
    run(&r, d, "c11.c", MODEL_C11_NATIVE, NULL);
    assert_judged(&r);
    assert_int_equal(r.findings.v[0].kind, KIND_DATA_RACE);
    done(&r);
}

static void runtime_that_cannot_start_is_no_verdict(void **state)
{
    static const char *const bad[] = {
        "TSAN_OPTIONS=suppressions=/nonexistent:exitcode=66", NULL};
    const struct detector *d = usable(*state);
    struct run r;
    run(&r, d, "clean.c", MODEL_PTHREAD, bad);
    assert_int_equal(r.verdict, ERR_INVALID);
    assert_non_null(r.problem);
    done(&r);
}

static void valgrind_that_cannot_start_is_no_verdict(void **state)
{
    static const char *const bad[] = {"VALGRIND_OPTS=--no-such-option", NULL};
    const struct detector *d = usable(*state);
    struct run r;
    run(&r, d, "clean.c", MODEL_PTHREAD, bad);
    assert_int_equal(r.verdict, ERR_INVALID);
    assert_true(str_starts(r.problem, "valgrind: "));
    done(&r);
}

#define LIVE(test, id)                                                         \
    {                                                                          \
#test " " id, test, NULL, NULL, (void *)(uintptr_t)id                  \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE(race_is_found_at_its_line, "tsan-gcc"),
        LIVE(race_is_found_at_its_line, "tsan-clang"),
        LIVE(race_is_found_at_its_line, "helgrind"),
        LIVE(race_is_found_at_its_line, "drd"),
        LIVE(correct_program_is_clean, "tsan-gcc"),
        LIVE(correct_program_is_clean, "tsan-clang"),
        LIVE(correct_program_is_clean, "helgrind"),
        LIVE(correct_program_is_clean, "drd"),
        LIVE(every_process_is_heard, "tsan-gcc"),
        LIVE(every_process_is_heard, "tsan-clang"),
        LIVE(every_process_is_heard, "helgrind"),
        LIVE(every_process_is_heard, "drd"),
        LIVE(crash_of_the_program_is_told, "tsan-gcc"),
        LIVE(crash_of_the_program_is_told, "tsan-clang"),
        LIVE(crash_of_the_program_is_told, "helgrind"),
        LIVE(crash_of_the_program_is_told, "drd"),
        LIVE(openmp_race_is_found_with_archer, "tsan-gcc"),
        LIVE(openmp_race_is_found_with_archer, "tsan-clang"),
        LIVE(openmp_constructs_are_clean, "tsan-gcc"),
        LIVE(openmp_constructs_are_clean, "tsan-clang"),
        LIVE(openmp_without_archer_is_no_verdict, "tsan-gcc"),
        LIVE(openmp_without_archer_is_no_verdict, "tsan-clang"),
        LIVE(openmp_on_libgomp_is_no_verdict, "tsan-gcc"),
        LIVE(openmp_that_libomp_lacks_is_no_verdict, "tsan-gcc"),
        LIVE(every_c11_function_is_clean, "tsan-gcc"),
        LIVE(every_c11_function_is_clean, "tsan-clang"),
        LIVE(every_c11_function_is_clean, "helgrind"),
        LIVE(every_c11_function_is_clean, "drd"),
        LIVE(c11_mistakes_are_at_the_users_lines, "tsan-gcc"),
        LIVE(c11_mistakes_are_at_the_users_lines, "tsan-clang"),
        LIVE(c11_mistakes_are_at_the_users_lines, "helgrind"),
        LIVE(c11_mistakes_are_at_the_users_lines, "drd"),
        LIVE(c11_threads_of_glibc_are_death, "tsan-gcc"),
        LIVE(c11_threads_of_glibc_are_death, "tsan-clang"),
        LIVE(c11_threads_of_glibc_are_death, "drd"),
        LIVE(helgrind_judges_c11_threads_of_glibc, "helgrind"),
        LIVE(runtime_that_cannot_start_is_no_verdict, "tsan-gcc"),
        LIVE(runtime_that_cannot_start_is_no_verdict, "tsan-clang"),
        LIVE(valgrind_that_cannot_start_is_no_verdict, "helgrind"),
        LIVE(valgrind_that_cannot_start_is_no_verdict, "drd"),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
