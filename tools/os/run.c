/* One run: the loop that drains, watches, stops, and waits for the tree.
 * SPDX-License-Identifier: MIT */
#include "os/run.h"

#include "os/cancel.h"
#include "os/capture.h"
#include "os/clock.h"
#include "os/spawn.h"
#include "os/supervisor.h"
#include "os/tree.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define TICK 0.1
/* What ends by itself right after its parent is no stray: the symbolizer of a
 * sanitizer, say. */
#define STRAY_GRACE 0.02
/* From the order to kill the tree to the kill of the supervisor itself, for a
 * tree that can not be killed. */
#define GIVE_UP 10.0
#define NEVER INFINITY

enum { SOCKET, OUT, ERR, CANCEL, WAITS };

struct run {
    const struct proc_spec *spec;
    struct spawn spawn;
    struct capture out, err;
    struct pollfd waits[WAITS];
    struct proc_result result;
    pid_t leader;     /* 0 before it is known and after it ended */
    bool stopping;    /* result.end is decided */
    bool ended, gone; /* the program; the supervisor with all */
    int failed;       /* errno of exec, or 0 */
    bool unusable;
    double began, tick_at, timeout_at, kill_at, give_up_at; /* by clock_now */
};

static void order(struct run *r, char what)
{
    /* It fails only when the supervisor is gone, which the loop will see. */
    send(r->spawn.here, &what, 1, MSG_NOSIGNAL);
}

static void kill_tree(struct run *r)
{
    order(r, ORDER_KILL);
    r->kill_at = NEVER;
    r->give_up_at = clock_now() + GIVE_UP;
}

static void stop(struct run *r, enum proc_end why)
{
    if (r->stopping || r->ended)
        return;
    r->stopping = true;
    r->result.end = why;
    if (why == PROC_MEMORY) {
        kill_tree(r);
        return;
    }
    order(r, ORDER_TERM);
    r->kill_at = clock_now() + (r->spec->grace > 0 ? r->spec->grace : 1);
}

/* The time that it took to get here is not the program's. */
static void on_start(struct run *r, pid_t leader)
{
    const struct proc_spec *s = r->spec;
    double now = clock_now();
    r->leader = leader;
    if (s->watch || s->max_rss)
        r->tick_at = now + TICK;
    if (s->timeout > 0)
        r->timeout_at = now + s->timeout;
}

static void on_end(struct run *r, const struct report *report)
{
    r->ended = true;
    r->leader = 0;
    r->result.wall = report->wall;
    r->result.cpu = report->cpu;
    if (!r->stopping) {
        bool exited = WIFEXITED(report->value);
        r->result.end = exited ? PROC_EXITED : PROC_SIGNALED;
        r->result.code =
            exited ? WEXITSTATUS(report->value) : WTERMSIG(report->value);
    }
    if (report->more && isinf(r->give_up_at))
        r->kill_at = clock_now() + STRAY_GRACE;
}

/* The sender's pid comes with the message, translated by the kernel from the
 * sender's PID namespace to ours. */
static pid_t sender_of(struct msghdr *m)
{
    struct ucred who = {0};
    struct cmsghdr *c = CMSG_FIRSTHDR(m);
    if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_CREDENTIALS)
        memcpy(&who, CMSG_DATA(c), sizeof who);
    return who.pid;
}

static void on_report(struct run *r, const struct report *report, pid_t sender)
{
    switch (report->kind) {
    case REPORT_STARTED:
        on_start(r, sender);
        break;
    case REPORT_FAILED:
        r->failed = report->value;
        break;
    case REPORT_UNUSABLE:
        r->failed = report->value;
        r->unusable = true;
        break;
    case REPORT_ENDED:
        on_end(r, report);
        break;
    }
}

static void receive(struct run *r)
{
    struct report report = {0};
    union {
        struct cmsghdr align;
        char space[CMSG_SPACE(sizeof(struct ucred))];
    } control;
    struct iovec part = {.iov_base = &report, .iov_len = sizeof report};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = &control,
                       .msg_controllen = sizeof control};
    ssize_t n = recvmsg(r->spawn.here, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n == (ssize_t)sizeof report)
        on_report(r, &report, sender_of(&m));
    else if (n >= 0 || (errno != EAGAIN && errno != EINTR))
        r->gone = true;
}

static void drain(struct run *r, int which, struct capture *c)
{
    if (r->waits[which].revents && capture_read(c, r->waits[which].fd) == 0)
        r->waits[which].fd = -1;
}

