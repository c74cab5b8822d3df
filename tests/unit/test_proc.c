/* proc_run: what it tells of a child, and that it leaves nothing behind, on
 * each way to kill a tree.
 * SPDX-License-Identifier: MIT */
#include "os/proc.h"

#include "base/mem.h"
#include "os/cgroup.h"
#include "os/fs.h"

#include "proc_roles.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

static char *self;

static char *new_token(void)
{
    static unsigned n;
    return str_fmt("lockstep-test-%d-%u", (int)getpid(), ++n);
}

/* Processes other than this one that have token in their command line. */
static unsigned count_alive(const char *token)
{
    struct strv names = {0};
    unsigned n = 0;
    fs_list("/proc", &names);
    for (size_t i = 0; i < names.n; i++) {
        char *path = str_fmt("/proc/%s/cmdline", names.v[i]);
        struct buf line = {0};
        if (atoi(names.v[i]) > 0 && atoi(names.v[i]) != getpid())
            fs_read(path, &line);
        n += line.len && memmem(line.data, line.len, token, strlen(token));
        buf_fini(&line);
        free(path);
    }
    strv_fini(&names);
    return n;
}

static bool becomes(unsigned count, const char *token)
{
    for (int i = 0; i < 2000; i++) {
        if (count_alive(token) == count)
            return true;
        usleep(5000);
    }
    return false;
}

static void require(enum proc_ladder ladder)
{
    const char *argv[] = {"true", NULL};
    struct proc_spec spec = {.argv = argv, .ladder = ladder};
    struct proc_result r;
    enum err e = proc_run(&spec, &r);
    if (e == ERR_UNSUPPORTED) {
        print_message("the ladder %s can not be had here\n",
                      proc_ladder_name(ladder));
        skip();
    }
    assert_int_equal(e, ERR_OK);
    proc_result_fini(&r);
}

struct run {
    struct proc_spec spec;
    struct proc_result result;
    char *token;
    const char *argv[8];
};

static int set_up(void **state)
{
    struct run *r = mem_new(1, sizeof *r);
    r->spec.ladder = (enum proc_ladder)(intptr_t)*state;
    r->token = new_token();
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    struct run *r = *state;
    proc_result_fini(&r->result);
    free(r->token);
    free(r);
    return 0;
}

static void plan(struct run *r, const char *role, const char *argument)
{
    require(r->spec.ladder);
    const char *argv[] = {self, "child", role, r->token, argument, NULL};
    memcpy(r->argv, argv, sizeof argv);
    r->spec.argv = r->argv;
}

static void run(struct run *r, const char *role, const char *argument)
{
    plan(r, role, argument);
    assert_int_equal(proc_run(&r->spec, &r->result), ERR_OK);
    assert_int_equal(count_alive(r->token), 0);
}

static void exit_code_is_told(void **state)
{
    struct run *r = *state;
    run(r, "exit", "42");
    assert_int_equal(r->result.end, PROC_EXITED);
    assert_int_equal(r->result.code, 42);
    assert_int_equal(r->result.strays, 0);
    assert_true(r->result.wall > 0);
}

static void death_by_signal_is_told(void **state)
{
    struct run *r = *state;
    run(r, "die", "9");
    assert_int_equal(r->result.end, PROC_SIGNALED);
    assert_int_equal(r->result.code, SIGKILL);
}

static void missing_program_is_an_error(void **state)
{
    struct run *r = *state;
    plan(r, "exit", "0");
    r->argv[0] = "/nowhere/at/all";
    assert_int_equal(proc_run(&r->spec, &r->result), ERR_NOENT);
    r->argv[0] = "no-such-command-anywhere";
    assert_int_equal(proc_run(&r->spec, &r->result), ERR_NOENT);
    r->argv[0] = self;
    r->spec.cwd = "/nowhere/at/all";
    assert_int_equal(proc_run(&r->spec, &r->result), ERR_NOENT);
    assert_null(r->result.out.head.data);
}

static void file_that_is_no_program_is_an_error(void **state)
{
    struct run *r = *state;
    plan(r, "exit", "0");
    r->argv[0] = "/etc/passwd";
    assert_int_equal(proc_run(&r->spec, &r->result), ERR_ACCESS);
    r->argv[0] = "/etc";
    assert_int_equal(proc_run(&r->spec, &r->result), ERR_ACCESS);
}

