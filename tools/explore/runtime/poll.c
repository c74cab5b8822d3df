/* poll and select: waiting for one of several descriptors.
 * Source of the rules: POSIX.1-2017, poll, pselect; poll(2) for pipes.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/fd.h"
#include "explore/runtime/point.h"
#include "explore/runtime/threads.h"
#include "explore/runtime/timing.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define MILLISECOND 1000000ull

/* More touches than an operation has room for would be needed. */
enum { MOST = 20 };

struct look {
    struct pollfd fds[MOST];
    nfds_t n;
    int64_t patience; /* nanoseconds; -1: for ever */
    struct timespec deadline;
    uint64_t pc;
};

static short events_of(const struct pollfd *f)
{
    const struct description *d = fd_get(f->fd);
    short found = 0;
    if (!d)
        return POLLNVAL;
    if (!d->in && !d->out) { /* the kernel's files are always ready */
        found = d->access == O_RDONLY ? POLLIN : POLLOUT;
        return (short)(found & f->events);
    }
    if (d->in && channel_readable(d->in) && (d->in->bytes || d->socket))
        found = (short)(found | (POLLIN & f->events));
    if (d->in && d->in->ended && (!d->socket || d->in->broken))
        found |= POLLHUP;
    if (d->out && channel_writable(d->out))
        found = (short)(found | (POLLOUT & f->events));
    if (d->out && d->out->broken)
        found |= d->socket ? POLLHUP : POLLERR;
    return found;
}

/* How many are ready. */
static int look(struct look *l)
{
    int ready = 0;
    for (nfds_t i = 0; i < l->n; i++) {
        l->fds[i].revents = 0;
        if (l->fds[i].fd >= 0)
            l->fds[i].revents = events_of(&l->fds[i]);
        ready += l->fds[i].revents != 0;
    }
    return ready;
}

static void touch_all(struct pending *p)
{
    const struct look *l = p->other;
    for (nfds_t i = 0; i < l->n; i++) {
        const struct description *d = fd_get(l->fds[i].fd);
        fd_touch(p, l->fds[i].fd);
        if (!d)
            continue;
        for (int write = 0; write < 2; write++) {
            if (d->in)
                channel_touch_look(p, d->in, write);
            if (d->out)
                channel_touch_look(p, d->out, write);
        }
    }
}

/* One descriptor that can be ready in one way only is told by its gate. */
static struct channel *alone(const struct look *l, bool *write)
{
    const struct description *d = l->n == 1 ? fd_get(l->fds[0].fd) : NULL;
    if (!d || d->socket || (d->in && d->in->counts))
        return NULL;
    *write = !d->in;
    if (d->in && l->fds[0].events & POLLIN)
        return d->in;
    return d->out && l->fds[0].events & POLLOUT ? d->out : NULL;
}

static void touch_unready(struct pending *p)
{
    bool write = false;
    const struct channel *c = alone(p->other, &write);
    const struct look *l = p->other;
    fd_touch(p, l->fds[0].fd);
    channel_touch_ready(p, c, write, true);
}

static void refresh_alone(struct pending *p, const struct channel *c,
                          bool write)
{
    const struct look *l = p->other;
    point_again(p);
    fd_touch(p, l->fds[0].fd);
    channel_touch_ready(p, c, write, false);
    if (l->patience > 0)
        timing_choices(p, CLOCK_MONOTONIC, &l->deadline, touch_unready);
    threads_offer_cancel(p);
}

static void refresh(struct pending *p)
{
    struct look *l = (struct look *)(uintptr_t)p->other;
    bool write = false;
    const struct channel *c = l->patience ? alone(l, &write) : NULL;
    if (c) {
        refresh_alone(p, c, write);
        return;
    }
    bool ready = look(l) > 0;
    point_again(p);
    touch_all(p);
    p->choices[0].closed = !ready && l->patience != 0;
    if (l->patience > 0)
        timing_choices(p, CLOCK_MONOTONIC, &l->deadline, touch_all);
    for (uint16_t i = 1; i < p->choices_count; i++)
        p->choices[i].closed = ready;
    threads_offer_cancel(p);
}

static int wait_for(struct look *l)
{
    threads_test_cancel(l->pc);
    if (l->patience > 0)
        l->deadline = timing_deadline((uint64_t)l->patience);
    struct pending *p = point_begin(EVENT_POLL, l->n, l->pc);
    p->other = l;
    point_fickle(p, refresh);
    p->vague = l->patience != 0;
    unsigned choice = point(p);
    if (choice > 0 && choice == (l->patience > 0 ? 3u : 1u))
        threads_cancel_now(l->pc);
    if (choice > 0)
        timing_out(choice == 1, CLOCK_MONOTONIC, &l->deadline);
    for (nfds_t i = 0; i < l->n; i++)
        if (l->fds[i].fd >= 0)
            fd_used(l->fds[i].fd, l->pc);
    return look(l);
}

