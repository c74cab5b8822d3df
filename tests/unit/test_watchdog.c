/* The watchdog on real programs that hang: what it says, and that it leaves
 * them as they were.
 * SPDX-License-Identifier: MIT */
#include "detectors/detector.h"

#include "base/str.h"
#include "os/blocked.h"
#include "os/clock.h"
#include "os/fs.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define PROGRAMS SOURCE_DIR "/tests/unit/programs/"
#define PLAIN "gcc -std=gnu17 -g -O0 -pthread"
#define LABELS_MAX 8

extern const struct detector detector_watchdog;

static char folder[] = "/tmp/lockstep-watchdog-XXXXXX";

struct hung {
    const char *source; /* name in PROGRAMS */
    pid_t pid;
    struct findings findings;
};

static char *recorder(void)
{
    char *dir = fs_program_dir();
    char *lib = str_fmt("%s/../lib/liblockstep-locks.so", dir);
    char *real = fs_real(lib);
    assert_non_null(real);
    free(dir);
    free(lib);
    return real;
}

/* LD_PRELOAD has no quotes: the tree may be in a folder with a blank. */
static char *preload(void)
{
    char *real = recorder();
    char *link = str_fmt("%s/recorder.so", folder);
    if (symlink(real, link) != 0)
        assert_int_equal(errno, EEXIST);
    free(real);
    return link;
}

static char *build(const char *compile, const char *source)
{
    static int count;
    char *program = str_fmt("%s/program-%d", folder, count++);
    char *command =
        str_fmt("%s -o %s '" PROGRAMS "%s'", compile, program, source);
    if (system(command) != 0)
        fail_msg("cannot build: %s", command);
    free(command);
    return program;
}

static pid_t spawn(const char *program, bool recorded)
{
    char *lib = preload();
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setpgid(0, 0);
        setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
        if (recorded)
            setenv("LD_PRELOAD", lib, 1);
        execl(program, program, (char *)NULL);
        _exit(127);
    }
    assert_true(pid > 0);
    setpgid(pid, pid);
    free(lib);
    return pid;
}

static void wait_until_still(pid_t pid)
{
    struct blocked b = {0};
    bool still = false;
    for (int tries = 0; tries < 600 && !still; tries++) {
        usleep(25000);
        still = blocked_sample(&b, pid, 0.3);
    }
    assert_true(still);
}

static void assert_untouched(pid_t pid)
{
    struct buf status = {0};
    char *path = str_fmt("/proc/%d/status", (int)pid);
    assert_int_equal(fs_read(path, &status), ERR_OK);
    assert_non_null(strstr(buf_str(&status), "TracerPid:\t0"));
    assert_null(strstr(buf_str(&status), "State:\tt"));
    assert_null(strstr(buf_str(&status), "State:\tT"));
    free(path);
    buf_fini(&status);
}

static struct hung hang(const char *compile, const char *source, bool recorded)
{
    struct hung h = {.source = source};
    char *program = build(compile, source);
    h.pid = spawn(program, recorded);
    wait_until_still(h.pid);
    double start = clock_now();
    detector_watchdog.on_hang(h.pid, &h.findings);
    print_message("%s: %.1f ms\n", source, 1e3 * (clock_now() - start));
    for (size_t i = 0; i < h.findings.n; i++)
        print_message("  %s: %s\n", kind_id(h.findings.v[i].kind),
                      h.findings.v[i].message);
    assert_untouched(h.pid);
    free(program);
    return h;
}

/* Killable means that nothing holds it stopped. */
static void end_by(struct hung *h, int number)
{
    int status = 0;
    assert_int_equal(kill(-h->pid, number), 0);
    assert_int_equal(waitpid(h->pid, &status, 0), h->pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), number);
    findings_fini(&h->findings);
}

static void end(struct hung *h)
{
    end_by(h, SIGTERM);
}

static int line_of(const char *source, const char *label)
{
    struct buf text = {0};
    char *path = str_fmt(PROGRAMS "%s", source);
    char *mark = str_fmt("@site %s ", label);
    assert_int_equal(fs_read(path, &text), ERR_OK);
    const char *found = strstr(buf_str(&text), mark);
    if (!found)
        fail_msg("no label %s in %s", label, source);
    int line = 1;
    for (const char *p = buf_str(&text); p < found; p++)
        line += *p == '\n';
    free(path);
    free(mark);
    buf_fini(&text);
    return line;
}