static void timeout_ends_it(void **state)
{
    struct run *r = *state;
    r->spec.timeout = 0.3;
    run(r, "sleep", NULL);
    assert_int_equal(r->result.end, PROC_TIMEOUT);
    assert_true(r->result.wall >= 0.3);
}

static void term_lets_it_say_goodbye(void **state)
{
    struct run *r = *state;
    r->spec.timeout = 2;
    r->spec.grace = 60;
    run(r, "polite", NULL);
    assert_int_equal(r->result.end, PROC_TIMEOUT);
    assert_string_equal(buf_str(&r->result.out.head), "readybye");
}

static void deaf_program_is_killed_after_grace(void **state)
{
    struct run *r = *state;
    r->spec.timeout = 2;
    r->spec.grace = 0.2;
    run(r, "deaf", NULL);
    assert_int_equal(r->result.end, PROC_TIMEOUT);
    assert_true(r->result.wall >= 2.2);
}

/* The daemon holds the pipes for ten minutes: to wait for it is to fail. */
static void daemon_is_killed_and_counted(void **state)
{
    struct run *r = *state;
    run(r, "daemon", NULL);
    assert_int_equal(r->result.end, PROC_EXITED);
    assert_int_equal(r->result.code, 4);
    assert_int_equal(r->result.strays, 1);
}

static void fifty_children_are_killed(void **state)
{
    struct run *r = *state;
    run(r, "bomb", "50");
    assert_int_equal(r->result.end, PROC_EXITED);
    assert_int_equal(r->result.strays, 50);
}

static void moving_target_is_killed(void **state)
{
    struct run *r = *state;
    run(r, "hop", "5000");
    assert_int_equal(r->result.end, PROC_EXITED);
    for (int i = 0; i < 20; i++)
        assert_int_equal(count_alive(r->token), 0);
}

static void flood_is_bounded(void **state)
{
    struct run *r = *state;
    const size_t kept = 1000;
    r->spec.head = r->spec.tail = kept;
    run(r, "flood", "256");
    struct proc_output *o = &r->result.out;
    assert_int_equal(r->result.end, PROC_EXITED);
    assert_int_equal(o->head.len, kept);
    assert_int_equal(o->tail.len, kept);
    assert_true(o->head.cap <= 4 * kept && o->tail.cap <= 4 * kept);
    assert_int_equal(o->dropped, (256 << 20) + 9 - 2 * kept);
    char *text = proc_output_text(o);
    assert_true(str_starts(text, "FIRSTxx"));
    assert_true(str_ends(text, "xxLAST"));
    assert_non_null(strstr(text, "left out"));
    free(text);
}

static void short_output_is_whole(void **state)
{
    struct run *r = *state;
    r->spec.head = 3;
    run(r, "env", "NO_SUCH_VARIABLE");
    char *text = proc_output_text(&r->result.out);
    assert_string_equal(text, "(unset)");
    assert_int_equal(r->result.out.dropped, 0);
    assert_int_equal(r->result.out.head.len, 3);
    free(text);
}

static void stdin_is_empty(void **state)
{
    struct run *r = *state;
    run(r, "stdin", NULL);
    assert_int_equal(r->result.code, 0);
}

static void file_that_grows_without_end_is_stopped(void **state)
{
    struct run *r = *state;
    char *file = str_fmt("of=/tmp/lockstep-%s", r->token);
    const char *argv[] = {"dd",      "if=/dev/zero", file, "bs=1M",
                          "count=1", "seek=2048",    NULL};
    require(r->spec.ladder);
    memcpy(r->argv, argv, sizeof argv);
    r->spec.argv = r->argv;
    assert_int_equal(proc_run(&r->spec, &r->result), ERR_OK);
    assert_int_equal(r->result.end, PROC_SIGNALED);
    assert_int_equal(r->result.code, SIGXFSZ);
    unlink(file + strlen("of="));
    free(file);
}

static void memory_limit_ends_it(void **state)
{
    struct run *r = *state;
    r->spec.max_rss = 200 << 20;
    r->spec.timeout = 20;
    run(r, "eat", "300");
    assert_int_equal(r->result.end, PROC_MEMORY);
}

