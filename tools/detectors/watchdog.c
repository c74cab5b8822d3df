/* The built-in detector of hangs: looks at a program that is blocked for ever
 * and tells which thread waits where for whom.
 * SPDX-License-Identifier: MIT */
#include "detectors/detector.h"

#include "detectors/support/deaths.h"
#include "detectors/support/library_path.h"
#include "detectors/support/probe.h"
#include "detectors/support/source.h"
#include "detectors/support/verdict.h"
#include "detectors/support/wait_graph.h"
#include "os/fs.h"
#include "watch/deaths.h"
#include "watch/locks.h"

#include <elfutils/libdwfl.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define ID "watchdog"
#define DEATHS "deaths" /* in the folder of reports */

static const char by_hand[] =
    "& sleep 5; kill -0 $! 2>/dev/null && "
    "{ gdb -p $! -batch -nx -ex 'thread apply all bt'; kill $!; }";

/* In the probe's child: 0 if a parent may trace it and read its memory. */
static int try_on(pid_t child, const int *word)
{
    int copy = 0;
    struct iovec to = {.iov_base = &copy, .iov_len = sizeof copy};
    struct iovec from = {.iov_base = (void *)(uintptr_t)word,
                         .iov_len = sizeof copy};
    if (process_vm_readv(child, &to, 1, &from, 1, 0) != sizeof copy)
        return errno ? errno : EIO;
    if (ptrace(PTRACE_ATTACH, child, NULL, NULL) != 0)
        return errno;
    int status;
    waitpid(child, &status, __WALL);
    return ptrace(PTRACE_DETACH, child, NULL, NULL) == 0 ? 0 : errno;
}

/* An errno, or 0: whether this process may look into one that it started. */
static int tracing_problem(void)
{
    static const int word = 1;
    pid_t child = fork();
    if (child < 0)
        return errno;
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            pause();
    }
    int problem = try_on(child, &word);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return problem;
}

static void add_version(struct detector_status *s)
{
    char *compiler = s->version;
    s->version = str_fmt("Lockstep %s, elfutils %s, %s", LOCKSTEP_VERSION,
                         dwfl_version(NULL), compiler);
    free(compiler);
}

static void probe(const struct detector_env *env, struct detector_status *s)
{
    if (!probe_command("gcc", "apt-get install gcc", s))
        return;
    add_version(s);
    char *lib = fs_join(env->lib, LOCKS_LIBRARY);
    int denied = tracing_problem();
    if (!fs_is_file(lib)) {
        probe_missing(s, "the recorder of locks", lib,
                      "cmake --build build --target lockstep-locks");
    } else if (denied) {
        s->usable = false;
        s->problem =
            str_fmt("programs cannot be looked into: %s", strerror(denied));
        s->mend = str_dup("sysctl kernel.yama.ptrace_scope=1 (0 if that is "
                          "not enough); in a container --cap-add=SYS_PTRACE");
    }
    free(lib);
}

/* LD_PRELOAD parts its list at blanks and colons and knows no quotes; a folder
 * with a blank must be found by LD_LIBRARY_PATH, one with a colon cannot be: a
 * hang is then told without the places where locks were taken. */
static void preload(const char *dir, struct strv *env)
{
    if (!library_path_can(dir))
        return;
    if (!strpbrk(dir, " \t\n")) {
        strv_addf(env, "LD_PRELOAD=%s/%s", dir, LOCKS_LIBRARY);
        return;
    }
    strv_addf(env, "LD_PRELOAD=%s", LOCKS_LIBRARY);
    library_path(dir, env);
}

static void prepare(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l)
{
    static const char *const flags[] = {"gcc", "-std=gnu17", "-g", "-O0",
                                        "-pthread"};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        strv_add(&l->compile, flags[i]);
    source_words(t, &l->compile);
    preload(env->lib, &l->env);
    if (report_dir)
        strv_addf(&l->env, DEATHS_VARIABLE "=%s/" DEATHS, report_dir);
    l->slowdown = 1;
    l->by_hand = by_hand;
}

static void add_crash(const char *who, int signal, const struct frames *stack,
                      struct findings *findings)
{
    struct finding *f =
        findings_add(findings, ID, KIND_CRASH, sigabbrev_np(signal));
    f->message = str_fmt("%s died from SIG%s (%s)", who, sigabbrev_np(signal),
                         sigdescr_np(signal));
    if (!stack || stack->n == 0)
        return;
    struct access *a = accesses_add(&f->accesses, ROLE_ACCESS);
    for (size_t i = 0; i < stack->n; i++)
        frames_add_copy(&a->stack, &stack->v[i]);
}

/* The program is the last to die of its signal: it waits for no child then. */
static const struct death *own_death(const struct proc_result *p,
                                     const struct deaths *l)
{
    const struct death *own = NULL;
    for (size_t i = 0; i < l->n && proc_faulted(p); i++)
        if (l->v[i].signal == p->code)
            own = &l->v[i];
    return own;
}

static enum err parse(const struct run_output *o, struct findings *findings,
                      char **problem)
{
    struct deaths deaths = {0};
    char *path = fs_join(o->report_dir, DEATHS);
    (void)problem;
    deaths_read(path, &deaths);
    const struct death *own = own_death(o->proc, &deaths);
    if (proc_faulted(o->proc))
        add_crash("the program", o->proc->code, own ? &own->stack : NULL,
                  findings);
    for (size_t i = 0; i < deaths.n; i++)
        if (&deaths.v[i] != own)
            add_crash("a child of the program", deaths.v[i].signal,
                      &deaths.v[i].stack, findings);
    deaths_fini(&deaths);
    free(path);
    return ERR_OK;
}

static void on_hang(pid_t leader, struct findings *findings)
{
    struct wait_graph g;
    wait_graph_take(leader, &g);
    verdict_of(&g, ID, findings);
    wait_graph_fini(&g);
}

static const struct canary canaries[] = {
    {.source = "selfdeadlock.c",
     .model = MODEL_PTHREAD,
     .guilty = true,
     .kind = KIND_DEADLOCK},
    {.source = "crash.c",
     .model = MODEL_PTHREAD,
     .guilty = true,
     .kind = KIND_CRASH},
    {.source = "clean.c", .model = MODEL_PTHREAD},
    {0},
};

const struct detector detector_watchdog = {
    .id = ID,
    .title = "Lockstep's own watchdog of hangs",
    .family = DETECTOR_DYNAMIC,
    .probe = probe,
    .prepare = prepare,
    .parse = parse,
    .on_hang = on_hang,
    .canaries = canaries,
};
