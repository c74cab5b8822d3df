/* Shared memory, a process, patience.
 * SPDX-License-Identifier: MIT */
#include "explore/session.h"

#include "os/clock.h"
#include "os/proc.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define STEPS_DEFAULT 20000
#define BEFORE_THE_END 0.75 /* of the time */

/* A process that may write no files of that size dies of trying. */
static size_t at_most(size_t n)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && n > limit.rlim_cur)
        n = limit.rlim_cur;
    return n;
}

enum err session_init(struct session *s, size_t arena)
{
    *s = (struct session){.size = at_most(sizeof(struct shared) + arena),
                          .fd = -1};
    s->fd = memfd_create("lockstep-explore", MFD_CLOEXEC);
    if (s->size < sizeof(struct shared) || s->fd < 0 ||
        ftruncate(s->fd, (off_t)s->size) != 0)
        goto failed;
    void *p = mmap(NULL, s->size, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_NORESERVE, s->fd, 0);
    if (p == MAP_FAILED)
        goto failed;
    s->shared = p;
    s->shared->magic = SHARED_MAGIC;
    s->shared->size = s->size;
    s->shared->config = (struct shared_config){.mode = EXPLORE_AUTO,
                                               .max_steps = STEPS_DEFAULT,
                                               .preemptions = -1,
                                               .seed = 1};
    return ERR_OK;
failed:
    if (s->fd >= 0)
        close(s->fd);
    return ERR_NOSPACE;
}

struct watching {
    struct session *s;
    const struct session_spec *spec;
    double start;
};

static bool watch(pid_t leader, void *arg)
{
    struct watching *w = arg;
    double now = clock_now() - w->start;
    (void)leader;
    if (w->spec->seconds > 0 && now > w->spec->seconds * BEFORE_THE_END)
        w->s->shared->hurry = true;
    if (w->spec->seconds > 0 && now > w->spec->seconds)
        w->s->shared->stop = true;
    if (w->spec->progress)
        w->spec->progress(&w->s->shared->stats, w->s->shared->bugs_count, now,
                          w->spec->progress_arg);
    return false;
}

/* A program that has run without touching the shared memory is not one of
 * ours. */
static enum err judge(struct session *s, const struct proc_result *r)
{
    const struct shared *m = s->shared;
    s->output = proc_output_text(&r->out);
    s->wall = r->wall;
    if (r->end == PROC_CANCELLED)
        return ERR_CANCELLED;
    if (m->stats.workers || m->stats.executions || m->bugs_count || m->finished)
        return ERR_OK;
    char *said = proc_output_text(&r->err);
    s->failure = *said ? str_dup(said)
                       : str_dup("it does not explore itself: build it with "
                                 "`lockstep cc`");
    free(said);
    return ERR_INVALID;
}

enum err session_run(struct session *s, const struct session_spec *spec)
{
    struct watching w = {.s = s, .spec = spec, .start = clock_now()};
    char *path =
        str_fmt(SHARED_VARIABLE "=/proc/%ld/fd/%d", (long)getpid(), s->fd);
    const char *env[] = {path, NULL};
    /* The end is the program's own affair, and this the last resort. */
    struct proc_spec p = {.argv = spec->argv,
                          .env = env,
                          .cwd = spec->cwd,
                          .timeout = spec->seconds > 0 ? spec->seconds + 30 : 0,
                          .watch = watch,
                          .watch_arg = &w};
    struct proc_result r = {0};
    enum err e = proc_run(&p, &r);
    if (e == ERR_OK) {
        e = judge(s, &r);
        proc_result_fini(&r);
    }
    free(path);
    return e;
}

void session_fini(struct session *s)
{
    if (s->shared)
        munmap(s->shared, s->size);
    if (s->fd >= 0)
        close(s->fd);
    free(s->output);
    free(s->failure);
    *s = (struct session){.fd = -1};
}
