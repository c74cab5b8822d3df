/* The system call that a thread is in, and whether it may ever return.
 * SPDX-License-Identifier: MIT */
#include "os/wait_call.h"

#include "os/tree.h"
#include "os/wait_file.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <sys/syscall.h>

struct wait_call wait_call_of(pid_t pid, pid_t tid)
{
    struct wait_call c = {0};
    char path[64], text[256];
    unsigned long long a[6];
    snprintf(path, sizeof path, "/proc/%d/task/%d/syscall", pid, tid);
    if (!tree_read(path, text, sizeof text) ||
        sscanf(text, "%ld %llx %llx %llx %llx %llx %llx", &c.number, &a[0],
               &a[1], &a[2], &a[3], &a[4], &a[5]) != 7)
        return c;
    for (int i = 0; i < 6; i++)
        c.args[i] = a[i];
    c.known = c.number >= 0;
    return c;
}

static bool futex_is_for_ever(const struct wait_call *c)
{
    switch (c->args[1] & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
    case FUTEX_LOCK_PI:
    case 13: /* FUTEX_LOCK_PI2, since Linux 5.14 */
    case FUTEX_WAIT_REQUEUE_PI:
        return c->args[3] == 0;
    default:
        return false;
    }
}

static bool lock_is_for_ever(const struct wait_call *c)
{
    return c->args[1] == F_SETLKW || c->args[1] == F_OFD_SETLKW;
}

/* Calls that wait for other threads, processes or signals. */
static bool is_wait_for_others(const struct wait_call *c)
{
    switch (c->number) {
    case SYS_futex:
        return futex_is_for_ever(c);
    case SYS_wait4:
    case SYS_waitid:
    case SYS_rt_sigsuspend:
    case SYS_msgrcv:
    case SYS_msgsnd:
    case SYS_semop:
    case SYS_flock:
#ifdef SYS_pause
    case SYS_pause:
#endif
        return true;
    case SYS_fcntl:
        return lock_is_for_ever(c);
    case SYS_rt_sigtimedwait:
        return c->args[2] == 0;
    case SYS_semtimedop:
#ifdef SYS_futex_waitv
    case SYS_futex_waitv:
#endif
        return c->args[3] == 0;
    case SYS_mq_timedreceive:
    case SYS_mq_timedsend:
        return c->args[4] == 0;
    default:
        return false;
    }
}

static bool is_wait_for_file(const struct wait_call *c)
{
    switch (c->number) {
    case SYS_read:
    case SYS_readv:
    case SYS_write:
    case SYS_writev:
    case SYS_recvfrom:
    case SYS_recvmsg:
    case SYS_sendto:
    case SYS_sendmsg:
    case SYS_accept:
    case SYS_accept4:
        return true;
    default:
        return false;
    }
}

/* A time-out in milliseconds is an int, a negative one means none. */
static bool is_wait_for_events(const struct wait_call *c)
{
    switch (c->number) {
#ifdef SYS_poll
    case SYS_poll:
        return (int)c->args[2] < 0;
#endif
    case SYS_ppoll:
        return c->args[2] == 0;
#ifdef SYS_select
    case SYS_select:
#endif
    case SYS_pselect6:
        return c->args[4] == 0;
#ifdef SYS_epoll_wait
    case SYS_epoll_wait:
#endif
    case SYS_epoll_pwait:
        return (int)c->args[3] < 0;
#ifdef SYS_epoll_pwait2
    case SYS_epoll_pwait2:
        return c->args[3] == 0;
#endif
    default:
        return false;
    }
}

bool wait_call_is_for_ever(const struct wait_call *c, pid_t pid)
{
    if (!c->known)
        return false;
    if (is_wait_for_others(c))
        return true;
    if (is_wait_for_file(c))
        return wait_file_is_inside(pid, (int)c->args[0]);
    return is_wait_for_events(c) && wait_files_are_inside(pid);
}
