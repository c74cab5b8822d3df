/* Files and folders, in a folder of its own for each test.
 * SPDX-License-Identifier: MIT */
#include "os/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static int make_dir(void **state)
{
    char *dir = str_dup("/tmp/lockstep fs-XXXXXX");
    *state = mkdtemp(dir);
    return *state ? 0 : -1;
}

static int remove_dir(void **state)
{
    enum err e = fs_remove(*state);
    free(*state);
    return e == ERR_OK ? 0 : -1;
}

static void assert_holds(const char *path, const void *data, size_t n)
{
    struct buf b = {0};
    assert_int_equal(fs_read(path, &b), ERR_OK);
    assert_int_equal(b.len, n);
    if (n)
        assert_memory_equal(b.data, data, n);
    buf_fini(&b);
}

static void what_is_written_is_read(void **state)
{
    char *path = fs_join(*state, "file");
    size_t n = 300000;
    char *data = malloc(n);
    for (size_t i = 0; i < n; i++)
        data[i] = (char)(i * 7);
    assert_int_equal(fs_write(path, data, n), ERR_OK);
    assert_holds(path, data, n);
    assert_int_equal(fs_write(path, "", 0), ERR_OK);
    assert_holds(path, "", 0);
    free(data);
    free(path);
}

static void read_appends(void **state)
{
    char *path = fs_join(*state, "file");
    struct buf b = {0};
    buf_adds(&b, "before ");
    assert_int_equal(fs_write(path, "after", 5), ERR_OK);
    assert_int_equal(fs_read(path, &b), ERR_OK);
    assert_string_equal(buf_str(&b), "before after");
    buf_fini(&b);
    free(path);
}

static void write_leaves_one_file_only(void **state)
{
    char *path = fs_join(*state, "file");
    struct strv names = {0};
    fs_write(path, "one", 3);
    fs_write(path, "two", 3);
    assert_int_equal(fs_list(*state, &names), ERR_OK);
    assert_int_equal(names.n, 1);
    assert_string_equal(names.v[0], "file");
    assert_holds(path, "two", 3);
    strv_fini(&names);
    free(path);
}

/* A reader of the old file still reads the old file. */
static void write_replaces_and_does_not_overwrite(void **state)
{
    char *path = fs_join(*state, "file"), *old = fs_join(*state, "old");
    fs_write(path, "one", 3);
    assert_int_equal(link(path, old), 0);
    fs_write(path, "two", 3);
    assert_holds(old, "one", 3);
    free(old);
    free(path);
}

static void failed_write_leaves_nothing(void **state)
{
    char *path = fs_join(*state, "dir"), *inner = fs_join(path, "x");
    struct strv names = {0};
    fs_mkdirs(inner);
    assert_int_not_equal(fs_write(path, "data", 4), ERR_OK);
    assert_true(fs_is_dir(inner));
    fs_list(*state, &names);
    assert_int_equal(names.n, 1);
    strv_fini(&names);
    free(inner);
    free(path);
}

static void missing_things_are_told(void **state)
{
    char *path = fs_join(*state, "no/such");
    struct buf b = {0};
    struct strv names = {0};
    assert_int_equal(fs_read(path, &b), ERR_NOENT);
    assert_int_equal(fs_write(path, "x", 1), ERR_NOENT);
    assert_int_equal(fs_list(path, &names), ERR_NOENT);
    assert_int_equal(fs_remove(path), ERR_OK);
    assert_null(fs_real(path));
    assert_false(fs_is_dir(path) || fs_is_file(path));
    assert_int_not_equal(fs_read(*state, &b), ERR_OK);
    free(path);
}

static void folders_are_made_with_parents(void **state)
{
    char *path = fs_join(*state, "a//b c/d"), *file = fs_join(*state, "file");
    char *below = fs_join(file, "x");
    assert_int_equal(fs_mkdirs(path), ERR_OK);
    assert_int_equal(fs_mkdirs(path), ERR_OK);
    assert_true(fs_is_dir(path));
    assert_false(fs_is_file(path));
    fs_write(file, "", 0);
    assert_int_not_equal(fs_mkdirs(file), ERR_OK);
    assert_int_not_equal(fs_mkdirs(below), ERR_OK);
    assert_int_equal(fs_mkdirs(""), ERR_NOENT);
    assert_int_equal(fs_mkdirs("/"), ERR_OK);
    free(below);
    free(file);
    free(path);
}

