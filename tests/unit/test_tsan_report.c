/* The parser of ThreadSanitizer's reports.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/report.h"
#include "detectors/support/tsan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "told.h"

#define FRAME "FR|0|work|/src/a.c|7|3|/build/a\n"
#define RACE                                                                   \
    "==================\n"                                                     \
    "WARNING: ThreadSanitizer: data race (pid=1)\n"                            \
    "  Write of size 4 at 0x1 by thread T2:\n" FRAME "\n"                      \
    "  Previous read of size 4 at 0x1 by main thread:\n" FRAME "\n"            \
    "SUMMARY: ThreadSanitizer: data race /src/a.c:7:3 in work\n"               \
    "==================\n"

/* Parses text, which must be whole and of a healthy runtime. */
static struct findings parsed(const char *text)
{
    struct findings l = {0};
    char *problem = NULL;
    assert_int_equal(tsan_parse_text("tsan", text, strlen(text), &l, &problem),
                     ERR_OK);
    assert_null(problem);
    return l;
}

static void assert_told(const char *text, const char *expected)
{
    struct findings l = parsed(text);
    char *got = told(&l, false);
    assert_string_equal(got, expected);
    free(got);
    findings_fini(&l);
}

static void assert_broken(const char *text, const char *why, size_t findings)
{
    struct findings l = {0};
    char *problem = NULL;
    assert_int_equal(tsan_parse_text("tsan", text, strlen(text), &l, &problem),
                     ERR_INVALID);
    assert_string_equal(problem, why);
    assert_int_equal(l.n, findings);
    free(problem);
    findings_fini(&l);
}

static void parse_golden(const char *id, const struct buf *text,
                         struct findings *l)
{
    char *problem = NULL;
    assert_int_equal(tsan_parse_text(id, buf_str(text), text->len, l, &problem),
                     ERR_OK);
}

static void real_reports_of_gcc_are_read(void **state)
{
    (void)state;
    assert_true(told_goldens("tsan-gcc", "txt", parse_golden) >= 13);
}

static void real_reports_of_clang_are_read(void **state)
{
    (void)state;
    assert_true(told_goldens("tsan-clang", "txt", parse_golden) >= 14);
}

static void every_kind_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *native;
        enum kind kind;
    } all[] = {
        {"data race", KIND_DATA_RACE},
        {"data race on vptr (ctor/dtor vs virtual call)", KIND_DATA_RACE},
        {"heap-use-after-free", KIND_USE_AFTER_FREE},
        {"heap-use-after-free (virtual call vs free)", KIND_USE_AFTER_FREE},
        {"race on external object", KIND_DATA_RACE},
        {"thread leak", KIND_THREAD_LEAK},
        {"destroy of a locked mutex", KIND_LOCK_MISUSE},
        {"double lock of a mutex", KIND_DOUBLE_LOCK},
        {"use of an invalid mutex (e.g. uninitialized or destroyed)",
         KIND_LOCK_MISUSE},
        {"unlock of an unlocked mutex (or by a wrong thread)",
         KIND_LOCK_MISUSE},
        {"read lock of a write locked mutex", KIND_LOCK_MISUSE},
        {"read unlock of a write locked mutex", KIND_LOCK_MISUSE},
        {"signal-unsafe call inside of a signal", KIND_SIGNAL_UNSAFE},
        {"signal handler spoils errno", KIND_ERRNO_SPOILED},
        {"lock-order-inversion (potential deadlock)", KIND_LOCK_ORDER},
        {"mutex held in the wrong context", KIND_LOCK_MISUSE},
        {"a kind of next year", KIND_OTHER},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_int_equal(tsan_kind(all[i].native), all[i].kind);
}

static void unknown_kind_keeps_its_name(void **state)
{
    (void)state;
    assert_told("WARNING: ThreadSanitizer: new (sort of) bug (pid=12)\n" FRAME
                "\nSUMMARY: x\n",
                "tsan other: new (sort of) bug [-] {new (sort of) bug}\n"
                "  access by - at work /src/a.c:7\n");
}

static void lost_stack_is_an_access_without_frames(void **state)
{
    (void)state;
    assert_told("WARNING: ThreadSanitizer: data race (pid=1)\n"
                "  Atomic write of size 8 at 0x1 by thread T12 (mutexes: "
                "write M0, read M1):\n" FRAME "\n"
                "  Previous atomic read of size 8 at 0x1 by thread T3:\n"
                "    [failed to restore the stack]\n\n"
                "SUMMARY: x\n",
                "tsan data-race: data race [-] {data race}\n"
                "  atomic-write by T12 at work /src/a.c:7\n"
                "  previous atomic-read by T3 at no place of 0\n");
}