static size_t count_at(const struct hung *h, const struct finding *f,
                       enum role role, const char *label)
{
    int line = line_of(h->source, label);
    size_t n = 0;
    for (size_t i = 0; i < f->accesses.n; i++) {
        const struct access *a = &f->accesses.v[i];
        const struct frame *place = access_place(a);
        n += a->role == role && place && place->line == line &&
             str_eq(str_basename(place->file), h->source);
    }
    return n;
}

static size_t count_role(const struct finding *f, enum role role)
{
    size_t n = 0;
    for (size_t i = 0; i < f->accesses.n; i++)
        n += f->accesses.v[i].role == role;
    return n;
}

/* All accesses of that role are at the labels, blank-separated, one each. */
static void assert_places(const struct hung *h, const struct finding *f,
                          enum role role, const char *labels)
{
    struct strv wanted = {0};
    strv_split(&wanted, labels, ' ');
    assert_int_equal(count_role(f, role), wanted.n);
    for (size_t i = 0; i < wanted.n; i++) {
        size_t same = 0;
        for (size_t k = 0; k < wanted.n; k++)
            same += str_eq(wanted.v[i], wanted.v[k]);
        assert_int_equal(count_at(h, f, role, wanted.v[i]), same);
    }
    strv_fini(&wanted);
}

static const struct finding *only(const struct hung *h, enum kind kind)
{
    assert_int_equal(h->findings.n, 1);
    assert_string_equal(kind_id(h->findings.v[0].kind), kind_id(kind));
    assert_string_equal(h->findings.v[0].detector, "watchdog");
    return &h->findings.v[0];
}

/* The message is the format with LABEL of "{LABEL}" made FILE:LINE. */
static void assert_message(const struct hung *h, const struct finding *f,
                           const char *format)
{
    struct buf wanted = {0};
    while (*format) {
        size_t n = strcspn(format, "{");
        buf_add(&wanted, format, n);
        format += n;
        if (*format == '{') {
            n = strcspn(format, "}");
            char *label = str_ndup(format + 1, n - 1);
            buf_addf(&wanted, "%s:%d", h->source, line_of(h->source, label));
            free(label);
            format += n + 1;
        }
    }
    assert_string_equal(f->message, buf_str(&wanted));
    buf_fini(&wanted);
}

static void self_deadlock_tells_both_lines(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "self-deadlock.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 waits at {again} for `lock`, held by itself since "
                   "{first}");
    assert_places(&h, f, ROLE_WAITS, "again");
    assert_places(&h, f, ROLE_HOLDS, "first");
    assert_string_equal(f->object, "lock");
    assert_string_equal(f->accesses.v[0].thread, "thread 1 (main)");
    end(&h);
}

static void without_recorder_the_holder_is_still_known(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "self-deadlock.c", false);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 waits at {again} for `lock`, held by itself");
    assert_places(&h, f, ROLE_WAITS, "again");
    assert_places(&h, f, ROLE_HOLDS, "");
    end(&h);
}

static void opposite_orders_make_a_cycle(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "ab-ba.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 2 waits at {forward-second} for `b`, held by thread "
                   "3 since {backward-first}; thread 3 waits at "
                   "{backward-second} for `a`, held by thread 2 since "
                   "{forward-first}");
    assert_places(&h, f, ROLE_WAITS, "forward-second backward-second");
    assert_places(&h, f, ROLE_HOLDS, "forward-first backward-first");
    assert_string_equal(f->accesses.v[0].thread, "thread 2 (forward)");
    assert_int_equal(count_role(f, ROLE_CREATED), 1); /* main, which joins */
    end(&h);
}

static void three_locks_make_one_cycle(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "three-locks.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_places(&h, f, ROLE_WAITS, "right right right");
    assert_places(&h, f, ROLE_HOLDS, "left left left");
    assert_non_null(strstr(f->message, "`forks[0]`"));
    assert_non_null(strstr(f->message, "`forks[1]`"));
    assert_non_null(strstr(f->message, "`forks[2]`"));
    end(&h);
}

static void lost_signal_is_no_deadlock(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "lost-wakeup.c", true);
    const struct finding *f = only(&h, KIND_LOST_WAKEUP);
    assert_message(&h, f,
                   "thread 2 waits at {wait} on condition `queue.not_empty`; "
                   "no thread is left that could signal it");
    assert_places(&h, f, ROLE_WAITS, "wait");
    assert_places(&h, f, ROLE_HOLDS, "");
    end(&h);
}

