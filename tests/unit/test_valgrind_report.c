/* The parser of Valgrind's XML.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/report.h"
#include "detectors/support/valgrind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "told.h"

#define ROOT "<?xml version=\"1.0\"?>\n<valgrindoutput>\n"
#define STACK                                                                  \
    "<stack><frame><ip>0x1</ip><obj>/b/a</obj><fn>work</fn><dir>/src</dir>"    \
    "<file>a.c</file><line>7</line></frame></stack>"
#define ERROR(kind, text)                                                      \
    "<error><unique>0x0</unique><tid>2</tid><kind>" kind "</kind>"             \
    "<xwhat><text>" text "</text><hthreadid>3</hthreadid></xwhat>" STACK       \
    "</error>\n"
#define RACE                                                                   \
    ERROR("Race", "Possible data race during read of size 4 at 0x1 by "        \
                  "thread #3")

static struct valgrind_report parse(const char *text, size_t n,
                                    struct findings *l)
{
    struct valgrind_report r;
    char *copy = mem_new(n ? n : 1, 1); /* exact, for AddressSanitizer */
    memcpy(copy, text, n);
    valgrind_parse_xml("vg", copy, n, false, l, &r);
    free(copy);
    return r;
}

static void assert_told(const char *text, const char *expected)
{
    struct findings l = {0};
    parse(text, strlen(text), &l);
    char *got = told(&l, false);
    assert_string_equal(got, expected);
    free(got);
    findings_fini(&l);
}

static void parse_golden(const char *id, const struct buf *text,
                         struct findings *l)
{
    struct valgrind_report r;
    valgrind_parse_xml(id, buf_str(text), text->len, false, l, &r);
    assert_true(r.begun);
}

static void real_reports_of_helgrind_are_read(void **state)
{
    (void)state;
    assert_true(told_goldens("helgrind", "xml", parse_golden) >= 16);
}

static void real_reports_of_drd_are_read(void **state)
{
    (void)state;
    assert_true(told_goldens("drd", "xml", parse_golden) >= 16);
}

static void every_kind_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *native, *text;
        enum kind kind;
    } all[] = {
        {"Race", "x", KIND_DATA_RACE},
        {"UnlockUnlocked", "x", KIND_LOCK_MISUSE},
        {"UnlockForeign", "x", KIND_LOCK_MISUSE},
        {"UnlockBogus", "x", KIND_LOCK_MISUSE},
        {"LockOrder", "x", KIND_LOCK_ORDER},
        {"PthAPIerror", "call to pthread_join failed", KIND_LOCK_MISUSE},
        {"Misc", "Thread #2: Exiting thread still holds 1 lock",
         KIND_LOCK_LEAK},
        {"Misc", "Attempt to re-lock a non-recursive lock I already hold",
         KIND_DOUBLE_LOCK},
        {"Misc", "dubious: associated lock is not held", KIND_LOCK_MISUSE},
        {"ConflictingAccess", "Conflicting load by thread 3", KIND_DATA_RACE},
        {"MutexErr", "Recursive locking not allowed: mutex 0x1",
         KIND_DOUBLE_LOCK},
        {"MutexErr", "Mutex not locked", KIND_LOCK_MISUSE},
        {"RwlockErr", "Recursive writer locking not allowed", KIND_DOUBLE_LOCK},
        {"RwlockErr", "Reader-writer lock not locked", KIND_LOCK_MISUSE},
        {"CondErr", "x", KIND_LOCK_MISUSE},
        {"CondWaitErr", "x", KIND_LOCK_MISUSE},
        {"CondRaceErr", "x", KIND_LOCK_MISUSE},
        {"CondDestrErr", "x", KIND_LOCK_MISUSE},
        {"SemaphoreErr", "x", KIND_LOCK_MISUSE},
        {"BarrierErr", "x", KIND_LOCK_MISUSE},
        {"GenericErr", "x", KIND_LOCK_MISUSE},
        {"HoldtimeErr", "x", KIND_OTHER},
        {"InvalidThreadId", "x", KIND_OTHER},
        {"UnimpHgClReq", "x", KIND_OTHER},
        {"UnimpDrdClReq", "x", KIND_OTHER},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char *text = str_fmt(ROOT "<error><kind>%s</kind><what>%s</what>" STACK
                                  "</error>",
                             all[i].native, all[i].text);
        struct findings l = {0};
        parse(text, strlen(text), &l);
        assert_int_equal(l.n, 1);
        assert_int_equal(l.v[0].kind, all[i].kind);
        assert_string_equal(l.v[0].native, all[i].native);
        findings_fini(&l);
        free(text);
    }
}

/* However short a report is cut, as by KILL, the complete errors count. */
static void cut_report_keeps_what_is_complete(void **state)
{
    (void)state;
    static const char text[] = ROOT RACE RACE "</valgrindoutput>\n";
    size_t first = strlen(ROOT RACE) - 1, second = strlen(ROOT RACE RACE) - 1;
    for (size_t n = 0; n < sizeof text; n++) {
        struct findings l = {0};
        struct valgrind_report r = parse(text, n, &l);
        assert_int_equal(l.n, n < first ? 0 : n < second ? 1 : 2);
        assert_int_equal(r.begun, n >= strlen(ROOT) - 1);
        assert_int_equal(r.complete, n >= sizeof text - 2);
        findings_fini(&l);
    }
}

