/* The user's own place of an access, and when two findings are the same.
 * SPDX-License-Identifier: MIT */
#include "model/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "findings.h"

/* The line of the place of an access with one frame in `file` above the user's
 * own in line 7. */
static int line_under(const char *file)
{
    struct findings l = {0};
    struct finding *f = findings_add(&l, "d", KIND_DATA_RACE, "n");
    accesses_add(&f->accesses, ROLE_READ);
    add_frame(f, "top", file, 3);
    add_frame(f, "work", "/home/me/cases/a/b/buggy.c", 7);
    const struct frame *place = access_place(&f->accesses.v[0]);
    int line = place ? place->line : 0;
    findings_fini(&l);
    return line;
}

static void place_is_the_innermost_frame_of_the_user(void **state)
{
    (void)state;
    static const char *const own[] = {
        "/home/me/x.c",
        "x.c",
        "sub/x.c",
        "/src/x.c",
        "/build/project/x.c",
        "/builds/group/project/x.c",
        "/usr/src/project/x.c",
        "/usr/share/lockstep/cases/a/b/buggy.c",
        "/home/me/case.h.c",
        "/home/me/showcase.h",
        "/home/me/sysdeps.c",
        "/home/me/threads.h",
        "/home/me/c11/threads.h",
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (line_under(own[i]) != 3)
            print_message("of: %s\n", own[i]);
        assert_int_equal(line_under(own[i]), 3);
    }
}

static void frames_of_libraries_are_passed_over(void **state)
{
    (void)state;
    static const char *const foreign[] = {
        NULL,
        "./nptl/pthread_mutex_lock.c",
        "../sysdeps/x86_64/multiarch/memset.S",
        "../../../../src/libsanitizer/tsan/tsan_interceptors.inc",
        "/build/gcc-12-bTRWOB/gcc-12-12.2.0/src/libsanitizer/x.cpp",
        "/build/glibc-6iIyft/glibc-2.36/nptl/pthread_join.c",
        "/build/reproducible-path/glibc-2.36/nptl/pthread_join.c",
        "/llvm/compiler-rt/lib/tsan/rtl/tsan_rtl.cpp",
        "/llvm/openmp/runtime/src/kmp.cpp",
        "/usr/include/c++/12/atomic",
        "/usr/lib/gcc/x86_64-linux-gnu/12/include/stdatomic.h",
        "<null>",
        "/home/me/cases/case.h",
        "/usr/share/lockstep/sanitizer-configs/c11/threads.h",
        "case.h",
    };
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (line_under(foreign[i]) != 7)
            print_message("of: %s\n", foreign[i]);
        assert_int_equal(line_under(foreign[i]), 7);
    }
}

static void frame_without_a_line_is_no_place(void **state)
{
    (void)state;
    struct findings l = {0};
    struct finding *f = findings_add(&l, "d", KIND_DATA_RACE, "n");
    accesses_add(&f->accesses, ROLE_READ);
    assert_null(access_place(&f->accesses.v[0]));
    add_frame(f, "work", "/x.c", 0);
    assert_null(access_place(&f->accesses.v[0]));
    findings_fini(&l);
}

static void same_places_in_any_order_are_the_same(void **state)
{
    (void)state;
    struct findings l = {0};
    add_race(&l, "one", "/x.c", 3, 5);
    add_race(&l, "two", "/x.c", 5, 3);
    add_race(&l, "two", "/x.c", 3, 3);
    add_race(&l, "two", "/y.c", 3, 5);
    add_race(&l, "two", "/x.c", 3, 5)->kind = KIND_LOCK_ORDER;
    assert_true(finding_same(&l.v[0], &l.v[0]));
    assert_true(finding_same(&l.v[0], &l.v[1]));
    assert_true(finding_same(&l.v[1], &l.v[0]));
    for (size_t i = 2; i < l.n; i++) {
        assert_false(finding_same(&l.v[0], &l.v[i]));
        assert_false(finding_same(&l.v[i], &l.v[0]));
    }
    findings_fini(&l);
}

static void place_told_twice_counts_once(void **state)
{
    (void)state;
    struct findings l = {0};
    add_race(&l, "one", "/x.c", 3, 3);
    add_race(&l, "two", "/x.c", 3, 3);
    add_access(&l.v[1], ROLE_ACCESS, "/x.c", 3);
    assert_true(finding_same(&l.v[0], &l.v[1]));
    findings_fini(&l);
}

static void where_something_was_created_makes_no_difference(void **state)
{
    (void)state;
    struct findings l = {0};
    add_race(&l, "one", "/x.c", 3, 5);
    add_race(&l, "two", "/x.c", 3, 5);
    add_access(&l.v[1], ROLE_CREATED, "/x.c", 9);
    assert_true(finding_same(&l.v[0], &l.v[1]));
    add_race(&l, "two", "/x.c", 3, 3);
    add_access(&l.v[2], ROLE_CREATED, "/x.c", 5);
    assert_false(finding_same(&l.v[0], &l.v[2]));
    findings_fini(&l);
}

static void lost_stacks_are_the_same_as_lost_stacks_only(void **state)
{
    (void)state;
    struct findings l = {0};
    add_race(&l, "one", "/x.c", 3, 0);
    add_race(&l, "two", "/x.c", 0, 3);
    add_race(&l, "two", "/x.c", 3, 5);
    add_race(&l, "two", "/x.c", 5, 0);
    assert_true(finding_same(&l.v[0], &l.v[1]));
    assert_false(finding_same(&l.v[0], &l.v[2]));
    assert_false(finding_same(&l.v[2], &l.v[0]));
    assert_false(finding_same(&l.v[0], &l.v[3]));
    findings_fini(&l);
}

static void findings_without_a_place_go_by_their_object(void **state)
{
    (void)state;
    struct findings l = {0};
    for (int i = 0; i < 3; i++) {
        struct finding *f = findings_add(&l, "d", KIND_LOCK_LEAK, "leak");
        f->object = str_dup(i < 2 ? "a" : "b");
        if (i > 0)
            add_access(f, ROLE_LOCKS, NULL, 0);
    }
    findings_add(&l, "d", KIND_LOCK_LEAK, "other");
    assert_true(finding_same(&l.v[0], &l.v[0]));
    assert_true(finding_same(&l.v[1], &l.v[1]));
    assert_false(finding_same(&l.v[1], &l.v[2]));
    assert_false(finding_same(&l.v[0], &l.v[3]));
    findings_fini(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(place_is_the_innermost_frame_of_the_user),
        cmocka_unit_test(frames_of_libraries_are_passed_over),
        cmocka_unit_test(frame_without_a_line_is_no_place),
        cmocka_unit_test(same_places_in_any_order_are_the_same),
        cmocka_unit_test(place_told_twice_counts_once),
        cmocka_unit_test(where_something_was_created_makes_no_difference),
        cmocka_unit_test(lost_stacks_are_the_same_as_lost_stacks_only),
        cmocka_unit_test(findings_without_a_place_go_by_their_object),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
