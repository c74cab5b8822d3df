/* The cache of built programs, with a real compiler.
 * SPDX-License-Identifier: MIT */
#include "engine/build.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

struct bench {
    char *dir, *cache, *source;
    struct target target;
    struct launch launch;
};

static int make(void **state)
{
    struct bench *b = mem_new(1, sizeof *b);
    void *dir;
    if (scratch_make(&dir) != 0)
        return -1;
    b->dir = dir;
    b->cache = fs_join(dir, "deep/cache");
    b->source = fs_join(dir, "case/x.c");
    scratch_write(dir, "case/x.c",
                  "#include \"x.h\"\n#include <case.h>\n"
                  "int main(void) { return BESIDE + CASE; }\n");
    scratch_write(dir, "case/x.h", "#define BESIDE 1\n");
    scratch_write(dir, "include/case.h", "#define CASE 2\n");
    char *include = fs_join(dir, "include");
    b->target = (struct target){.source = b->source, .include_dir = include};
    strv_add(&b->launch.compile, "cc");
    strv_add(&b->launch.compile, "-I");
    strv_add(&b->launch.compile, include);
    strv_add(&b->launch.compile, b->source);
    *state = b;
    return 0;
}

static int unmake(void **state)
{
    struct bench *b = *state;
    void *dir = b->dir;
    launch_fini(&b->launch);
    free((char *)(uintptr_t)b->target.include_dir);
    free(b->source);
    free(b->cache);
    free(b);
    return scratch_remove(&dir);
}

/* The program's exit code, and whether it was built for it. */
struct built {
    int code;
    bool reused;
    char program[4096];
};

static struct built build(struct bench *b, const char *version)
{
    struct built seen = {.code = -1};
    struct build out;
    enum err e = build_program(b->cache, &b->launch, version, &b->target, &out);
    if (e != ERR_OK)
        print_message("said: %s\n", out.failure ? out.failure : err_text(e));
    assert_int_equal(e, ERR_OK);
    assert_null(out.failure);
    const char *argv[] = {out.program, NULL};
    struct proc_spec spec = {.argv = argv, .timeout = 60};
    struct proc_result r;
    assert_int_equal(proc_run(&spec, &r), ERR_OK);
    assert_int_equal(r.end, PROC_EXITED);
    seen.code = r.code;
    seen.reused = out.reused;
    strncpy(seen.program, out.program, sizeof seen.program - 1);
    proc_result_fini(&r);
    build_fini(&out);
    return seen;
}

static void assert_built(struct bench *b, const char *version, int code)
{
    struct built first = build(b, version);
    assert_false(first.reused);
    assert_int_equal(first.code, code);
    struct built second = build(b, version);
    assert_true(second.reused);
    assert_int_equal(second.code, code);
    assert_string_equal(first.program, second.program);
}

/* Entries of the cache, finished or not. */
static size_t entries(const struct bench *b)
{
    struct strv names = {0};
    fs_list(b->cache, &names);
    size_t n = names.n;
    strv_fini(&names);
    return n;
}

static void second_build_finds_the_first(void **state)
{
    assert_built(*state, "v1", 3);
    assert_int_equal(entries(*state), 1);
}

static void change_of_the_source_rebuilds(void **state)
{
    struct bench *b = *state;
    assert_built(b, "v1", 3);
    scratch_write(b->dir, "case/x.c", "int main(void) { return 9; }\n");
    assert_built(b, "v1", 9);
}

static void change_of_a_header_beside_it_rebuilds(void **state)
{
    struct bench *b = *state;
    assert_built(b, "v1", 3);
    scratch_write(b->dir, "case/x.h", "#define BESIDE 5\n");
    assert_built(b, "v1", 7);
}

