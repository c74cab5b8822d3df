/* What the watchdog says of real programs that die: of what, and where.
 * SPDX-License-Identifier: MIT */
#include "detectors/detector.h"

#include "base/str.h"
#include "os/fs.h"
#include "os/proc.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SOURCE SOURCE_DIR "/tests/unit/programs/deaths.c"

extern const struct detector detector_watchdog;

static char folder[] = "/tmp/lockstep deaths-XXXXXX";
static char *program;

struct dead {
    char *dir; /* of the reports */
    struct proc_result result;
    struct findings findings;
};

/* Runs the program as the watchdog would have it run. */
static struct dead die(const char *way)
{
    static const char *const no_args[] = {NULL};
    char *bin = fs_program_dir();
    char *lib = str_fmt("%s/../lib", bin);
    char *real = fs_real(lib);
    struct dead d = {.dir = str_fmt("%s/%s", folder, way)};
    struct detector_env env = {.configs = SOURCE_DIR "/sanitizer-configs",
                               .lib = real};
    struct target t = {.source = SOURCE,
                       .include_dir = SOURCE_DIR "/cases",
                       .model = MODEL_PTHREAD,
                       .args = no_args};
    struct launch l = {0};
    const char *argv[] = {program, way, NULL};
    assert_int_equal(fs_mkdirs(d.dir), ERR_OK);
    detector_watchdog.prepare(&env, &t, d.dir, &l);
    struct proc_spec spec = {.argv = argv,
                             .env = (const char *const *)l.env.v,
                             .timeout = 60,
                             .head = 4096,
                             .tail = 4096};
    assert_int_equal(proc_run(&spec, &d.result), ERR_OK);
    struct run_output o = {d.dir, "", "", &d.result, &t, NULL};
    char *problem = NULL;
    assert_int_equal(detector_watchdog.parse(&o, &d.findings, &problem),
                     ERR_OK);
    launch_fini(&l);
    free(bin);
    free(lib);
    free(real);
    return d;
}

static void bury(struct dead *d)
{
    proc_result_fini(&d->result);
    findings_fini(&d->findings);
    free(d->dir);
}

static int line_of(const char *label)
{
    struct buf text = {0};
    char *mark = str_fmt("@site %s ", label);
    assert_int_equal(fs_read(SOURCE, &text), ERR_OK);
    const char *found = strstr(buf_str(&text), mark);
    int line = 1;
    assert_non_null(found);
    for (const char *p = buf_str(&text); p < found; p++)
        line += *p == '\n';
    free(mark);
    buf_fini(&text);
    return line;
}

static void assert_told(const struct dead *d, const char *message,
                        const char *native, const char *label)
{
    assert_int_equal(d->findings.n, 1);
    const struct finding *f = &d->findings.v[0];
    assert_int_equal(f->kind, KIND_CRASH);
    assert_string_equal(f->message, message);
    assert_string_equal(f->native, native);
    assert_int_equal(f->accesses.n, 1);
    const struct frame *place = access_place(&f->accesses.v[0]);
    assert_non_null(place);
    assert_string_equal(place->file, SOURCE);
    assert_int_equal(place->line, line_of(label));
}

static void assert_signal(const struct dead *d, int number)
{
    assert_int_equal(d->result.end, PROC_SIGNALED);
    assert_int_equal(d->result.code, number);
}

static void fault_is_told_at_its_line(void **state)
{
    (void)state;
    struct dead d = die("fault");
    assert_signal(&d, SIGSEGV);
    assert_told(&d, "the program died from SIGSEGV (Segmentation fault)",
                "SEGV", "fault");
    assert_string_equal(d.findings.v[0].accesses.v[0].stack.v[0].function,
                        "fault");
    bury(&d);
}

static void fault_within_a_library_is_told_at_the_call(void **state)
{
    (void)state;
    struct dead d = die("library");
    assert_signal(&d, SIGSEGV);
    assert_told(&d, "the program died from SIGSEGV (Segmentation fault)",
                "SEGV", "library");
    bury(&d);
}

static void division_by_nought(void **state)
{
    (void)state;
    struct dead d = die("divide");
    assert_signal(&d, SIGFPE);
    assert_told(&d, "the program died from SIGFPE (Floating point exception)",
                "FPE", "divide");
    bury(&d);
}