static void external_race_has_its_roles(void **state)
{
    (void)state;
    assert_told(
        "WARNING: ThreadSanitizer: race on external object (pid=1)\n"
        "  Modifying access of tag at 0x1 by main thread:\n" FRAME "\n"
        "  Previous read-only access of tag at 0x1 by thread T1:\n" FRAME
        "\nSUMMARY: x\n",
        "tsan data-race: race on external object [-] "
        "{race on external object}\n"
        "  write by main thread at work /src/a.c:7\n"
        "  previous read by T1 at work /src/a.c:7\n");
}

static void locations_name_the_object(void **state)
{
    (void)state;
    static const char *const says[][2] = {
        {"global 'a b' of size 4 at 0x1 (a+0x2)", "a b"},
        {"heap block of size 9 at 0x1 allocated by main thread:",
         "heap block of size 9"},
        {"file descriptor 3 created by thread T1 at:", "file descriptor 3"},
        {"TLS of thread T1.", "TLS of thread T1"},
        {"stack of main thread.", "stack of main thread"},
    };
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        char *text = str_fmt("WARNING: ThreadSanitizer: data race (pid=1)\n"
                             "  Read of size 1 at 0x1 by main thread:\n" FRAME
                             "\n  Location is %s\n\nSUMMARY: x\n",
                             says[i][0]);
        struct findings l = parsed(text);
        assert_int_equal(l.n, 1);
        assert_string_equal(l.v[0].object, says[i][1]);
        findings_fini(&l);
        free(text);
    }
}

static void bar_in_a_function_is_part_of_it(void **state)
{
    (void)state;
    struct findings l =
        parsed("WARNING: ThreadSanitizer: data race (pid=1)\n"
               "  Read of size 1 at 0x1 by main thread:\n"
               "FR|0|a::operator|(int)|/s/a.cc|12|4|/b/a\n\nSUMMARY: x\n");
    const struct frame *f = &l.v[0].accesses.v[0].stack.v[0];
    assert_string_equal(f->function, "a::operator|(int)");
    assert_string_equal(f->file, "/s/a.cc");
    assert_int_equal(f->line, 12);
    assert_int_equal(f->col, 4);
    assert_string_equal(f->module, "/b/a");
    findings_fini(&l);
}

static void absurd_numbers_are_unknown_lines(void **state)
{
    (void)state;
    struct findings l =
        parsed("WARNING: ThreadSanitizer: data race (pid=1)\n"
               "  Read of size 1 at 0x1 by main thread:\n"
               "FR|0|f|/a.c|99999999999999999999|-1|/b/a\n\nSUMMARY: x\n");
    assert_int_equal(l.v[0].accesses.v[0].stack.v[0].line, 0);
    assert_int_equal(l.v[0].accesses.v[0].stack.v[0].col, 0);
    findings_fini(&l);
}

/* However short a report is cut: complete findings stay, and the last is kept
 * from the moment that its first stack is complete. */
static void cut_report_keeps_what_is_complete(void **state)
{
    (void)state;
    static const char text[] = RACE RACE;
    size_t first = strlen(RACE);
    size_t stack =
        (size_t)(strstr(text, FRAME "\n") - text) + strlen(FRAME "\n");
    for (size_t n = 0; n < sizeof text; n++) {
        char *cut = str_ndup(text, n); /* exact, for AddressSanitizer */
        struct findings l = {0};
        char *problem = NULL;
        assert_int_equal(tsan_parse_text("tsan", cut, n, &l, &problem), ERR_OK);
        assert_int_equal(l.n, n < stack ? 0 : n < first + stack ? 1 : 2);
        findings_fini(&l);
        free(cut);
    }
}

static void cut_line_is_not_read(void **state)
{
    (void)state;
    assert_told("WARNING: ThreadSanitizer: data race (pid=1)\n"
                "  Write of size 4 at 0x1 by thread T2:\n" FRAME "\n"
                "  Previous read of size 4 at 0x1 by thread T1:\n"
                "FR|0|work|/src/a.c|1",
                "tsan data-race: data race [-] {data race}\n"
                "  write by T2 at work /src/a.c:7\n"
                "  previous read by T1 at no place of 0\n");
}

static void talk_of_the_runtime_is_no_finding(void **state)
{
    (void)state;
    assert_told("WARNING: ThreadSanitizer: memory layout is incompatible, "
                "possibly due to high-entropy ASLR.\n"
                "Re-execing with fixed virtual address space.\n"
                "ThreadSanitizer: reported 1 warnings\n",
                "");
}

static void failed_runtime_is_no_verdict(void **state)
{
    (void)state;
    assert_broken("FATAL: ThreadSanitizer: unexpected memory mapping 0x1\n",
                  "FATAL: ThreadSanitizer: unexpected memory mapping 0x1", 0);
    assert_broken("==7==FATAL: ThreadSanitizer: failed to intercept x\n",
                  "FATAL: ThreadSanitizer: failed to intercept x", 0);
    assert_broken(RACE "ThreadSanitizer: CHECK failed: a.cpp:1\n" FRAME,
                  "ThreadSanitizer: CHECK failed: a.cpp:1", 1);
    assert_broken("==1==ERROR: ThreadSanitizer failed to allocate 0x1 bytes\n",
                  "ERROR: ThreadSanitizer failed to allocate 0x1 bytes", 0);
}