static void environment_is_merged(void **state)
{
    struct run *r = *state;
    const char *env[] = {"LOCKSTEP_A=1=2", "LOCKSTEP_B", NULL};
    setenv("LOCKSTEP_A", "old", 1);
    setenv("LOCKSTEP_B", "old", 1);
    setenv("LOCKSTEP_AB", "kept", 1);
    r->spec.env = env;
    run(r, "env", "LOCKSTEP_A");
    assert_string_equal(buf_str(&r->result.out.head), "1=2");
    proc_result_fini(&r->result);
    run(r, "env", "LOCKSTEP_B");
    assert_string_equal(buf_str(&r->result.out.head), "(unset)");
    proc_result_fini(&r->result);
    run(r, "env", "LOCKSTEP_AB");
    assert_string_equal(buf_str(&r->result.out.head), "kept");
}

static void odd_names_pass_unchanged(void **state)
{
    struct run *r = *state;
    char dir[] = "/tmp/lockstep 'te\"st XXXXXX";
    plan(r, "echo", "a 'b' \"c\"\n$d *");
    assert_non_null(mkdtemp(dir));
    char *program = fs_join(dir, "my \"own\" pro'gram");
    assert_int_equal(symlink(self, program), 0);
    r->argv[0] = program;
    assert_int_equal(proc_run(&r->spec, &r->result), ERR_OK);
    assert_string_equal(buf_str(&r->result.out.head), "a 'b' \"c\"\n$d *|");
    proc_result_fini(&r->result);
    r->argv[0] = "./my \"own\" pro'gram";
    r->argv[2] = "cwd";
    r->spec.cwd = dir;
    assert_int_equal(proc_run(&r->spec, &r->result), ERR_OK);
    assert_string_equal(buf_str(&r->result.out.head), dir);
    assert_int_equal(fs_remove(dir), ERR_OK);
    free(program);
}

/* The value of "name:\t..." in /proc/PID/status, as a number. */
static unsigned long long field(const char *status, const char *name)
{
    const char *at = strstr(status, name);
    assert_non_null(at);
    return strtoull(at + strlen(name) + 1, NULL, 16);
}

static void child_starts_afresh(void **state)
{
    struct run *r = *state;
    sigset_t all, old;
    void (*handler)(int) = signal(SIGUSR1, SIG_IGN);
    plan(r, "state", NULL);
    r->spec.no_aslr = true;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    enum err e = proc_run(&r->spec, &r->result);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    signal(SIGUSR1, handler);
    assert_int_equal(e, ERR_OK);
    const char *text = buf_str(&r->result.out.head);
    assert_int_equal(field(text, "SigBlk"), 0);
    assert_int_equal(field(text, "SigIgn"), 0);
    assert_non_null(strstr(text, "core=0 group=1 noaslr=1"));
}

static void only_three_files_are_open(void **state)
{
    struct run *r = *state;
    int leak = open("/dev/null", O_RDONLY); /* not close-on-exec */
    run(r, "files", NULL);
    close(leak);
    assert_int_equal(r->result.code, 3);
}

static void cpu_time_is_told(void **state)
{
    struct run *r = *state;
    run(r, "burn", "0.2");
    assert_true(r->result.cpu >= 0.19);
    assert_true(r->result.cpu < 4 * r->result.wall);
}

static bool is_program(pid_t leader, void *token)
{
    char *path = str_fmt("/proc/%d/cmdline", (int)leader);
    struct buf line = {0};
    fs_read(path, &line);
    bool same = line.len && memmem(line.data, line.len, token, strlen(token));
    buf_fini(&line);
    free(path);
    return same;
}

static void watch_sees_the_program_and_stops_it(void **state)
{
    struct run *r = *state;
    r->spec.watch = is_program;
    r->spec.watch_arg = r->token;
    r->spec.timeout = 20;
    run(r, "family", NULL);
    assert_int_equal(r->result.end, PROC_STOPPED);
    assert_int_equal(r->result.strays, 1);
}

/* A subreaper can not outlive SIGKILL, so there its orphans may escape. */
static void program_that_kills_its_supervisor_leaves_nothing(void **state)
{
    struct run *r = *state;
    if (r->spec.ladder == PROC_LADDER_SUBREAPER)
        skip();
    r->spec.timeout = 1;
    run(r, "patricide", NULL);
    if (r->spec.ladder == PROC_LADDER_CGROUP)
        assert_int_equal(r->result.end, PROC_SIGNALED);
    else
        assert_int_equal(r->result.end, PROC_TIMEOUT);
}