static void change_of_a_header_of_the_class_rebuilds(void **state)
{
    struct bench *b = *state;
    scratch_write(b->dir, "case/x.h", "#include \"../class.h\"\n");
    scratch_write(b->dir, "class.h", "#define BESIDE 2\n");
    assert_built(b, "v1", 4);
    scratch_write(b->dir, "class.h", "#define BESIDE 5\n");
    assert_built(b, "v1", 7);
}

static void change_of_case_h_rebuilds(void **state)
{
    struct bench *b = *state;
    assert_built(b, "v1", 3);
    scratch_write(b->dir, "include/case.h", "#define CASE 5\n");
    assert_built(b, "v1", 6);
}

static void change_of_a_source_it_includes_rebuilds(void **state)
{
    struct bench *b = *state;
    scratch_write(b->dir, "case/common.c", "#define COMMON 4\n");
    scratch_write(b->dir, "case/x.c",
                  "#include \"common.c\"\n"
                  "int main(void) { return COMMON; }\n");
    assert_built(b, "v1", 4);
    scratch_write(b->dir, "case/common.c", "#define COMMON 5\n");
    assert_built(b, "v1", 5);
}

static void other_flags_are_another_program(void **state)
{
    struct bench *b = *state;
    assert_built(b, "v1", 3);
    strv_add(&b->launch.compile, "-Dmain=unused_main");
    strv_add(&b->launch.compile, "-nostartfiles");
    strv_add(&b->launch.compile, "-shared");
    struct build out;
    assert_int_equal(
        build_program(b->cache, &b->launch, "v1", &b->target, &out), ERR_OK);
    assert_false(out.reused);
    build_fini(&out);
    assert_int_equal(entries(b), 2);
}

static void other_version_is_another_program(void **state)
{
    assert_built(*state, "v1", 3);
    assert_built(*state, "v2", 3);
    assert_built(*state, NULL, 3);
}

static void how_it_is_run_makes_no_difference(void **state)
{
    struct bench *b = *state;
    assert_built(b, "v1", 3);
    strv_add(&b->launch.env, "A=B");
    strv_add(&b->launch.prefix, "env");
    assert_true(build(b, "v1").reused);
}

static void words_do_not_run_together_in_the_key(void **state)
{
    (void)state;
    struct launch l = {0}, m = {0};
    struct buf none = {0};
    strv_add(&l.compile, "ab");
    strv_add(&l.compile, "c");
    strv_add(&m.compile, "a");
    strv_add(&m.compile, "bc");
    char *a = launch_key(&l, "v", &none), *b = launch_key(&m, "v", &none);
    assert_int_equal(strlen(a), 32);
    assert_string_not_equal(a, b);
    free(a);
    free(b);
    strv_add(&m.compile, "ab");
    strv_add(&m.prefix, "c");
    a = launch_key(&m, "v", &none);
    b = launch_key(&m, "vw", &none);
    assert_string_not_equal(a, b);
    free(a);
    free(b);
    launch_fini(&l);
    launch_fini(&m);
}

static void version_and_content_do_not_run_together(void **state)
{
    (void)state;
    struct launch l = {0};
    struct buf bc = {0}, c = {0};
    buf_adds(&bc, "bc");
    buf_adds(&c, "c");
    char *one = launch_key(&l, "a", &bc), *two = launch_key(&l, "ab", &c);
    assert_string_not_equal(one, two);
    free(one);
    free(two);
    buf_fini(&bc);
    buf_fini(&c);
}

static void error_is_told_in_the_compilers_words(void **state)
{
    struct bench *b = *state;
    struct build out;
    scratch_write(b->dir, "case/x.c", "int main(void) { return undeclared; }");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            build_program(b->cache, &b->launch, "v1", &b->target, &out),
            ERR_INVALID);
        assert_non_null(strstr(out.failure, "x.c:1:"));
        assert_non_null(strstr(out.failure, "undeclared"));
        assert_false(out.reused);
        build_fini(&out);
    }
    assert_int_equal(entries(b), 0);
}