static void other_words_are_no_report(void **state)
{
    (void)state;
    static const char *const says[] = {"", "no XML", "<html></html>"};
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        struct findings l = {0};
        struct valgrind_report r = parse(says[i], strlen(says[i]), &l);
        assert_false(r.begun);
        assert_false(r.complete);
        assert_int_equal(l.n, 0);
    }
}

static void signal_from_outside_is_no_crash(void **state)
{
    (void)state;
    assert_told(ROOT "<fatal_signal><signo>15</signo><signame>SIGTERM"
                     "</signame>" STACK "</fatal_signal>",
                "");
    assert_told(ROOT "<fatal_signal><signo>6</signo><signame>SIGABRT"
                     "</signame><event>from tkill</event>" STACK
                     "</fatal_signal>",
                "vg crash: SIGABRT [-] {killed by SIGABRT: from tkill}\n"
                "  access by - at work /src/a.c:7\n");
}

static void death_of_valgrind_is_a_finding(void **state)
{
    (void)state;
    static const struct valgrind tool = {.id = "drd", .tool = "drd"};
    static const struct {
        const char *err;
        size_t findings;
    } rows[] = {
        {"valgrind: the 'impossible' happened:\n   bad\n", 1},
        {"\ndrd: drd_thread.c:9 (x): Assertion 'y' failed.\n", 1},
        {"valgrind: Unknown option: --no-such-option\n", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct run_output o = {.report_dir = "/nonexistent",
                               .err = rows[i].err};
        struct findings l = {0};
        char *problem = NULL;
        assert_int_equal(valgrind_parse(&tool, &o, &l, &problem), ERR_INVALID);
        assert_int_equal(l.n, rows[i].findings);
        if (l.n)
            assert_int_equal(l.v[0].kind, KIND_CRASH);
        free(problem);
        findings_fini(&l);
    }
}

static void creation_is_told_with_the_thread(void **state)
{
    (void)state;
    assert_told(ROOT "<announcethread><hthreadid>3</hthreadid>" STACK
                     "</announcethread>" RACE,
                "vg data-race: Race [-] {Possible data race during read of "
                "size 4 at 0x1 by thread #3}\n"
                "  read by thread #3 at work /src/a.c:7\n"
                "  created by thread #3 at work /src/a.c:7\n");
}

static void bounds_of_a_segment_are_no_access(void **state)
{
    (void)state;
    assert_told(ROOT "<error><kind>ConflictingAccess</kind><what>Conflicting "
                     "store by thread 2 at 0x1</what>" STACK
                     "<other_segment_start>" STACK "</other_segment_start>"
                     "<other_segment_end>" STACK "</other_segment_end></error>",
                "vg data-race: ConflictingAccess [-] {Conflicting store by "
                "thread 2 at 0x1}\n"
                "  write by thread 2 at work /src/a.c:7\n");
}

static void entities_are_not_expanded(void **state)
{
    (void)state;
    struct findings l = {0};
    static const char text[] =
        "<!DOCTYPE valgrindoutput [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaaaaaa\">]>"
        "<valgrindoutput>" RACE "</valgrindoutput>";
    struct valgrind_report r = parse(text, sizeof text - 1, &l);
    assert_false(r.begun);
    assert_int_equal(l.n, 0);
}

static void flood_is_bounded_and_says_so(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_adds(&b, ROOT);
    for (int i = 0; i < REPORT_MAX_FINDINGS + 3; i++)
        buf_adds(&b, ERROR("Misc", "dubious"));
    struct findings l = {0};
    parse(buf_str(&b), b.len, &l);
    assert_int_equal(l.n, REPORT_MAX_FINDINGS);
    assert_string_equal(l.v[l.n - 1].message,
                        "dubious (3 more findings were not kept)");
    findings_fini(&l);
    buf_fini(&b);
}

static void deep_finding_is_bounded(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_adds(&b, ROOT "<error><kind>Race</kind><what>");
    for (int i = 0; i < 10000; i++)
        buf_adds(&b, "long ");
    buf_adds(&b, "</what>");
    for (int i = 0; i < 1000; i++)
        buf_adds(&b, STACK);
    buf_adds(&b, "</error><error><stack>");
    for (int i = 0; i < 1000; i++)
        buf_adds(&b, "<frame></frame>");
    buf_adds(&b, "</stack></error>");
    struct findings l = {0};
    parse(buf_str(&b), b.len, &l);
    assert_int_equal(l.n, 2);
    assert_int_equal(strlen(l.v[0].message), REPORT_MAX_TEXT);
    assert_int_equal(l.v[0].accesses.n, REPORT_MAX_ACCESSES);
    assert_int_equal(l.v[1].accesses.v[0].stack.n, REPORT_MAX_FRAMES);
    findings_fini(&l);
    buf_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_reports_of_helgrind_are_read),
        cmocka_unit_test(real_reports_of_drd_are_read),
        cmocka_unit_test(every_kind_is_known),
        cmocka_unit_test(cut_report_keeps_what_is_complete),
        cmocka_unit_test(other_words_are_no_report),
        cmocka_unit_test(signal_from_outside_is_no_crash),
        cmocka_unit_test(death_of_valgrind_is_a_finding),
        cmocka_unit_test(creation_is_told_with_the_thread),
        cmocka_unit_test(bounds_of_a_segment_are_no_access),
        cmocka_unit_test(entities_are_not_expanded),
        cmocka_unit_test(flood_is_bounded_and_says_so),
        cmocka_unit_test(deep_finding_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