static void remove_spares_what_links_point_to(void **state)
{
    char *kept = fs_join(*state, "kept"), *in = fs_join(kept, "file");
    char *dir = fs_join(*state, "dir"), *link = fs_join(dir, "link");
    fs_mkdirs(kept);
    fs_mkdirs(dir);
    fs_write(in, "x", 1);
    assert_int_equal(symlink(kept, link), 0);
    assert_int_equal(fs_remove(dir), ERR_OK);
    assert_false(fs_is_dir(dir));
    assert_true(fs_is_file(in));
    free(link);
    free(dir);
    free(in);
    free(kept);
}

static void names_are_listed_in_order(void **state)
{
    struct strv names = {0};
    const char *made[] = {"b", ".hidden", "a b", "C"};
    for (size_t i = 0; i < 4; i++) {
        char *path = fs_join(*state, made[i]);
        fs_write(path, "", 0);
        free(path);
    }
    strv_add(&names, "z first");
    assert_int_equal(fs_list(*state, &names), ERR_OK);
    const char *expected[] = {"z first", ".hidden", "C", "a b", "b"};
    assert_int_equal(names.n, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(names.v[i], expected[i]);
    strv_fini(&names);
}

static void join_adds_one_slash(void **state)
{
    (void)state;
    const char *cases[][3] = {{"a", "b", "a/b"},
                              {"a/", "b", "a/b"},
                              {"/", "b", "/b"},
                              {"", "b", "b"}};
    for (size_t i = 0; i < 4; i++) {
        char *path = fs_join(cases[i][0], cases[i][1]);
        assert_string_equal(path, cases[i][2]);
        free(path);
    }
}

static void real_path_has_no_links_nor_dots(void **state)
{
    char *dir = fs_join(*state, "dir"), *link = fs_join(*state, "link");
    char *odd = fs_join(*state, "link/../dir/.");
    fs_mkdirs(dir);
    assert_int_equal(symlink("dir", link), 0);
    char *a = fs_real(odd), *b = fs_real(dir);
    assert_string_equal(a, b);
    free(a);
    free(b);
    free(odd);
    free(link);
    free(dir);
}

/* A file without the right to be executed is passed over. */
static void command_is_found_in_path(void **state)
{
    char *first = fs_join(*state, "first"), *second = fs_join(*state, "second");
    char *wrong = fs_join(first, "cmd"), *right = fs_join(second, "cmd");
    char *old = str_dup(getenv("PATH")), *path;
    fs_mkdirs(first);
    fs_mkdirs(second);
    fs_write(wrong, "", 0);
    fs_write(right, "", 0);
    chmod(right, 0755);
    path = str_fmt("%s:%s", first, second);
    setenv("PATH", path, 1);
    char *found = fs_which("cmd"), *none = fs_which("cmd2");
    setenv("PATH", old, 1);
    assert_string_equal(found, right);
    assert_null(none);
    assert_null(fs_which(wrong));
    char *itself = fs_which(right);
    assert_string_equal(itself, right);
    assert_true(fs_is_executable(right));
    assert_false(fs_is_executable(wrong) || fs_is_executable(first));
    char *owned[] = {first, second, wrong, right, old, path, found, itself};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
}

static void program_knows_its_folder(void **state)
{
    (void)state;
    char *dir = fs_program_dir(), *file = fs_join(dir, "test_fs");
    assert_true(fs_is_executable(file));
    free(file);
    free(dir);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_dir, remove_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read),
        TEST(read_appends),
        TEST(write_leaves_one_file_only),
        TEST(write_replaces_and_does_not_overwrite),
        TEST(failed_write_leaves_nothing),
        TEST(missing_things_are_told),
        TEST(folders_are_made_with_parents),
        TEST(remove_spares_what_links_point_to),
        TEST(names_are_listed_in_order),
        TEST(join_adds_one_slash),
        TEST(real_path_has_no_links_nor_dots),
        TEST(command_is_found_in_path),
        TEST(program_knows_its_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