static void abort_is_told_at_its_call(void **state)
{
    (void)state;
    struct dead d = die("stop");
    assert_signal(&d, SIGABRT);
    assert_told(&d, "the program died from SIGABRT (Aborted)", "ABRT", "stop");
    bury(&d);
}

/* Nothing faults again when the handler returns. */
static void signal_that_was_sent_still_ends_the_program(void **state)
{
    (void)state;
    struct dead d = die("sent");
    assert_signal(&d, SIGSEGV);
    assert_told(&d, "the program died from SIGSEGV (Segmentation fault)",
                "SEGV", "sent");
    bury(&d);
}

static void death_of_a_child_is_told(void **state)
{
    (void)state;
    struct dead d = die("child");
    assert_int_equal(d.result.end, PROC_EXITED);
    assert_int_equal(d.result.code, 0);
    assert_told(&d,
                "a child of the program died from SIGSEGV (Segmentation "
                "fault)",
                "SEGV", "fault");
    bury(&d);
}

static void program_may_deal_with_its_signals(void **state)
{
    (void)state;
    struct dead d = die("handled");
    assert_int_equal(d.result.end, PROC_EXITED);
    assert_int_equal(d.result.code, 3);
    assert_int_equal(d.findings.n, 0);
    bury(&d);
}

static void living_program_leaves_nothing(void **state)
{
    (void)state;
    struct dead d = die("no such way");
    assert_int_equal(d.result.code, 0);
    assert_int_equal(d.findings.n, 0);
    bury(&d);
}

/* What is cut short, or no such line, has no place and does no harm. */
static void file_that_is_spoilt(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",          "\n",        "11",
        "11 123",    "11 ",       "/x\n",
        "eleven\n",  "11 zz\n",   "99 12 /bin/true\n",
        "0 12 /x\n", "\0 1 /x\n", "11 12 /bin/true",
    };
    char *path = str_fmt("%s/deaths", folder);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct proc_result died = {.end = PROC_SIGNALED, .code = SIGSEGV};
        struct run_output o = {folder, "", "", &died, NULL, NULL};
        struct findings l = {0};
        char *problem = NULL;
        assert_int_equal(fs_write(path, texts[i], strlen(texts[i])), ERR_OK);
        assert_int_equal(detector_watchdog.parse(&o, &l, &problem), ERR_OK);
        assert_int_equal(l.n, 1);
        assert_int_equal(l.v[0].accesses.n, 0);
        findings_fini(&l);
    }
    free(path);
}

static void program_that_is_gone_leaves_its_signal(void **state)
{
    (void)state;
    struct proc_result lived = {.end = PROC_EXITED};
    struct run_output o = {folder, "", "", &lived, NULL, NULL};
    struct findings l = {0};
    char *problem = NULL;
    char *path = str_fmt("%s/deaths", folder);
    const char *text = "7 10 20 /no/such program\n";
    assert_int_equal(fs_write(path, text, strlen(text)), ERR_OK);
    assert_int_equal(detector_watchdog.parse(&o, &l, &problem), ERR_OK);
    assert_int_equal(l.n, 1);
    assert_string_equal(l.v[0].native, "BUS");
    findings_fini(&l);
    free(path);
}

static int make_program(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    program = str_fmt("%s/the program", folder);
    char *command =
        str_fmt("gcc -std=gnu17 -g -O0 -o '%s' '%s'", program, SOURCE);
    int status = system(command);
    free(command);
    return status;
}

static int remove_program(void **state)
{
    (void)state;
    free(program);
    return fs_remove(folder) == ERR_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fault_is_told_at_its_line),
        cmocka_unit_test(fault_within_a_library_is_told_at_the_call),
        cmocka_unit_test(division_by_nought),
        cmocka_unit_test(abort_is_told_at_its_call),
        cmocka_unit_test(signal_that_was_sent_still_ends_the_program),
        cmocka_unit_test(death_of_a_child_is_told),
        cmocka_unit_test(program_may_deal_with_its_signals),
        cmocka_unit_test(living_program_leaves_nothing),
        cmocka_unit_test(file_that_is_spoilt),
        cmocka_unit_test(program_that_is_gone_leaves_its_signal),
    };
    return cmocka_run_group_tests(tests, make_program, remove_program);
}