#define SEGV                                                                   \
    "ThreadSanitizer:DEADLYSIGNAL\n"                                           \
    "==1==ERROR: ThreadSanitizer: SEGV on unknown address 0x0 (pc 0x1)\n"      \
    "==1==The signal is caused by a READ memory access.\n"

static void crash_of_the_program_is_a_finding(void **state)
{
    (void)state;
    assert_told(SEGV FRAME "\n==1==ABORTING\n",
                "tsan crash: SEGV [-] {killed by SEGV}\n"
                "  read by - at work /src/a.c:7\n");
}

static void crash_of_the_runtime_is_no_verdict(void **state)
{
    (void)state;
    assert_broken(SEGV "FR|0|__tsan_func_entry|<null>|0|0|/build/a\n\n",
                  "the ThreadSanitizer runtime crashed: SEGV", 0);
    assert_broken(SEGV "ThreadSanitizer:DEADLYSIGNAL\n"
                       "ThreadSanitizer: nested bug in the same thread\n",
                  "the ThreadSanitizer runtime crashed: SEGV", 0);
    assert_broken("ThreadSanitizer:DEADLYSIGNAL\n",
                  "the ThreadSanitizer runtime died of a signal that it did "
                  "not report",
                  0);
}

/* Two threads announce their signals at a time, and no report is left. */
static void death_without_a_report_is_a_finding(void **state)
{
    (void)state;
    static const struct tsan tool = {.id = "tsan"};
    static const struct proc_result ended = {.end = PROC_EXITED, .code = 66};
    struct run_output o = {.report_dir = "/nonexistent",
                           .err = "ThreadSanitizerThreadSanitizer"
                                  ":DEADLYSIGNAL\n:DEADLYSIGNAL\n",
                           .proc = &ended};
    struct findings l = {0};
    char *problem = NULL;
    assert_int_equal(tsan_parse(&tool, &o, &l, &problem), ERR_INVALID);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.v[0].kind, KIND_CRASH);
    free(problem);
    findings_fini(&l);
}

static void flood_is_bounded_and_says_so(void **state)
{
    (void)state;
    struct buf b = {0};
    for (int i = 0; i < REPORT_MAX_FINDINGS + 3; i++)
        buf_adds(&b, RACE);
    struct findings l = parsed(buf_str(&b));
    assert_int_equal(l.n, REPORT_MAX_FINDINGS);
    assert_string_equal(l.v[l.n - 1].message,
                        "data race (3 more findings were not kept)");
    findings_fini(&l);
    buf_fini(&b);
}

static void deep_finding_is_bounded(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_adds(&b, "WARNING: ThreadSanitizer: data race (pid=1)\n");
    for (int i = 0; i < 1000; i++)
        buf_adds(&b, "  Read of size 1 at 0x1 by thread T1:\n");
    struct findings l = parsed(buf_str(&b));
    assert_int_equal(l.v[0].accesses.n, REPORT_MAX_ACCESSES);
    findings_fini(&l);
    buf_clear(&b);
    buf_adds(&b, "WARNING: ThreadSanitizer: data race (pid=1)\n");
    for (int i = 0; i < 1000; i++)
        buf_adds(&b, FRAME);
    buf_adds(&b, "\n");
    l = parsed(buf_str(&b));
    assert_int_equal(l.v[0].accesses.v[0].stack.n, REPORT_MAX_FRAMES);
    findings_fini(&l);
    buf_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_reports_of_gcc_are_read),
        cmocka_unit_test(real_reports_of_clang_are_read),
        cmocka_unit_test(every_kind_is_known),
        cmocka_unit_test(unknown_kind_keeps_its_name),
        cmocka_unit_test(lost_stack_is_an_access_without_frames),
        cmocka_unit_test(external_race_has_its_roles),
        cmocka_unit_test(locations_name_the_object),
        cmocka_unit_test(bar_in_a_function_is_part_of_it),
        cmocka_unit_test(absurd_numbers_are_unknown_lines),
        cmocka_unit_test(cut_report_keeps_what_is_complete),
        cmocka_unit_test(cut_line_is_not_read),
        cmocka_unit_test(talk_of_the_runtime_is_no_finding),
        cmocka_unit_test(failed_runtime_is_no_verdict),
        cmocka_unit_test(crash_of_the_program_is_a_finding),
        cmocka_unit_test(crash_of_the_runtime_is_no_verdict),
        cmocka_unit_test(death_without_a_report_is_a_finding),
        cmocka_unit_test(flood_is_bounded_and_says_so),
        cmocka_unit_test(deep_finding_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