static void semaphore_without_post(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "semaphore.c", true);
    const struct finding *f = only(&h, KIND_LOST_WAKEUP);
    assert_message(&h, f,
                   "thread 2 waits at {wait} on semaphore `ready`; no thread "
                   "is left that could post it");
    assert_places(&h, f, ROLE_WAITS, "wait");
    end(&h);
}

static void barrier_short_of_one(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "barrier.c", true);
    const struct finding *f = only(&h, KIND_LOST_WAKEUP);
    assert_message(&h, f,
                   "thread 2 waits at {wait} at barrier `meeting`, and so does "
                   "1 more; no thread is left that could arrive at it");
    assert_places(&h, f, ROLE_WAITS, "wait wait");
    end(&h);
}

static void join_under_lock_is_a_cycle(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "join-under-lock.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 waits at {join} for the end of thread 2; thread 2 "
                   "waits at {needs} for `lock`, held by thread 1 since "
                   "{holds}");
    assert_places(&h, f, ROLE_WAITS, "join needs");
    assert_places(&h, f, ROLE_HOLDS, "holds");
    end(&h);
}

static void reader_that_wants_to_write(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "rwlock-upgrade.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 waits at {write} for write access to `map_lock`, "
                   "held by itself since {read}");
    assert_places(&h, f, ROLE_WAITS, "write");
    assert_places(&h, f, ROLE_HOLDS, "read");
    end(&h);
}

static void owner_that_ended(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "owner-ended.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 waits at {waits} for `lock`, held by a thread "
                   "that has ended; taken at {leaves}");
    assert_places(&h, f, ROLE_WAITS, "waits");
    assert_places(&h, f, ROLE_HOLDS, "leaves");
    end(&h);
}

static void heap_object_is_named_by_the_source(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "heap-mutex.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_string_equal(f->object, "db->lock");
    assert_places(&h, f, ROLE_WAITS, "again");
    assert_places(&h, f, ROLE_HOLDS, "first");
    end(&h);
}

static void mutual_join_after_main_has_left(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "mutual-join.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 2 waits at {join-second} for the end of thread 3; "
                   "thread 3 waits at {join-first} for the end of thread 2");
    assert_places(&h, f, ROLE_WAITS, "join-second join-first");
    end(&h);
}

static void waiter_that_locks_out_the_signaller(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "nested-monitor.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 2 waits at {wait} on condition `changed`; thread 1 "
                   "waits at {locked-out} for `outer`, held by thread 2 since "
                   "{outer}");
    assert_places(&h, f, ROLE_WAITS, "wait locked-out");
    assert_places(&h, f, ROLE_HOLDS, "outer");
    end(&h);
}

static void c11_mutex_keeps_its_site_through_a_wait(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "c11.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_places(&h, f, ROLE_WAITS, "again");
    assert_places(&h, f, ROLE_HOLDS, "first");
    assert_string_equal(f->accesses.v[0].thread, "thread 2 (worker)");
    end(&h);
}

static void lock_that_fork_left_held(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "fork-lock.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 of process 2 waits at {child-waits} for `lock`, "
                   "held by a thread that process 2 does not have; taken at "
                   "{holds}");
    assert_places(&h, f, ROLE_WAITS, "child-waits");
    assert_places(&h, f, ROLE_HOLDS, "holds");
    assert_int_equal(count_role(f, ROLE_CREATED), 1); /* the parent */
    end(&h);
}

static void lock_taken_over_by_fork(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "fork-own.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 of process 2 waits at {again} for `lock`, held by "
                   "itself since {first}");
    end(&h);
}

static void processes_that_read_from_each_other(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "pipes.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 of process 1 waits at {parent-reads} to read from "
                   "a pipe, whose other end is held by thread 1 of process 2; "
                   "thread 1 of process 2 waits at {child-reads} to read from "
                   "a pipe, whose other end is held by thread 1 of process 1");
    assert_places(&h, f, ROLE_WAITS, "parent-reads child-reads");
    end(&h);
}

static void processes_with_shared_mutexes(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "shared-mutex.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_places(&h, f, ROLE_WAITS, "parent-second child-second");
    assert_places(&h, f, ROLE_HOLDS, "parent-first child-first");
    end(&h);
}

static void openmp_lock_set_twice(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN " -fopenmp", "omp-lock.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_places(&h, f, ROLE_WAITS, "again");
    assert_places(&h, f, ROLE_HOLDS, "first");
    end(&h);
}

static void openmp_critical_section_entered_twice(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN " -fopenmp", "critical.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 2 waits at {again} to enter a critical section");
    assert_places(&h, f, ROLE_WAITS, "again");
    end(&h);
}

