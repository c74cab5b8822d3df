/* What is called a hang and what is not: programs that wait, each in its own
 * way, seen through the watch of proc_run.
 * SPDX-License-Identifier: MIT */
#include "os/blocked.h"

#include "os/clock.h"
#include "os/fs.h"
#include "os/proc.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char *self;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *wait_for_change(void *arg)
{
    pthread_mutex_lock(&lock);
    for (;;)
        pthread_cond_wait(&changed, &lock);
    return arg;
}

static void start_waiters(int n)
{
    for (pthread_t t; n > 0; n--)
        pthread_create(&t, NULL, wait_for_change, NULL);
}

static void hang_on_mutex(void)
{
    start_waiters(2);
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
}

static void hang_in_join(void)
{
    pthread_t t;
    pthread_create(&t, NULL, wait_for_change, NULL);
    pthread_join(t, NULL);
}

static void hang_after_main(void)
{
    start_waiters(1);
    pthread_exit(NULL);
}

static void read_byte(int fd)
{
    char c;
    while (read(fd, &c, 1) < 0)
        ;
}

static void hang_with_child(void)
{
    int ends[2];
    if (pipe(ends) == 0 && fork() == 0)
        read_byte(ends[0]);
    wait(NULL);
}

static void hang_on_unix_socket(void)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0)
        read_byte(ends[0]);
}

static void hang_in_poll(void)
{
    int ends[2];
    if (pipe(ends) == 0)
        poll(&(struct pollfd){.fd = ends[0], .events = POLLIN}, 1, -1);
}

static void hang_in_pause(void)
{
    pause();
}

static void nap(void)
{
    start_waiters(3);
    usleep(1500000);
}

static void *nap_in_thread(void *arg)
{
    nap();
    return arg;
}

static void nap_in_thread_with_signals_blocked(void)
{
    sigset_t all;
    pthread_t t;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    pthread_create(&t, NULL, nap_in_thread, NULL);
    pthread_join(t, NULL);
}

/* As the background thread of ThreadSanitizer does, but in a program of plain
 * size: whether it is alive is not known from that. */
static void *nap_like_tsan(void *arg)
{
    struct timespec tenth = {.tv_nsec = 100000000};
    for (;;)
        syscall(SYS_nanosleep, &tenth, NULL);
    return arg;
}

__attribute__((unused)) static void wait_for_thread_that_naps_like_tsan(void)
{
    sigset_t all;
    pthread_t t;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    pthread_create(&t, NULL, nap_like_tsan, NULL);
    pthread_join(t, NULL);
}

static void wait_timed(void)
{
    struct timespec end;
    start_waiters(1);
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += 2;
    pthread_mutex_lock(&lock);
    while (pthread_cond_timedwait(&changed, &lock, &end) == 0)
        ;
}

static void wait_for_napping_child(void)
{
    if (fork() == 0) {
        usleep(1500000);
        _exit(0);
    }
    wait(NULL);
}

static void burn(double seconds)
{
    for (double end = clock_now() + seconds; clock_now() < end;)
        ;
}

static void wait_for_busy_child(void)
{
    int ends[2];
    if (pipe(ends) == 0 && fork() == 0) {
        burn(1.5);
        _exit(write(ends[1], "x", 1) != 1);
    }
    read_byte(ends[0]);
}

/* The writer is no descendant of the reader any more. */
static void wait_for_orphan(void)
{
    int ends[2];
    if (pipe(ends) == 0 && fork() == 0) {
        if (fork() == 0) {
            setsid();
            usleep(1500000);
            _exit(write(ends[1], "x", 1) != 1);
        }
        _exit(0);
    }
    wait(NULL);
    read_byte(ends[0]);
}

static int start_timer(void)
{
    int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    struct itimerspec due = {.it_value = {1, 500000000}};
    timerfd_settime(timer, 0, &due, NULL);
    return timer;
}

static void wait_for_timer(void)
{
    uint64_t n;
    if (read(start_timer(), &n, sizeof n) < 0)
        _exit(1);
}

static void wait_for_event(void)
{
    int events = epoll_create1(0), timer = start_timer();
    struct epoll_event e = {.events = EPOLLIN};
    epoll_ctl(events, EPOLL_CTL_ADD, timer, &e);
    epoll_wait(events, &e, 1, -1);
}

/* The clients of a server are the world's. */
static void wait_for_network(void)
{
    struct sockaddr_in any = {.sin_family = AF_INET};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, (struct sockaddr *)&any, sizeof any) == 0 && listen(s, 1) == 0)
        accept(s, NULL, NULL);
}

static void work(void)
{
    start_waiters(3);
    burn(1.5);
}

