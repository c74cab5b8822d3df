/* The process between the caller of proc_run and the program: it has the
 * program as its child, reaps all that the program orphans, and outlives the
 * caller just long enough to kill the whole tree when the caller is gone.
 *
 * It runs in a copy of the caller's memory and never executes a file, so all
 * of it is async-signal-safe. The two ends talk over a SOCK_SEQPACKET socket:
 * orders of one byte go down, struct report goes up, and end-of-file means to
 * either of them that the other one is no more.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_SUPERVISOR_H
#define LOCKSTEP_OS_SUPERVISOR_H

#include "os/spawn.h"

#define ORDER_TERM 'T' /* ask the program to end */
#define ORDER_KILL 'K' /* kill the whole tree, then end */

enum report_kind {
    REPORT_STARTED,  /* by the program: its credentials tell its outer pid */
    REPORT_FAILED,   /* by the program: it could not execute, value: errno */
    REPORT_UNUSABLE, /* the ladder can not be had here, value: errno */
    REPORT_ENDED,    /* value: the wait status */
};

struct report {
    enum report_kind kind;
    int value;
    bool more;        /* ENDED: the program left descendants */
    double wall, cpu; /* ENDED: seconds */
};

/* The life of a supervisor, entered from clone with all signals blocked. */
_Noreturn void supervisor_main(const struct spawn *l);

/* Inside: starts the program as the child of the caller, in the cgroup if
 * there is one; the pid, or -1 and errno. */
long program_start(const struct spawn *l);

void report_send(int socket, const struct report *r);

#endif
