/* Copies of whole folders.
 * SPDX-License-Identifier: MIT */
#include "os/copy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

static char *in(const char *dir, const char *name)
{
    return fs_join(dir, name);
}

static void assert_there(const char *dir, const char *name, bool there)
{
    struct stat st;
    char *path = in(dir, name);
    assert_int_equal(lstat(path, &st) == 0, there);
    free(path);
}

static bool leave_old(const char *path, bool is_dir, void *arg)
{
    (void)is_dir, (void)arg;
    return str_eq(str_basename(path), "old");
}

static void modes_times_and_links_go_along(void **state)
{
    struct stat was, is;
    char *from = in(*state, "from"), *to = in(*state, "to");
    scratch_write(from, "sub/tool", "text");
    char *file = in(from, "sub/tool"), *copy = in(to, "sub/tool");
    char *symbolic = in(from, "link");
    assert_int_equal(chmod(file, 0755), 0);
    assert_int_equal(symlink("sub/tool", symbolic), 0);
    assert_int_equal(stat(file, &was), 0);
    assert_int_equal(copy_tree(from, to, NULL, NULL), ERR_OK);
    assert_int_equal(stat(copy, &is), 0);
    assert_int_equal(is.st_mode & 0777, 0755);
    assert_int_equal(is.st_mtim.tv_nsec, was.st_mtim.tv_nsec);
    assert_int_equal(is.st_size, 4);
    free(symbolic);
    symbolic = in(to, "link");
    assert_int_equal(lstat(symbolic, &is), 0);
    assert_true(S_ISLNK(is.st_mode));
    free(symbolic);
    free(copy);
    free(file);
    free(to);
    free(from);
}

static void what_is_to_be_left_is_left(void **state)
{
    char *from = in(*state, "from"), *to = in(*state, "to");
    scratch_write(from, "old/a", "a");
    scratch_write(from, "new/old", "a");
    scratch_write(from, "new/b", "b");
    char *pipe = in(from, "pipe");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(copy_tree(from, to, leave_old, NULL), ERR_OK);
    assert_there(to, "old", false);
    assert_there(to, "new/old", false);
    assert_there(to, "new/b", true);
    assert_there(to, "pipe", false);
    free(pipe);
    free(to);
    free(from);
}

static void a_copy_inside_of_the_original_does_not_hold_itself(void **state)
{
    char *to = in(*state, "in/to");
    scratch_write(*state, "a", "a");
    scratch_write(*state, "in/b", "b");
    assert_int_equal(copy_tree(*state, to, NULL, NULL), ERR_OK);
    assert_there(to, "a", true);
    assert_there(to, "in/b", true);
    assert_there(to, "in/to", false);
    free(to);
}

static void what_is_there_is_not_written_over(void **state)
{
    char *from = in(*state, "from"), *to = in(*state, "to");
    scratch_write(from, "a", "a");
    scratch_write(to, "b", "b");
    assert_int_equal(copy_tree(from, to, NULL, NULL), ERR_EXISTS);
    assert_there(to, "a", false);
    free(to);
    free(from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(modes_times_and_links_go_along),
        SCRATCH_TEST(what_is_to_be_left_is_left),
        SCRATCH_TEST(a_copy_inside_of_the_original_does_not_hold_itself),
        SCRATCH_TEST(what_is_there_is_not_written_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