static const struct role {
    const char *name;
    void (*play)(void);
    bool hangs;
} roles[] = {
    {"deadlock on a mutex", hang_on_mutex, true},
    {"join of a hung thread", hang_in_join, true},
    {"hung threads after main ended", hang_after_main, true},
    {"wait for a child that reads from nobody", hang_with_child, true},
    {"read of a socket of its own", hang_on_unix_socket, true},
    {"poll of a pipe of its own", hang_in_poll, true},
    {"pause", hang_in_pause, true},
    {"nap in main", nap, false},
    {"nap with signals blocked", nap_in_thread_with_signals_blocked, false},
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    /* A sanitizer gives this very program the address space of TSan's. */
    {"naps as of TSan without it", wait_for_thread_that_naps_like_tsan, false},
#endif
    {"timed wait on a condition", wait_timed, false},
    {"wait for a napping child", wait_for_napping_child, false},
    {"wait for a busy child", wait_for_busy_child, false},
    {"wait for an orphan", wait_for_orphan, false},
    {"wait for a timer", wait_for_timer, false},
    {"wait for an event of a timer", wait_for_event, false},
    {"wait for the network", wait_for_network, false},
    {"work beside waiting threads", work, false},
};

static int play(const char *name)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (str_eq(roles[i].name, name))
            roles[i].play();
    return 0;
}

struct watch {
    struct blocked blocked;
    double seconds;
};

static bool watch(pid_t leader, void *arg)
{
    struct watch *w = arg;
    return blocked_sample(&w->blocked, leader, w->seconds);
}

static bool hangs(const char *const *argv, double timeout,
                  enum proc_ladder ladder)
{
    struct watch w = {.seconds = 0.5};
    struct proc_spec spec = {.argv = argv,
                             .watch = watch,
                             .watch_arg = &w,
                             .timeout = timeout,
                             .no_aslr = true,
                             .grace = 0.1,
                             .ladder = ladder};
    struct proc_result r;
    assert_int_equal(proc_run(&spec, &r), ERR_OK);
    bool stopped = r.end == PROC_STOPPED;
    proc_result_fini(&r);
    return stopped;
}

static void role_is_seen_as_what_it_is(void **state)
{
    const struct role *role = *state;
    const char *argv[] = {self, "play", role->name, NULL};
    double timeout = role->hangs ? 60 : 1.5;
    assert_int_equal(hangs(argv, timeout, PROC_LADDER_AUTO), role->hangs);
}

static void hang_is_seen_through_each_ladder(void **state)
{
    (void)state;
    const char *argv[] = {self, "play", "deadlock on a mutex", NULL};
    const char *nothing[] = {"true", NULL};
    for (int l = PROC_LADDER_CGROUP; l <= PROC_LADDER_SUBREAPER; l++) {
        struct proc_spec spec = {.argv = nothing, .ladder = l};
        struct proc_result r;
        if (proc_run(&spec, &r) == ERR_UNSUPPORTED)
            continue;
        proc_result_fini(&r);
        assert_true(hangs(argv, 60, (enum proc_ladder)l));
    }
}

static bool ran_well(const char *const *argv)
{
    struct proc_spec spec = {.argv = argv, .timeout = 60};
    struct proc_result r;
    if (proc_run(&spec, &r) != ERR_OK)
        return false;
    bool well = r.end == PROC_EXITED && r.code == 0;
    proc_result_fini(&r);
    return well;
}

/* It naps when it has an argument, then deadlocks. */
static const char source[] =
    "#include <pthread.h>\n"
    "#include <unistd.h>\n"
    "static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;\n"
    "static void *f(void *a)\n"
    "{ pthread_mutex_lock(&m); pthread_mutex_lock(&m); return a; }\n"
    "int main(int n, char **v)\n"
    "{ pthread_t t; (void)v; pthread_create(&t, 0, f, 0);\n"
    "  if (n > 1) sleep(60);\n"
    "  return pthread_join(t, 0); }\n";

static char *build(const char *dir, const char *compiler, const char *flag)
{
    char *file = fs_join(dir, "hang.c"), *program = fs_join(dir, "hang");
    const char *argv[] = {compiler, "-g",    "-pthread", flag,
                          "-o",     program, file,       NULL};
    assert_int_equal(fs_write(file, source, sizeof source - 1), ERR_OK);
    if (!ran_well(argv)) {
        free(program);
        program = NULL;
    }
    free(file);
    return program;
}

struct tool {
    const char *compiler, *flag;
    const char *runner[4];
};

static bool hangs_under(const struct tool *t, const char *program, bool naps)
{
    const char *argv[8];
    size_t n = 0;
    while (t->runner[n]) {
        argv[n] = t->runner[n];
        n++;
    }
    argv[n++] = program;
    if (naps)
        argv[n++] = "nap";
    argv[n] = NULL;
    return hangs(argv, naps ? 4 : 60, PROC_LADDER_AUTO);
}

static void hang_is_seen_through_a_detector(void **state)
{
    const struct tool *t = *state;
    char dir[] = "/tmp/lockstep-blocked-XXXXXX";
    assert_non_null(mkdtemp(dir));
    char *program = build(dir, t->compiler, t->flag);
    bool usable = program != NULL;
    if (usable && t->runner[0]) {
        const char *argv[] = {t->runner[0], t->runner[1], t->runner[2], "true",
                              NULL};
        usable = ran_well(argv);
    }
    bool hung = usable && hangs_under(t, program, false);
    bool napping_hung = usable && hangs_under(t, program, true);
    free(program);
    fs_remove(dir);
    if (!usable) {
        print_message("%s %s is not there\n", t->compiler,
                      t->runner[0] ? t->runner[2] : t->flag);
        skip();
    }
    assert_true(hung);
    assert_false(napping_hung);
}