static void death_of_the_caller_leaves_nothing(void **state)
{
    struct run *r = *state;
    plan(r, "family", NULL);
    pid_t runner = fork();
    if (runner == 0) {
        proc_run(&r->spec, &r->result);
        _exit(0);
    }
    /* This copy of us has no token on its command line: two have it. */
    assert_true(becomes(2, r->token));
    kill(runner, SIGKILL);
    waitpid(runner, NULL, 0);
    assert_true(becomes(0, r->token));
}

/* In the place of stdin and its like, our own files would be overwritten in
 * the child, and nobody be told that it started. */
static int run_without_files(struct run *r)
{
    alarm(60);
    for (int fd = 0; fd < 3; fd++)
        close(fd);
    if (proc_run(&r->spec, &r->result) != ERR_OK)
        return 1;
    if (r->result.end != PROC_STOPPED)
        return 2;
    return str_eq(buf_str(&r->result.out.head), "readybye") ? 0 : 3;
}

static void caller_may_have_closed_its_files(void **state)
{
    struct run *r = *state;
    plan(r, "polite", NULL);
    r->spec.watch = is_program;
    r->spec.watch_arg = r->token;
    r->spec.grace = 60;
    int status;
    pid_t runner = fork();
    if (runner == 0)
        _exit(run_without_files(r));
    waitpid(runner, &status, 0);
    assert_int_equal(status, 0);
}

static void *cancel_soon(void *arg)
{
    becomes(2, arg);
    proc_cancel();
    return NULL;
}

static int run_and_cancel(struct run *r)
{
    pthread_t thread;
    pthread_create(&thread, NULL, cancel_soon, r->token);
    enum err e = proc_run(&r->spec, &r->result);
    pthread_join(thread, NULL);
    if (e != ERR_OK || r->result.end != PROC_CANCELLED || !proc_cancelled())
        return 1;
    e = proc_run(&r->spec, &r->result);
    return e == ERR_OK && r->result.end == PROC_CANCELLED ? 0 : 2;
}

