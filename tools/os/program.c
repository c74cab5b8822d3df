/* From clone to exec: the last steps before the program itself.
 * SPDX-License-Identifier: MIT */
#include "os/raw.h"
#include "os/supervisor.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

void report_send(int socket, const struct report *r)
{
    RAW(sendto, socket, r, sizeof *r, MSG_NOSIGNAL, NULL, 0);
}

static bool enter_cgroup(const struct spawn *l)
{
    return RAW(write, l->cgroup.procs, "0", (size_t)1) == 1;
}

static bool set_limits(const struct spawn *l)
{
    struct rlimit none = {0, 0};
    struct rlimit file = {PROC_MAX_FILE, PROC_MAX_FILE};
    if (RAW(prlimit64, 0, RLIMIT_CORE, &none, NULL) != 0)
        return false;
    RAW(prlimit64, 0, RLIMIT_FSIZE, &file, NULL); /* or a lower one stands */
    long now = RAW(personality, 0xffffffffL);
    if (l->no_aslr && now >= 0) /* a container may forbid it: then with ASLR */
        RAW(personality, (unsigned long)now | ADDR_NO_RANDOMIZE);
    return true;
}

static bool set_files(const struct spawn *l)
{
    return RAW(dup3, l->null, 0, 0) >= 0 && RAW(dup3, l->out[1], 1, 0) >= 0 &&
           RAW(dup3, l->err[1], 2, 0) >= 0 &&
           (!l->cwd || RAW(chdir, l->cwd) == 0);
}

/* The supervisor may have died before the request for a signal at its death:
 * then nobody would send it. */
static void die_with(long parent)
{
    RAW(prctl, PR_SET_PDEATHSIG, (long)SIGKILL, 0L, 0L, 0L);
    if (RAW(getppid) != parent)
        RAW(exit_group, 127);
}

static _Noreturn void run(const struct spawn *l, long parent, bool in_cgroup)
{
    die_with(parent);
    RAW(setpgid, 0, 0);
    struct report report = {.kind = REPORT_STARTED};
    if (!in_cgroup && !enter_cgroup(l)) {
        report = (struct report){.kind = REPORT_UNUSABLE, .value = errno};
        report_send(l->there, &report);
        RAW(exit_group, 127);
    }
    if (set_limits(l) && set_files(l)) {
        report_send(l->there, &report);
        uint64_t no_signals = 0;
        RAW(rt_sigprocmask, SIG_SETMASK, &no_signals, NULL, sizeof no_signals);
        RAW(execve, l->path, l->argv, l->env.v);
    }
    report = (struct report){.kind = REPORT_FAILED, .value = errno};
    report_send(l->there, &report);
    for (;;)
        RAW(exit_group, 127);
}

static long clone_into_cgroup(const struct spawn *l)
{
    struct clone_args args = {
        .flags = CLONE_INTO_CGROUP,
        .exit_signal = SIGCHLD,
        .cgroup = (uint64_t)l->cgroup.dir,
    };
    return RAW(clone3, &args, sizeof args);
}

long program_start(const struct spawn *l)
{
    long self = RAW(getpid);
    bool in_cgroup = true;
    long pid = -1;
    if (l->ladder == PROC_LADDER_CGROUP) {
        pid = clone_into_cgroup(l);
        in_cgroup = pid >= 0;
    }
    if (pid < 0) {
        in_cgroup = l->ladder != PROC_LADDER_CGROUP;
        pid = RAW(clone, (long)SIGCHLD, 0L, 0L, 0L, 0L);
    }
    if (pid == 0)
        run(l, self, in_cgroup);
    return pid;
}
