/* Running a child: the choice of the ladder, and what is told of a run.
 * SPDX-License-Identifier: MIT */
#include "os/proc.h"

#include "os/run.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

static atomic_int best = PROC_LADDER_SUBREAPER;

/* A ladder works when it can start a program, tell its end, and get rid of the
 * daemon that it leaves. */
static bool works(enum proc_ladder ladder)
{
    const char *argv[] = {"/bin/sh", "-c", "sleep 60 & exit 7", NULL};
    struct proc_spec spec = {.argv = argv, .timeout = 10};
    struct proc_result r;
    if (proc_run_on(&spec, ladder, &r) != ERR_OK)
        return false;
    bool ok = r.end == PROC_EXITED && r.code == 7;
    proc_result_fini(&r);
    return ok;
}

static void find_best(void)
{
    for (int l = PROC_LADDER_CGROUP; l < PROC_LADDER_SUBREAPER; l++) {
        if (works((enum proc_ladder)l)) {
            atomic_store(&best, l);
            return;
        }
    }
}

enum proc_ladder proc_ladder_here(void)
{
    static pthread_once_t found = PTHREAD_ONCE_INIT;
    pthread_once(&found, find_best);
    return (enum proc_ladder)atomic_load(&best);
}

const char *proc_ladder_name(enum proc_ladder l)
{
    switch (l) {
    case PROC_LADDER_AUTO:
        return "auto";
    case PROC_LADDER_CGROUP:
        return "cgroup";
    case PROC_LADDER_PIDNS:
        return "pid-namespace";
    case PROC_LADDER_SUBREAPER:
        return "subreaper";
    }
    return "unknown";
}

enum err proc_run(const struct proc_spec *spec, struct proc_result *result)
{
    assert(spec->argv && spec->argv[0]);
    if (proc_cancelled()) {
        *result = (struct proc_result){.end = PROC_CANCELLED};
        return ERR_OK;
    }
    if (spec->ladder != PROC_LADDER_AUTO)
        return proc_run_on(spec, spec->ladder, result);
    int ladder = (int)proc_ladder_here();
    enum err e = proc_run_on(spec, (enum proc_ladder)ladder, result);
    while (e == ERR_UNSUPPORTED && ladder < PROC_LADDER_SUBREAPER)
        e = proc_run_on(spec, (enum proc_ladder)++ ladder, result);
    return e;
}

void proc_result_fini(struct proc_result *r)
{
    buf_fini(&r->out.head);
    buf_fini(&r->out.tail);
    buf_fini(&r->err.head);
    buf_fini(&r->err.tail);
}

bool proc_faulted(const struct proc_result *r)
{
    return r->end == PROC_SIGNALED &&
           (r->code == SIGSEGV || r->code == SIGABRT || r->code == SIGBUS ||
            r->code == SIGFPE || r->code == SIGILL);
}

char *proc_output_text(const struct proc_output *o)
{
    struct buf text = {0};
    buf_add(&text, buf_str(&o->head), o->head.len);
    if (o->dropped)
        buf_addf(&text, "\n[... %zu bytes left out ...]\n", o->dropped);
    buf_add(&text, buf_str(&o->tail), o->tail.len);
    return buf_take(&text);
}