static void cancel_ends_runs_of_now_and_later(void **state)
{
    struct run *r = *state;
    int status;
    plan(r, "family", NULL);
    pid_t runner = fork();
    if (runner == 0)
        _exit(run_and_cancel(r));
    waitpid(runner, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(count_alive(r->token), 0);
}

struct worker {
    pthread_t thread;
    struct proc_spec spec;
    int number, wrong;
};

static void *run_many(void *arg)
{
    struct worker *w = arg;
    char code[8];
    snprintf(code, sizeof code, "%d", w->number);
    const char *argv[] = {
        self,       "child", w->number % 2 ? "exit" : "daemon",
        "parallel", code,    NULL};
    int expected = w->number % 2 ? w->number : 4;
    struct proc_spec spec = w->spec;
    spec.argv = argv;
    for (int i = 0; i < 10; i++) {
        struct proc_result r = {0};
        w->wrong += proc_run(&spec, &r) != ERR_OK || r.end != PROC_EXITED ||
                    r.code != expected;
        proc_result_fini(&r);
    }
    return NULL;
}

static void eight_threads_run_at_a_time(void **state)
{
    struct run *r = *state;
    struct worker workers[8];
    require(r->spec.ladder);
    for (int i = 0; i < 8; i++) {
        workers[i] = (struct worker){.spec = r->spec, .number = i};
        pthread_create(&workers[i].thread, NULL, run_many, &workers[i]);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(workers[i].thread, NULL);
        assert_int_equal(workers[i].wrong, 0);
    }
}

static void best_ladder_works(void **state)
{
    struct run *r = *state;
    assert_int_not_equal(proc_ladder_here(), PROC_LADDER_AUTO);
    run(r, "daemon", NULL);
    assert_int_equal(r->result.code, 4);
}

static volatile sig_atomic_t children_ended;

static void on_child(int number)
{
    (void)number;
    children_ended = children_ended + 1;
}

static void caller_sees_no_child_of_ours(void **state)
{
    struct run *r = *state;
    children_ended = 0;
    void (*old)(int) = signal(SIGCHLD, on_child);
    run(r, "daemon", NULL);
    signal(SIGCHLD, old);
    assert_int_equal(children_ended, 0);
    assert_int_equal(waitpid(-1, NULL, WNOHANG | __WALL), -1);
}

static unsigned count_cgroups(pid_t maker)
{
    char *own = cgroup_own(), *prefix = str_fmt("lockstep-%d-", (int)maker);
    struct strv names = {0};
    unsigned n = 0;
    if (own)
        fs_list(own, &names);
    for (size_t i = 0; i < names.n; i++)
        n += str_starts(names.v[i], prefix);
    strv_fini(&names);
    free(prefix);
    free(own);
    return n;
}

static void no_cgroup_is_left(void **state)
{
    struct run *r = *state;
    run(r, "daemon", NULL);
    assert_int_equal(count_cgroups(getpid()), 0);
}

/* As a lockstep that was killed together with its supervisor leaves it. */
static pid_t leave_stale_cgroup(void)
{
    pid_t maker = fork();
    if (maker == 0) {
        struct cgroup c;
        if (cgroup_new(&c) != ERR_OK)
            _exit(1);
        if (fork() == 0) {
            if (write(c.procs, "0", 1) == 1)
                role_sleep();
            _exit(1);
        }
        _exit(0);
    }
    int status;
    waitpid(maker, &status, 0);
    assert_int_equal(status, 0);
    return maker;
}

static void stale_cgroup_is_removed(void **state)
{
    struct run *r = *state;
    require(r->spec.ladder);
    char *own = cgroup_own();
    pid_t maker = leave_stale_cgroup();
    assert_int_equal(count_cgroups(maker), 1);
    cgroup_clean(own);
    assert_int_equal(count_cgroups(maker), 0);
    free(own);
}

#define TEST_ON(test, name, ladder)                                            \
    {                                                                          \
#test " [" name "]", test, set_up, tear_down,                          \
            (void *)(intptr_t)PROC_LADDER_##ladder                             \
    }
#define ON_EACH(test)                                                          \
    TEST_ON(test, "cgroup", CGROUP), TEST_ON(test, "pid-namespace", PIDNS),    \
        TEST_ON(test, "subreaper", SUBREAPER)

int main(int argc, char **argv)
{
    if (argc > 3 && strcmp(argv[1], "child") == 0)
        return role_main(argc, argv);
    self = fs_real("/proc/self/exe");
    const struct CMUnitTest tests[] = {
        ON_EACH(exit_code_is_told),
        ON_EACH(death_by_signal_is_told),
        ON_EACH(missing_program_is_an_error),
        ON_EACH(file_that_is_no_program_is_an_error),
        ON_EACH(timeout_ends_it),
        ON_EACH(term_lets_it_say_goodbye),
        ON_EACH(deaf_program_is_killed_after_grace),
        ON_EACH(daemon_is_killed_and_counted),
        ON_EACH(fifty_children_are_killed),
        ON_EACH(moving_target_is_killed),
        ON_EACH(flood_is_bounded),
        ON_EACH(short_output_is_whole),
        ON_EACH(stdin_is_empty),
        ON_EACH(file_that_grows_without_end_is_stopped),
        ON_EACH(memory_limit_ends_it),
        ON_EACH(environment_is_merged),
        ON_EACH(odd_names_pass_unchanged),
        ON_EACH(child_starts_afresh),
        ON_EACH(only_three_files_are_open),
        ON_EACH(cpu_time_is_told),
        ON_EACH(watch_sees_the_program_and_stops_it),
        ON_EACH(program_that_kills_its_supervisor_leaves_nothing),
        ON_EACH(death_of_the_caller_leaves_nothing),
        ON_EACH(caller_may_have_closed_its_files),
        ON_EACH(cancel_ends_runs_of_now_and_later),
        ON_EACH(eight_threads_run_at_a_time),
        ON_EACH(caller_sees_no_child_of_ours),
        TEST_ON(best_ladder_works, "auto", AUTO),
        TEST_ON(no_cgroup_is_left, "cgroup", CGROUP),
        TEST_ON(stale_cgroup_is_removed, "cgroup", CGROUP),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(self);
    return failed;
}