static void missing_compiler_is_told(void **state)
{
    struct bench *b = *state;
    struct build out;
    free(b->launch.compile.v[0]);
    b->launch.compile.v[0] = str_dup("no-such-compiler");
    assert_int_equal(
        build_program(b->cache, &b->launch, "v1", &b->target, &out),
        ERR_INVALID);
    assert_non_null(strstr(out.failure, "no-such-compiler"));
    build_fini(&out);
}

static void entry_without_a_program_is_built_anew(void **state)
{
    struct bench *b = *state;
    struct built first = build(b, "v1");
    assert_int_equal(unlink(first.program), 0);
    char *stray = str_fmt("%s.old", first.program);
    assert_int_equal(fs_write(stray, "x", 1), ERR_OK);
    free(stray);
    assert_built(b, "v1", 3);
    assert_int_equal(entries(b), 1);
}

static void cache_that_cannot_be_made_is_an_error(void **state)
{
    struct bench *b = *state;
    struct build out;
    scratch_write(b->dir, "deep", "a file is in the way");
    enum err e = build_program(b->cache, &b->launch, "v1", &b->target, &out);
    assert_int_not_equal(e, ERR_OK);
    assert_int_not_equal(e, ERR_INVALID);
    assert_null(out.failure);
    build_fini(&out);
}

static void cache_that_cannot_be_written_is_an_error(void **state)
{
    struct bench *b = *state;
    struct build out;
    if (geteuid() == 0) /* may write anywhere but here */
        b->target.source = "/proc/self/x.c";
    assert_int_equal(fs_mkdirs(b->cache), ERR_OK);
    assert_int_equal(chmod(b->cache, 0555), 0);
    const char *cache = geteuid() == 0 ? "/proc" : b->cache;
    enum err e = build_program(cache, &b->launch, "v1", &b->target, &out);
    assert_int_not_equal(e, ERR_OK);
    assert_int_not_equal(e, ERR_INVALID);
    assert_null(out.failure);
    build_fini(&out);
    assert_int_equal(chmod(b->cache, 0755), 0);
}

static void *build_in_thread(void *arg)
{
    struct bench *b = arg;
    struct build *out = mem_new(1, sizeof *out);
    enum err e = build_program(b->cache, &b->launch, "v1", &b->target, out);
    if (e != ERR_OK)
        build_fini(out);
    return out;
}

static void two_may_build_the_same_at_once(void **state)
{
    struct bench *b = *state;
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, build_in_thread, b),
                         0);
    char *program = NULL;
    for (size_t i = 0; i < 4; i++) {
        void *p;
        pthread_join(threads[i], &p);
        struct build *out = p;
        assert_non_null(out->program);
        assert_true(fs_is_executable(out->program));
        if (program)
            assert_string_equal(out->program, program);
        free(program);
        program = str_dup(out->program);
        build_fini(out);
        free(out);
    }
    free(program);
    assert_int_equal(entries(b), 1);
    assert_int_equal(build(b, "v1").code, 3);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(second_build_finds_the_first),
        TEST(change_of_the_source_rebuilds),
        TEST(change_of_a_header_beside_it_rebuilds),
        TEST(change_of_a_header_of_the_class_rebuilds),
        TEST(change_of_case_h_rebuilds),
        TEST(change_of_a_source_it_includes_rebuilds),
        TEST(other_flags_are_another_program),
        TEST(other_version_is_another_program),
        TEST(how_it_is_run_makes_no_difference),
        cmocka_unit_test(words_do_not_run_together_in_the_key),
        cmocka_unit_test(version_and_content_do_not_run_together),
        TEST(error_is_told_in_the_compilers_words),
        TEST(missing_compiler_is_told),
        TEST(entry_without_a_program_is_built_anew),
        TEST(cache_that_cannot_be_made_is_an_error),
        TEST(cache_that_cannot_be_written_is_an_error),
        TEST(two_may_build_the_same_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