static void a_full_record_costs_the_site_only(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN " -DWHICH=5", "many-locks.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 waits at {again} for `locks[5]`, held by itself "
                   "since {first}");
    end(&h);
    h = hang(PLAIN " -DWHICH=55", "many-locks.c", true);
    f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 waits at {again} for `locks[55]`, held by itself");
    end(&h);
    h = hang(PLAIN, "neighbours.c", true);
    f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 2 waits at {again} for `own`, held by itself since "
                   "{first}");
    end(&h);
}

static void many_threads_come_and_go(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "churn.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_places(&h, f, ROLE_WAITS, "again");
    assert_places(&h, f, ROLE_HOLDS, "first");
    end(&h);
}

static void lock_given_back_by_another_thread(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "handed-over.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(
        &h, f,
        "thread 1 waits at {again} for `locks[59]`, held by itself since "
        "{first}");
    end(&h);
}

static void second_look_sees_the_same(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "ab-ba.c", true);
    detector_watchdog.on_hang(h.pid, &h.findings);
    assert_int_equal(h.findings.n, 2);
    assert_true(finding_same(&h.findings.v[0], &h.findings.v[1]));
    assert_string_equal(h.findings.v[0].message, h.findings.v[1].message);
    end(&h);
}

/* There, threads call themselves by other numbers than seen from here. */
static void pid_namespace_is_seen_through(void **state)
{
    (void)state;
    if (system("unshare -Urpf --kill-child true 2>/dev/null") != 0)
        skip();
    char *program = build(PLAIN, "join-under-lock.c");
    char *script = str_fmt("%s/in-namespace", folder);
    char *text =
        str_fmt("#!/bin/sh\nexec unshare -Urpf --kill-child %s\n", program);
    assert_int_equal(fs_write(script, text, strlen(text)), ERR_OK);
    assert_int_equal(chmod(script, 0700), 0);
    struct hung h = {.source = "join-under-lock.c"};
    h.pid = spawn(script, true);
    wait_until_still(h.pid);
    detector_watchdog.on_hang(h.pid, &h.findings);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 waits at {join} for the end of thread 2; thread 2 "
                   "waits at {needs} for `lock`, held by thread 1 since "
                   "{holds}");
    end_by(&h, SIGKILL); /* unshare ignores the other */
    free(program);
    free(script);
    free(text);
}

static void lock_of_the_c_library(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "stdio-lock.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 1 waits at {waits} for a lock inside the C library");
    assert_places(&h, f, ROLE_WAITS, "waits");
    end(&h);
}

static void no_owner_is_made_up(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN, "inheriting.c", false);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f, "thread 1 waits at {again} for `lock`");
    end(&h);
}

static void tsan_build_of(const char *compiler)
{
    char *compile =
        str_fmt("%s -std=gnu17 -g -Og -fsanitize=thread -pthread", compiler);
    struct hung h = hang(compile, "ab-ba.c", false);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_message(&h, f,
                   "thread 2 waits at {forward-second} for `b`, held by thread "
                   "3; thread 3 waits at {backward-second} for `a`, held by "
                   "thread 2");
    assert_places(&h, f, ROLE_WAITS, "forward-second backward-second");
    end(&h);
    h = hang(compile, "lost-wakeup.c", false);
    f = only(&h, KIND_LOST_WAKEUP);
    assert_places(&h, f, ROLE_WAITS, "wait");
    assert_string_equal(f->object, "queue.not_empty");
    end(&h);
    free(compile);
}

static void gcc_tsan_builds_are_understood(void **state)
{
    (void)state;
    tsan_build_of("gcc");
}

static void clang_tsan_builds_are_understood(void **state)
{
    (void)state;
    tsan_build_of("clang-19");
}

static void stripped_static_program_gives_a_bare_finding(void **state)
{
    (void)state;
    struct hung h = hang(PLAIN " -static -s", "ab-ba.c", true);
    const struct finding *f = only(&h, KIND_DEADLOCK);
    assert_int_equal(count_role(f, ROLE_WAITS), 2);
    for (size_t i = 0; i < f->accesses.n; i++)
        assert_null(access_place(&f->accesses.v[i]));
    end(&h);
}

static void valgrind_is_left_to_its_own_reports(void **state)
{
    (void)state;
    char *program = build(PLAIN, "self-deadlock.c");
    struct hung h = {.source = "self-deadlock.c"};
    h.pid = fork();
    if (h.pid == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execlp("valgrind", "valgrind", "-q", "--tool=none", program, NULL);
        _exit(127);
    }
    setpgid(h.pid, h.pid);
    wait_until_still(h.pid);
    detector_watchdog.on_hang(h.pid, &h.findings);
    assert_int_equal(h.findings.n, 0);
    end(&h);
    free(program);
}

