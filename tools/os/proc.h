/* Runs one child with all it may leave behind, and always comes back.
 *
 * Each child is started by a supervisor process of its own, a child subreaper,
 * which reaps what the child orphans and kills all of it when the child ends,
 * when it is told to, or when the caller dies, be it by SIGKILL. It kills by a
 * cgroup v2 where one may be made, else by a PID namespace, else one by one.
 *
 * The child leads a process group, in a session without a terminal; it has
 * stdin from /dev/null, no other file open but stdout and stderr, no core
 * dumps, no file that grows beyond PROC_MAX_FILE, and default signals. Its
 * output is drained into bounded buffers: a flood costs no memory, and a
 * grandchild that keeps a pipe open is not waited for. No child of ours is seen
 * by a SIGCHLD handler or wait(-1) of the caller.
 *
 * proc_run may be called from several threads at a time.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_PROC_H
#define LOCKSTEP_OS_PROC_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Bytes; writing beyond is death by SIGXFSZ. */
#define PROC_MAX_FILE ((size_t)1 << 30)

/* The ways to kill a tree, best first. Only with a PID namespace does the child
 * see itself under another pid than the caller does: debuggers and vgdb, when
 * run from outside, do less for it then. With a subreaper, a child that kills
 * its own supervisor with SIGKILL dies, but its descendants may escape. */
enum proc_ladder {
    PROC_LADDER_AUTO, /* the best that works here, found out once */
    PROC_LADDER_CGROUP,
    PROC_LADDER_PIDNS,
    PROC_LADDER_SUBREAPER,
};

struct proc_spec {
    const char *const *argv; /* NULL-terminated; argv[0] searched in $PATH of
                              * the caller, or relative to cwd with a '/' */
    const char *const *env;  /* "K=V" set or "K" unset over environ; or NULL */
    const char *cwd;         /* or NULL: the caller's */
    double timeout;          /* seconds since its start; 0 is none */
    double grace;            /* seconds from TERM to KILL; 0 means 1 */
    size_t head, tail;       /* bytes kept of each stream; 0 means 64 KiB */
    size_t max_rss;          /* bytes, sum over the tree (shared pages count
                              * for each), polled 10 times a second; beyond it
                              * the tree is killed at once; 0 is none */
    bool no_aslr;            /* ADDR_NO_RANDOMIZE, where permitted */
    enum proc_ladder ladder;

    /* Called about 10 times a second, in the thread of proc_run, with the pid
     * of the program itself (never of a supervisor). Returning true stops the
     * child (TERM to it alone, grace, KILL to all) with PROC_STOPPED. While it
     * runs, output is not drained and no limit is watched. May be NULL. */
    bool (*watch)(pid_t leader, void *arg);
    void *watch_arg;
};

enum proc_end {
    PROC_EXITED,   /* code */
    PROC_SIGNALED, /* code is the signal */
    PROC_TIMEOUT,
    PROC_STOPPED,   /* by watch */
    PROC_CANCELLED, /* by proc_cancel */
    PROC_MEMORY,    /* max_rss exceeded */
};

/* What was kept of one stream: head, then dropped bytes, then tail. */
struct proc_output {
    struct buf head, tail;
    size_t dropped;
};

struct proc_result {
    enum proc_end end;
    int code;        /* exit code or signal; meaningless for other ends */
    double wall;     /* seconds */
    double cpu;      /* user + system seconds of the children waited for */
    unsigned strays; /* descendants that were alive when the leader ended */
    struct proc_output out, err;
};

/* ERR_NOENT, ERR_ACCESS: no such program or cwd, or it may not be executed;
 * ERR_INVALID: it is in no format that can be; ERR_UNSUPPORTED: the ladder
 * asked for can not be had. With an error nothing runs and result is untouched.
 * Otherwise the whole tree is gone at return and proc_result_fini is owed. */
enum err proc_run(const struct proc_spec *spec, struct proc_result *result);
void proc_result_fini(struct proc_result *r);

/* Whether it died of a fault: SIGSEGV, SIGABRT and the like. */
bool proc_faulted(const struct proc_result *r);

/* head, a note on what was dropped, tail, as one text; caller frees. */
char *proc_output_text(const struct proc_output *o);

/* Makes every proc_run of now and later end with PROC_CANCELLED; those of now
 * get TERM and grace. Async-signal-safe. Not undone by fork. */
void proc_cancel(void);
bool proc_cancelled(void);

/* The ladder that PROC_LADDER_AUTO means here, and its name for people. */
enum proc_ladder proc_ladder_here(void);
const char *proc_ladder_name(enum proc_ladder l);

#endif