static void start(struct look *l, nfds_t n, int64_t patience, uint64_t pc)
{
    if (n > MOST) {
        doubt(DOUBT_UNMODELLED, "poll of more than 20 descriptors");
        point_end(SEARCH_ENDED_CAP);
    }
    *l = (struct look){.n = n, .patience = patience, .pc = pc};
}

static int poll_all(struct pollfd *fds, nfds_t n, int64_t patience, uint64_t pc)
{
    struct look l;
    start(&l, n, patience, pc);
    access_plain((uint64_t)fds, n * sizeof *fds, EVENT_READ, pc);
    memcpy(l.fds, fds, n * sizeof *fds);
    int ready = wait_for(&l);
    for (nfds_t i = 0; i < n; i++) {
        access_plain((uint64_t)&fds[i].revents, sizeof fds[i].revents,
                     EVENT_WRITE, pc);
        fds[i].revents = l.fds[i].revents;
    }
    return ready;
}

int __wrap_poll(struct pollfd *fds, nfds_t n, int timeout);
int __wrap_poll(struct pollfd *fds, nfds_t n, int timeout)
{
    if (!active())
        return poll(fds, n, timeout);
    return poll_all(fds, n, timeout < 0 ? -1 : timeout * (int64_t)MILLISECOND,
                    PC);
}

static int64_t nanoseconds(const struct timespec *t)
{
    return t ? t->tv_sec * 1000000000LL + t->tv_nsec : -1;
}

int __wrap_ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout,
                 const sigset_t *mask);
int __wrap_ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout,
                 const sigset_t *mask)
{
    if (!active())
        return ppoll(fds, n, timeout, mask);
    if (mask)
        doubt(DOUBT_SIGNALS, "ppoll");
    return poll_all(fds, n, nanoseconds(timeout), PC);
}

static void put(struct look *l, fd_set *set, int fd, short event)
{
    if (!set || !FD_ISSET(fd, set))
        return;
    if (l->n == 0 || l->fds[l->n - 1].fd != fd) {
        if (l->n == MOST)
            start(l, MOST + 1, 0, l->pc);
        l->fds[l->n++] = (struct pollfd){.fd = fd};
    }
    l->fds[l->n - 1].events = (short)(l->fds[l->n - 1].events | event);
}

static int take(fd_set *set, const struct pollfd *f, short events)
{
    bool ready = f->revents & events;
    if (!set || !FD_ISSET(f->fd, set))
        return 0;
    if (!ready)
        FD_CLR(f->fd, set);
    return ready;
}

static int select_all(int n, fd_set *sets[3], int64_t patience, uint64_t pc)
{
    struct look l;
    int ready = 0;
    start(&l, 0, patience, pc);
    for (int i = 0; i < 3; i++)
        if (sets[i]) {
            access_plain((uint64_t)sets[i], sizeof *sets[i], EVENT_READ, pc);
            access_plain((uint64_t)sets[i], sizeof *sets[i], EVENT_WRITE, pc);
        }
    for (int fd = 0; fd < n; fd++) {
        put(&l, sets[0], fd, POLLIN);
        put(&l, sets[1], fd, POLLOUT);
        put(&l, sets[2], fd, 0);
    }
    wait_for(&l);
    for (nfds_t i = 0; i < l.n; i++) {
        if (l.fds[i].revents & POLLNVAL) {
            errno = EBADF;
            return -1;
        }
        ready += take(sets[0], &l.fds[i], POLLIN | POLLHUP | POLLERR);
        ready += take(sets[1], &l.fds[i], POLLOUT | POLLERR);
        take(sets[2], &l.fds[i], 0);
    }
    return ready;
}

int __wrap_select(int n, fd_set *in, fd_set *out, fd_set *other,
                  struct timeval *timeout);
int __wrap_select(int n, fd_set *in, fd_set *out, fd_set *other,
                  struct timeval *timeout)
{
    fd_set *sets[] = {in, out, other};
    if (!active())
        return select(n, in, out, other, timeout);
    return select_all(n, sets,
                      timeout ? timeout->tv_sec * 1000000000LL +
                                    timeout->tv_usec * 1000LL
                              : -1,
                      PC);
}

int __wrap_pselect(int n, fd_set *in, fd_set *out, fd_set *other,
                   const struct timespec *timeout, const sigset_t *mask);
int __wrap_pselect(int n, fd_set *in, fd_set *out, fd_set *other,
                   const struct timespec *timeout, const sigset_t *mask)
{
    fd_set *sets[] = {in, out, other};
    if (!active())
        return pselect(n, in, out, other, timeout, mask);
    if (mask)
        doubt(DOUBT_SIGNALS, "pselect");
    return select_all(n, sets, nanoseconds(timeout), PC);
}
