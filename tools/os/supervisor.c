/* The supervisor of one program.
 * SPDX-License-Identifier: MIT */
#include "os/supervisor.h"

#include "os/raw.h"
#include "os/sweep.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

/* Bounds the wait for a descendant that can not be killed (it became another
 * user's, or hangs in the kernel): rounds of 10 ms. */
#define FUTILE_ROUNDS 300

struct supervisor {
    const struct spawn *l;
    int signals; /* tells of SIGCHLD */
    long leader;
    double started;
    bool ended; /* the leader is reaped and reported */
};

static double now(void)
{
    struct timespec t;
    RAW(clock_gettime, CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static _Noreturn void leave(void)
{
    for (;;)
        RAW(exit_group, 0);
}

static void reset_signals(void)
{
    char to_default[32] = {0}; /* the kernel's struct sigaction */
    for (int s = 1; s <= 64; s++)
        RAW(rt_sigaction, s, to_default, NULL, (size_t)8);
}

static void close_between(unsigned from, unsigned to)
{
    if (from > to || RAW(close_range, from, to, 0) == 0)
        return;
    for (unsigned fd = from; fd <= to && fd < 65536; fd++)
        RAW(close, fd);
}

/* What other threads of the caller have open must not stay open here. */
static void close_others(const struct spawn *l)
{
    const int keep[] = {l->there,      l->out[1],      l->err[1],      l->null,
                        l->cgroup.dir, l->cgroup.kill, l->cgroup.procs};
    unsigned from = 0;
    for (;;) {
        unsigned next = ~0u;
        for (size_t i = 0; i < sizeof keep / sizeof *keep; i++)
            if (keep[i] >= 0 && (unsigned)keep[i] >= from &&
                (unsigned)keep[i] < next)
                next = (unsigned)keep[i];
        if (next == ~0u)
            break;
        if (next > 0)
            close_between(from, next - 1);
        from = next + 1;
    }
    close_between(from, ~0u);
}

static bool write_file(const char *path, const char *text)
{
    long fd = RAW(openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
    if (fd < 0)
        return false;
    bool ok = RAW(write, (int)fd, text, strlen(text)) >= 0;
    RAW(close, (int)fd);
    return ok;
}

/* A /proc of the new namespace: else /proc/self would be someone else. */
static bool enter_namespace(const struct spawn *l)
{
    if (l->new_user && !(write_file("/proc/self/setgroups", "deny") &&
                         write_file("/proc/self/uid_map", l->uid_map) &&
                         write_file("/proc/self/gid_map", l->gid_map)))
        return false;
    RAW(prctl, PR_SET_PDEATHSIG, (long)SIGKILL, 0L, 0L, 0L);
    return RAW(mount, NULL, "/", NULL, (long)(MS_REC | MS_PRIVATE), NULL) ==
               0 &&
           RAW(mount, "proc", "/proc", "proc",
               (long)(MS_NOSUID | MS_NODEV | MS_NOEXEC), NULL) == 0;
}

static void report_end(struct supervisor *s, int status,
                       const struct rusage *use)
{
    siginfo_t any;
    s->ended = true;
    struct report report = {
        .kind = REPORT_ENDED,
        .value = status,
        .more =
            RAW(waitid, P_ALL, 0, &any, WEXITED | WNOHANG | WNOWAIT, NULL) == 0,
        .wall = now() - s->started,
        .cpu = seconds(use->ru_utime) + seconds(use->ru_stime),
    };
    report_send(s->l->there, &report);
}

/* Reaps up to `most` children, waiting for them or not; how many, or -1 when
 * there is no child at all any more. */
static int reap(struct supervisor *s, int most, int options)
{
    int reaped = 0;
    while (reaped < most) {
        int status;
        struct rusage use;
        long pid = RAW(wait4, -1, &status, options, &use);
        if (pid < 0 && errno == ECHILD)
            return -1;
        if (pid <= 0)
            break;
        reaped++;
        if (pid == s->leader)
            report_end(s, status, &use);
    }
    return reaped;
}

/* All at once where there is a way, so that no fork slips through; the sweeps
 * then find what moved out of the cgroup. */
static void kill_at_once(const struct spawn *l)
{
    if (l->cgroup.kill >= 0)
        RAW(write, l->cgroup.kill, "1", (size_t)1);
    if (l->ladder == PROC_LADDER_PIDNS)
        RAW(kill, -1, SIGKILL);
}

/* All is reaped: the caller reads that from the end of the socket. */
static _Noreturn void finish(const struct supervisor *s)
{
    if (s->l->cgroup.path)
        RAW(unlinkat, AT_FDCWD, s->l->cgroup.path, AT_REMOVEDIR);
    leave();
}

static _Noreturn void kill_tree(struct supervisor *s)
{
    struct timespec nap = {.tv_nsec = 10 * 1000 * 1000};
    for (int futile = 0; futile < FUTILE_ROUNDS;) {
        kill_at_once(s->l);
        int killed = sweep_children();
        if (reap(s, killed, 0) < 0 || reap(s, 1, WNOHANG) < 0)
            break;
        if (killed > 0)
            continue;
        futile++;
        RAW(nanosleep, &nap, NULL);
    }
    finish(s);
}

static void obey(struct supervisor *s)
{
    char order;
    long n = RAW(recvfrom, s->l->there, &order, sizeof order, 0, NULL, NULL);
    if (n < 0 && errno == EINTR)
        return;
    if (n <= 0 || order == ORDER_KILL)
        kill_tree(s);
    if (order == ORDER_TERM && !s->ended)
        RAW(kill, (int)s->leader, SIGTERM);
}

static _Noreturn void serve(struct supervisor *s)
{
    struct pollfd wait[] = {{.fd = s->l->there, .events = POLLIN},
                            {.fd = s->signals, .events = POLLIN}};
    for (;;) {
        RAW(ppoll, wait, sizeof wait / sizeof *wait, NULL, NULL, (size_t)8);
        if (wait[1].revents) {
            char info[128];
            RAW(read, s->signals, info, sizeof info);
            if (reap(s, INT_MAX, WNOHANG) < 0)
                finish(s);
        }
        if (wait[0].revents)
            obey(s);
    }
}

static _Noreturn void give_up(const struct spawn *l)
{
    struct report report = {.kind = REPORT_UNUSABLE, .value = errno};
    report_send(l->there, &report);
    leave();
}

void supervisor_main(const struct spawn *l)
{
    struct supervisor s = {.l = l};
    uint64_t child = UINT64_C(1) << (SIGCHLD - 1);
    reset_signals();
    close_others(l);
    RAW(setsid);
    RAW(prctl, PR_SET_NAME, "lockstep-super", 0L, 0L, 0L);
    RAW(prctl, PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L);
    if (l->ladder == PROC_LADDER_PIDNS && !enter_namespace(l))
        give_up(l);
    s.signals = (int)RAW(signalfd4, -1, &child, sizeof child, O_CLOEXEC);
    s.started = now();
    s.leader = s.signals < 0 ? -1 : program_start(l);
    if (s.leader < 0)
        give_up(l);
    RAW(close, l->out[1]);
    RAW(close, l->err[1]);
    RAW(close, l->null);
    serve(&s);
}
