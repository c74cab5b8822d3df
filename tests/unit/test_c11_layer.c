/* The layer of C11 threads over POSIX threads: complete, and the same in all
 * that a program sees as glibc's own.
 * SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "base/str.h"
#include "os/fs.h"
#include "os/proc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

#define LAYER SOURCE_DIR "/sanitizer-configs/c11"
#define PROGRAM SOURCE_DIR "/tests/unit/programs/c11-all.c"

struct made {
    char *dir;
    char *native, *layered; /* the same program on either */
};

/* What argv prints; it must end with 0. */
static char *output_of(const char *const *argv)
{
    struct proc_spec spec = {.argv = argv, .timeout = 60};
    struct proc_result r;
    assert_int_equal(proc_run(&spec, &r), ERR_OK);
    char *err = proc_output_text(&r.err), *out = proc_output_text(&r.out);
    if (r.end != PROC_EXITED || r.code != 0)
        print_error("%s: %d %d: %s\n", argv[0], r.end, r.code, err);
    assert_int_equal(r.end, PROC_EXITED);
    assert_int_equal(r.code, 0);
    proc_result_fini(&r);
    free(err);
    return out;
}

/* Stripped, so that of names only those that it imports are left in it; without
 * optimisation, for glibc has inline functions too. */
static char *compile(const struct made *m, const char *compiler,
                     const char *include, const char *name)
{
    char *program = fs_join(m->dir, name);
    const char *argv[] = {
        compiler,   "-std=gnu17", "-O0",   "-Wall", "-Wextra", "-Werror", "-s",
        "-pthread", "-I",         include, "-o",    program,   PROGRAM,   NULL};
    free(output_of(argv));
    return program;
}

static char *run(const char *program)
{
    const char *argv[] = {program, NULL};
    return output_of(argv);
}

static int make(void **state)
{
    struct made *m = mem_new(1, sizeof *m);
    void *dir;
    if (scratch_make(&dir) != 0)
        return -1;
    m->dir = dir;
    m->native = compile(m, "gcc", "/nonexistent", "native");
    m->layered = compile(m, "gcc", LAYER, "layered");
    *state = m;
    return 0;
}

static int unmake(void **state)
{
    struct made *m = *state;
    void *dir = m->dir;
    free(m->native);
    free(m->layered);
    free(m);
    return scratch_remove(&dir);
}

static bool imports(const char *program, const char *function)
{
    struct buf content = {0};
    assert_int_equal(fs_read(program, &content), ERR_OK);
    char *name = str_fmt("-%s", function);
    size_t n = strlen(name) + 1;
    name[0] = '\0';
    bool found = memmem(content.data, content.len, name, n) != NULL;
    free(name);
    buf_fini(&content);
    return found;
}

/* The functions that the system's header declares: "NAME (". */
static void declared_functions(struct strv *names)
{
    static const char *const starts[] = {"thrd_", "mtx_", "cnd_", "tss_",
                                         "call_once"};
    struct buf text = {0};
    assert_int_equal(fs_read("/usr/include/threads.h", &text), ERR_OK);
    for (const char *p = buf_str(&text); (p = strpbrk(p, " *")) != NULL;) {
        const char *word = ++p;
        size_t n = strspn(word, "abcdefghijklmnopqrstuvwxyz_");
        bool known = false;
        for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
            known |= str_starts(word, starts[i]);
        if (known && strncmp(word + n, " (", 2) == 0)
            strv_take(names, str_ndup(word, n));
    }
    buf_fini(&text);
}

static void every_function_of_the_system_is_there(void **state)
{
    struct made *m = *state;
    struct strv names = {0};
    declared_functions(&names);
    assert_true(names.n >= 25);
    for (size_t i = 0; i < names.n; i++) {
        if (!imports(m->native, names.v[i]) || imports(m->layered, names.v[i]))
            print_error("%s\n", names.v[i]);
        assert_true(imports(m->native, names.v[i]));
        assert_false(imports(m->layered, names.v[i]));
    }
    strv_fini(&names);
}

static void results_are_those_of_the_system(void **state)
{
    struct made *m = *state;
    char *native = run(m->native), *layered = run(m->layered);
    assert_non_null(strstr(native, "counter: 400\n"));
    assert_string_equal(native, layered);
    free(native);
    free(layered);
}

static void clang_takes_it_too(void **state)
{
    struct made *m = *state;
    char *clang = fs_which("clang-19");
    if (!clang)
        skip();
    free(clang);
    char *program = compile(m, "clang-19", LAYER, "clang");
    char *native = run(m->native), *layered = run(program);
    assert_string_equal(native, layered);
    free(program);
    free(native);
    free(layered);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_function_of_the_system_is_there),
        cmocka_unit_test(results_are_those_of_the_system),
        cmocka_unit_test(clang_takes_it_too),
    };
    return cmocka_run_group_tests(tests, make, unmake);
}