static bool sampled_as_blocked(pid_t pid, double seconds, bool poke)
{
    struct blocked b = {0};
    for (int i = 0; i < 15; i++) {
        if (poke)
            kill(pid, SIGUSR1);
        usleep(100000);
        if (blocked_sample(&b, pid, seconds))
            return true;
    }
    return false;
}

static void ignore(int number)
{
    (void)number;
}

static pid_t start_pausing(void)
{
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGUSR1, ignore);
        close(ready[0]);
        close(ready[1]);
        for (;;)
            pause();
    }
    close(ready[1]);
    if (read(ready[0], &(char){0}, 1) < 0)
        abort();
    close(ready[0]);
    return pid;
}

static void end(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void thread_that_runs_between_samples_is_alive(void **state)
{
    (void)state;
    pid_t pid = start_pausing();
    bool poked = sampled_as_blocked(pid, 0.5, true);
    bool left_alone = sampled_as_blocked(pid, 0.5, false);
    end(pid);
    assert_false(poked);
    assert_true(left_alone);
}

static void writer_to_our_pipe_is_alive(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        static char much[1 << 21];
        _exit(write(ends[1], much, sizeof much) < 0);
    }
    bool blocked = sampled_as_blocked(pid, 0.3, false);
    end(pid);
    close(ends[0]);
    close(ends[1]);
    assert_false(blocked);
}

static void dead_process_is_not_blocked(void **state)
{
    (void)state;
    struct blocked b = {0};
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    assert_int_equal(
        waitid(P_PID, (id_t)pid, &(siginfo_t){0}, WEXITED | WNOWAIT), 0);
    assert_false(blocked_sample(&b, pid, 0));
    assert_false(blocked_sample(&b, pid, 0));
    waitpid(pid, NULL, 0);
    assert_false(blocked_sample(&b, pid, 0));
    assert_false(blocked_sample(&b, pid, 0));
}

static void stopped_process_is_not_blocked(void **state)
{
    (void)state;
    pid_t pid = start_pausing();
    kill(pid, SIGSTOP);
    bool blocked = sampled_as_blocked(pid, 0.3, false);
    end(pid);
    assert_false(blocked);
}

static void unreadable_process_is_not_blocked(void **state)
{
    (void)state;
    int status;
    if (getuid() != 0)
        skip(); /* only root can become someone who may not look */
    pid_t pid = start_pausing(), other = fork();
    if (other == 0)
        _exit(setuid(65534) != 0 ? 2 : sampled_as_blocked(pid, 0.3, false));
    waitpid(other, &status, 0);
    end(pid);
    assert_int_equal(status, 0);
}

#define TOOL(what, ...)                                                        \
    {                                                                          \
        "hang_is_seen_through_a_detector [" what "]",                          \
            hang_is_seen_through_a_detector, NULL, NULL, &(struct tool)        \
        {                                                                      \
            __VA_ARGS__                                                        \
        }                                                                      \
    }
#define SANITIZED "-fsanitize=thread"

static int run_roles(void)
{
    const size_t n = sizeof roles / sizeof *roles;
    struct CMUnitTest tests[sizeof roles / sizeof *roles];
    for (size_t i = 0; i < n; i++)
        tests[i] = (struct CMUnitTest){
            .name = roles[i].name,
            .test_func = role_is_seen_as_what_it_is,
            .initial_state = (void *)(uintptr_t)&roles[i],
        };
    return cmocka_run_group_tests_name("roles", tests, NULL, NULL);
}

int main(int argc, char **argv)
{
    if (argc == 3 && str_eq(argv[1], "play"))
        return play(argv[2]);
    self = fs_real("/proc/self/exe");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hang_is_seen_through_each_ladder),
        TOOL("gcc-12", "gcc-12", SANITIZED, {NULL}),
        TOOL("clang-14", "clang-14", SANITIZED, {NULL}),
        TOOL("clang-19", "clang-19", SANITIZED, {NULL}),
        TOOL("helgrind", "cc", "-O0", {"valgrind", "-q", "--tool=helgrind"}),
        TOOL("drd", "cc", "-O0", {"valgrind", "-q", "--tool=drd"}),
        cmocka_unit_test(thread_that_runs_between_samples_is_alive),
        cmocka_unit_test(writer_to_our_pipe_is_alive),
        cmocka_unit_test(dead_process_is_not_blocked),
        cmocka_unit_test(stopped_process_is_not_blocked),
        cmocka_unit_test(unreadable_process_is_not_blocked),
    };
    int failed = run_roles();
    failed += cmocka_run_group_tests(tests, NULL, NULL);
    free(self);
    return failed;
}