static void ended_program_gives_nothing(void **state)
{
    (void)state;
    struct findings findings = {0};
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    detector_watchdog.on_hang(pid, &findings);
    assert_int_equal(findings.n, 0);
}

static size_t findings_of_end(enum proc_end how, int code)
{
    struct proc_result result = {.end = how, .code = code};
    struct run_output o = {
        .report_dir = folder, .out = "", .err = "", .proc = &result};
    struct findings findings = {0};
    char *problem = NULL;
    assert_int_equal(detector_watchdog.parse(&o, &findings, &problem), ERR_OK);
    assert_null(problem);
    size_t n = findings.n;
    if (n > 0)
        assert_int_equal(findings.v[0].kind, KIND_CRASH);
    findings_fini(&findings);
    return n;
}

static void only_a_fault_of_its_own_is_a_crash(void **state)
{
    (void)state;
    assert_int_equal(findings_of_end(PROC_SIGNALED, SIGSEGV), 1);
    assert_int_equal(findings_of_end(PROC_SIGNALED, SIGABRT), 1);
    assert_int_equal(findings_of_end(PROC_SIGNALED, SIGTERM), 0);
    assert_int_equal(findings_of_end(PROC_EXITED, SIGSEGV), 0);
    assert_int_equal(findings_of_end(PROC_STOPPED, 0), 0);
}

static void probe_needs_the_recorder(void **state)
{
    (void)state;
    char *lib = recorder();
    *strrchr(lib, '/') = '\0';
    struct detector_env env = {.configs = "", .lib = lib};
    struct detector_status s = {0};
    detector_watchdog.probe(&env, &s);
    assert_true(s.usable);
    assert_non_null(s.version);
    detector_status_fini(&s);
    env.lib = folder;
    detector_watchdog.probe(&env, &s);
    assert_false(s.usable);
    assert_non_null(strstr(s.problem, "liblockstep-locks.so"));
    assert_non_null(s.mend);
    detector_status_fini(&s);
    free(lib);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return fs_remove(folder) == ERR_OK ? 0 : -1;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(self_deadlock_tells_both_lines),
        cmocka_unit_test(without_recorder_the_holder_is_still_known),
        cmocka_unit_test(opposite_orders_make_a_cycle),
        cmocka_unit_test(three_locks_make_one_cycle),
        cmocka_unit_test(lost_signal_is_no_deadlock),
        cmocka_unit_test(semaphore_without_post),
        cmocka_unit_test(barrier_short_of_one),
        cmocka_unit_test(join_under_lock_is_a_cycle),
        cmocka_unit_test(reader_that_wants_to_write),
        cmocka_unit_test(owner_that_ended),
        cmocka_unit_test(heap_object_is_named_by_the_source),
        cmocka_unit_test(mutual_join_after_main_has_left),
        cmocka_unit_test(waiter_that_locks_out_the_signaller),
        cmocka_unit_test(c11_mutex_keeps_its_site_through_a_wait),
        cmocka_unit_test(lock_that_fork_left_held),
        cmocka_unit_test(lock_taken_over_by_fork),
        cmocka_unit_test(processes_that_read_from_each_other),
        cmocka_unit_test(processes_with_shared_mutexes),
        cmocka_unit_test(openmp_lock_set_twice),
        cmocka_unit_test(openmp_critical_section_entered_twice),
        cmocka_unit_test(a_full_record_costs_the_site_only),
        cmocka_unit_test(many_threads_come_and_go),
        cmocka_unit_test(lock_given_back_by_another_thread),
        cmocka_unit_test(second_look_sees_the_same),
        cmocka_unit_test(pid_namespace_is_seen_through),
        cmocka_unit_test(lock_of_the_c_library),
        cmocka_unit_test(no_owner_is_made_up),
        cmocka_unit_test(gcc_tsan_builds_are_understood),
        cmocka_unit_test(clang_tsan_builds_are_understood),
        cmocka_unit_test(stripped_static_program_gives_a_bare_finding),
        cmocka_unit_test(valgrind_is_left_to_its_own_reports),
        cmocka_unit_test(ended_program_gives_nothing),
        cmocka_unit_test(only_a_fault_of_its_own_is_a_crash),
        cmocka_unit_test(probe_needs_the_recorder),
    };
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
