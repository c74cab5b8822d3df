/* Where a program built by `lockstep cc` starts: it becomes the parent of the
 * workers that explore it.
 *
 * Workers are forked by the bare system call: the helpers of fiber.h are parked
 * for ever and lend nothing but their control blocks, which the copy of the
 * memory has, and libc would take them for dead threads of its own.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/bug.h"
#include "explore/runtime/fiber.h"
#include "explore/runtime/keys.h"
#include "explore/runtime/marks.h"
#include "explore/runtime/point.h"
#include "explore/runtime/process.h"
#include "explore/runtime/snapshot.h"
#include "explore/runtime/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 1000, PATIENCE_LOOP = 10 };

static _Noreturn void refuse(const char *why)
{
    dprintf(STDERR_FILENO, "lockstep: %s\n", why);
    _exit(125);
}

_Noreturn void thread_foreign(void)
{
    if (runtime_mapped && state()->shared)
        doubt(DOUBT_FOREIGN, "");
    refuse("a thread runs that was not created through the explorer");
}

static struct shared *map_shared(int fd, size_t n)
{
    void *p = mmap((void *)SHARED_AT, n, PROT_READ | PROT_WRITE,
                   (fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED) |
                       MAP_NORESERVE | MAP_FIXED_NOREPLACE,
                   fd, 0);
    if (p != (void *)SHARED_AT)
        refuse("the memory that the explorer shares cannot be mapped");
    return p;
}

/* A program that runs by itself runs one schedule. */
static struct shared *alone(void)
{
    struct shared *m = map_shared(-1, sizeof *m);
    m->magic = SHARED_MAGIC;
    m->size = sizeof *m;
    m->config.mode = EXPLORE_REPLAY;
    m->config.print = true;
    m->config.keep_going = true;
    m->config.max_steps = SHARED_STEPS - 1;
    return m;
}

static struct shared *find_shared(void)
{
    const char *path = getenv(SHARED_VARIABLE);
    struct stat st;
    if (!path)
        return alone();
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 ||
        (size_t)st.st_size < sizeof(struct shared))
        refuse("$" SHARED_VARIABLE " names no memory of the explorer's");
    struct shared *m = map_shared(fd, (size_t)st.st_size);
    if (m->magic != SHARED_MAGIC || m->size != (size_t)st.st_size)
        refuse("built by another version of lockstep: build it again");
    close(fd);
    unsetenv(SHARED_VARIABLE);
    return m;
}

static pid_t start(const struct program *p)
{
    state()->shared->stats.workers++;
    pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    worker_run(p);
    _exit(0);
}

static int worker_state(pid_t pid)
{
    char path[64], text[256] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *f = fopen(path, "r");
    if (!f)
        return 'Z';
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    const char *end = strrchr(text, ')');
    return end && end[1] && end[2] ? end[2] : 'Z';
}

/* Without a step for so long it is either blocked, or loops. */
static void give_up(pid_t pid)
{
    struct shared *m = state()->shared;
    if (worker_state(pid) == 'R')
        doubt(DOUBT_STEPS, "a thread loops without any operation");
    else
        doubt(DOUBT_BLOCKED, "");
    kill(pid, SIGKILL);
    m->stop = true;
}

static int await(pid_t pid)
{
    struct shared *m = state()->shared;
    int fd = (int)syscall(SYS_pidfd_open, pid, 0), status = 0;
    uint64_t last = m->heartbeat;
    for (int still = 0;; still++) {
        struct pollfd f = {.fd = fd, .events = POLLIN};
        if (poll(&f, 1, PATIENCE_MS) != 0)
            break;
        if (m->heartbeat != last)
            still = 0;
        last = m->heartbeat;
        bool runs = worker_state(pid) == 'R' && !m->stop;
        if (still >= (runs ? PATIENCE_LOOP : 1)) {
            give_up(pid);
            break;
        }
    }
    close(fd);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

/* A worker that died of what it ran: that is a bug of the program, told by the
 * worker itself if it could. */
static void judge(int status)
{
    struct state *s = state();
    struct shared *m = s->shared;
    if (m->finished || m->stop || (WIFEXITED(status) && !m->in_execution))
        return;
    bool foreign = m->doubts & 1u << DOUBT_FOREIGN;
    if (!m->told_death && !foreign) {
        struct bug b = {.kind = BUG_CRASH};
        b.code = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        snprintf(b.text, sizeof b.text, "the process died (%s)",
                 WIFSIGNALED(status) ? sigdescr_np(WTERMSIG(status))
                                     : "it left");
        bug_keep(&b);
    }
    doubt(DOUBT_CRASHED, "");
    if (m->over || foreign)
        m->stop = true;
}

static void explore(const struct program *p)
{
    struct shared *m = state()->shared;
    while (!m->finished && !m->stop) {
        m->told_death = false;
        pid_t pid = start(p);
        if (pid < 0)
            refuse("no worker can be forked");
        judge(await(pid));
    }
}

/* Whether the story of a race is longer than what is kept of it: then it is
 * told again, of what was raced for alone. */
static bool watch_places(void)
{
    struct state *s = state();
    struct shared *m = s->shared;
    const struct bug *b = &m->bugs[0];
    if (m->events_count <= SHARED_EVENTS || !m->bugs_count ||
        (b->kind != BUG_RACE && b->kind != BUG_FREED &&
         b->kind != BUG_DOUBLE_FREE))
        return false;
    s->watched_count = b->places_count;
    for (uint32_t i = 0; i < b->places_count; i++)
        s->watched[i] = b->places[i].address;
    m->config.print = false; /* it was printed */
    m->events_count = m->output_count = 0;
    m->bugs_count = m->kept_count = 0;
    return true;
}

/* Tells the story in a process of its own; true if that is enough. */
static bool told(const struct program *p)
{
    pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (pid < 0)
        return false;
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        worker_replay(p);
        _exit(0);
    }
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
    return !watch_places();
}

int __wrap_main(int argc, char **argv, char **environment);
int __wrap_main(int argc, char **argv, char **environment)
{
    runtime_map();
    struct state *s = state();
    struct program p = {argc, argv, environment};
    s->shared = find_shared();
    keys_keep();
    process_keep();
    s->kept_handlers = s->exit_handlers_count;
    fiber_pool_init();
    marks_start();
    snapshot_take();
    if (s->shared->config.mode != EXPLORE_REPLAY) {
        explore(&p);
        _exit(0);
    }
    if (s->shared->config.tell && told(&p))
        _exit(0);
    worker_replay(&p);
    if (s->shared->bugs_count && s->shared->config.keep_going)
        dprintf(STDERR_FILENO, "lockstep: this one schedule has a bug already: "
                               "see `lockstep explore`\n");
    _exit(s->exit_code);
}
