/* The folders of raw reports: a new one, and the oldest removed.
 * SPDX-License-Identifier: MIT */
#include "engine/store.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

/* The pid of a process that is no more. */
static pid_t dead_pid(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    return pid;
}

/* n runs, of which the one with index `living` is of this process. */
static void old_runs(const char *out, int n, int living)
{
    pid_t dead = dead_pid();
    for (int i = 0; i < n; i++) {
        char *name = str_fmt("runs/20200101-0000%02d-%ld/a/report.txt", i,
                             (long)(i == living ? getpid() : dead));
        scratch_write(out, name, "report");
        free(name);
    }
}

static struct strv runs_in(const char *out)
{
    struct strv names = {0};
    char *runs = fs_join(out, "runs");
    assert_int_equal(fs_list(runs, &names), ERR_OK);
    free(runs);
    return names;
}

static void new_run_has_a_folder(void **state)
{
    char *dir = NULL;
    char *out = fs_join(*state, "deep/out");
    assert_int_equal(store_new_run(out, &dir), ERR_OK);
    assert_true(fs_is_dir(dir));
    assert_true(str_starts(dir, out));
    free(dir);
    free(out);
}

/* A process may make several within one second. */
static void no_two_runs_are_called_alike(void **state)
{
    char *last = NULL;
    for (int i = 0; i < 4; i++) {
        char *dir = NULL;
        assert_int_equal(store_new_run(*state, &dir), ERR_OK);
        if (last)
            assert_true(strcmp(last, dir) < 0);
        free(last);
        last = dir;
    }
    free(last);
}

static void set_age(const char *path, time_t seconds)
{
    struct timespec then[2] = {{.tv_sec = time(NULL) - seconds},
                               {.tv_sec = time(NULL) - seconds}};
    assert_int_equal(utimensat(AT_FDCWD, path, then, 0), 0);
}

static void stale_programs_are_removed(void **state)
{
    const struct {
        const char *name;
        time_t age;
        bool kept;
    } entries[] = {{"recent", 86400, true},
                   {"old", 40L * 86400, false},
                   {"half.made01", 60, true},
                   {"half.made02", 7200, false}};
    char *cache = fs_join(*state, "cache");
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        char *file = str_fmt("%s/program", entries[i].name);
        char *dir = fs_join(cache, entries[i].name);
        scratch_write(cache, file, "x");
        set_age(dir, entries[i].age);
        free(dir);
        free(file);
    }
    store_prune_cache(cache);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        char *dir = fs_join(cache, entries[i].name);
        assert_int_equal(fs_is_dir(dir), entries[i].kept);
        free(dir);
    }
    free(cache);
}

static void ten_runs_are_kept(void **state)
{
    char *dir = NULL;
    old_runs(*state, 15, -1);
    assert_int_equal(store_new_run(*state, &dir), ERR_OK);
    struct strv names = runs_in(*state);
    assert_int_equal(names.n, 10);
    assert_string_equal(names.v[9], str_basename(dir));
    assert_true(str_starts(names.v[0], "20200101-000006-"));
    strv_fini(&names);
    free(dir);
}

static void run_that_is_going_on_is_kept(void **state)
{
    char *dir = NULL;
    old_runs(*state, 15, 0);
    assert_int_equal(store_new_run(*state, &dir), ERR_OK);
    struct strv names = runs_in(*state);
    assert_int_equal(names.n, 11);
    assert_true(str_starts(names.v[0], "20200101-000000-"));
    strv_fini(&names);
    free(dir);
}

static void what_is_no_run_is_left_alone(void **state)
{
    char *dir = NULL;
    scratch_write(*state, "runs/0-my-notes-9999999/precious.txt", "mine");
    scratch_write(*state, "runs/00000000-of-12", "mine");
    scratch_write(*state, "runs/1999", "mine");
    old_runs(*state, 12, -1);
    assert_int_equal(store_new_run(*state, &dir), ERR_OK);
    struct strv names = runs_in(*state);
    assert_int_equal(names.n, 13);
    assert_true(strv_has(&names, "0-my-notes-9999999"));
    assert_true(strv_has(&names, "00000000-of-12"));
    assert_true(strv_has(&names, "1999"));
    strv_fini(&names);
    free(dir);
}

static void folder_that_cannot_be_made_is_an_error(void **state)
{
    char *dir = NULL;
    scratch_write(*state, "file", "");
    char *out = fs_join(*state, "file");
    assert_int_not_equal(store_new_run(out, &dir), ERR_OK);
    assert_null(dir);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(new_run_has_a_folder),
        SCRATCH_TEST(no_two_runs_are_called_alike),
        SCRATCH_TEST(stale_programs_are_removed),
        SCRATCH_TEST(ten_runs_are_kept),
        SCRATCH_TEST(run_that_is_going_on_is_kept),
        SCRATCH_TEST(what_is_no_run_is_left_alone),
        SCRATCH_TEST(folder_that_cannot_be_made_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