static void on_tick(struct run *r)
{
    const struct proc_spec *s = r->spec;
    r->tick_at = clock_now() + TICK;
    if (!r->leader || r->stopping)
        return;
    if (s->max_rss && tree_rss(r->spawn.supervisor) > s->max_rss)
        stop(r, PROC_MEMORY);
    else if (s->watch && s->watch(r->leader, s->watch_arg))
        stop(r, PROC_STOPPED);
}

static void on_kill_time(struct run *r)
{
    if (r->ended)
        r->result.strays = tree_count(r->spawn.supervisor);
    kill_tree(r);
}

static void on_time(struct run *r)
{
    double now = clock_now();
    if (now >= r->tick_at)
        on_tick(r);
    if (now >= r->timeout_at)
        stop(r, PROC_TIMEOUT);
    if (now >= r->kill_at)
        on_kill_time(r);
    if (now >= r->give_up_at) {
        kill(r->spawn.supervisor, SIGKILL);
        r->give_up_at = NEVER;
    }
}

static int until_next(const struct run *r)
{
    double next = fmin(r->kill_at, r->give_up_at);
    if (!r->ended)
        next =
            fmin(next, fmin(r->tick_at, r->stopping ? NEVER : r->timeout_at));
    double left = next - clock_now();
    return isinf(left) ? -1 : left <= 0 ? 0 : (int)ceil(fmin(left, 3600) * 1e3);
}

static void clear_events(struct run *r)
{
    for (int i = 0; i < WAITS; i++)
        r->waits[i].revents = 0;
}

static void loop(struct run *r)
{
    while (!r->gone) {
        if (poll(r->waits, WAITS, until_next(r)) < 0)
            clear_events(r); /* interrupted: they are those of the last time */
        drain(r, OUT, &r->out);
        drain(r, ERR, &r->err);
        if (r->waits[SOCKET].revents)
            receive(r);
        if (r->waits[CANCEL].revents) {
            r->waits[CANCEL].fd = -1;
            stop(r, PROC_CANCELLED);
        }
        on_time(r);
    }
}

/* Nobody writes any more, unless the tree escaped: not more than the largest
 * pipe can hold, then. */
static void drain_rest(struct run *r, int which, struct capture *c)
{
    long n, total = 0;
    if (r->waits[which].fd < 0)
        return;
    while (total < 1 << 20 && (n = capture_read(c, r->waits[which].fd)) > 0)
        total += n;
}

static enum err finish(struct run *r, struct proc_result *result)
{
    drain_rest(r, OUT, &r->out);
    drain_rest(r, ERR, &r->err);
    if (r->unusable && r->spawn.ladder != PROC_LADDER_SUBREAPER)
        return ERR_UNSUPPORTED;
    if (r->failed)
        return r->failed == ENOEXEC ? ERR_INVALID : err_from_errno(r->failed);
    if (!r->ended && !r->stopping) { /* the program killed its supervisor */
        r->result.end = PROC_SIGNALED;
        r->result.code = SIGKILL;
    }
    if (!r->ended)
        r->result.wall = clock_now() - r->began;
    *result = r->result;
    capture_take(&r->out, &result->out);
    capture_take(&r->err, &result->err);
    return ERR_OK;
}

static void prepare(struct run *r)
{
    const struct proc_spec *s = r->spec;
    size_t head = s->head ? s->head : 65536, tail = s->tail ? s->tail : 65536;
    r->began = clock_now();
    capture_init(&r->out, head, tail);
    capture_init(&r->err, head, tail);
    r->tick_at = r->timeout_at = r->kill_at = r->give_up_at = NEVER;
    r->waits[SOCKET] = (struct pollfd){.fd = r->spawn.here, .events = POLLIN};
    r->waits[OUT] = (struct pollfd){.fd = r->spawn.out[0], .events = POLLIN};
    r->waits[ERR] = (struct pollfd){.fd = r->spawn.err[0], .events = POLLIN};
    r->waits[CANCEL] = (struct pollfd){.fd = cancel_fd(), .events = POLLIN};
}

static void wait_supervisor(pid_t pid)
{
    while (waitpid(pid, NULL, __WALL) < 0 && errno == EINTR)
        ;
}

enum err proc_run_on(const struct proc_spec *spec, enum proc_ladder ladder,
                     struct proc_result *result)
{
    struct run r = {.spec = spec};
    enum err e = spawn_init(&r.spawn, spec, ladder);
    if (e == ERR_OK)
        e = spawn_start(&r.spawn);
    if (e != ERR_OK)
        goto out;
    prepare(&r);
    loop(&r);
    wait_supervisor(r.spawn.supervisor);
    e = finish(&r, result);
out:
    capture_fini(&r.out);
    capture_fini(&r.err);
    spawn_fini(&r.spawn);
    return e;
}
