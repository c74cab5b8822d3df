/* The table, and who opens and closes what.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/fd.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/point.h"
#include "explore/runtime/race.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { DESCRIPTIONS = FDS, FIRST_REAL = 700 };

struct table {
    bool ready, changed;
    uint16_t of[FDS]; /* the description's index + 1; 0: closed */
    struct description list[DESCRIPTIONS];
    struct clock clock; /* who gets a number comes after who gave it back */
};

_Static_assert(sizeof(struct table) <= LAYOUT_TABLE_SIZE, "grow it");

static struct table *table(void)
{
    return (struct table *)LAYOUT_TABLE;
}

static void set(int fd, struct description d)
{
    struct table *t = table();
    t->list[fd] = d;
    t->of[fd] = (uint16_t)(fd + 1);
}

/* What the last execution left open of the kernel's is closed. */
void fd_reset(void)
{
    struct table *t = table();
    if (t->ready && !t->changed)
        return;
    for (int i = 0; t->ready && i < DESCRIPTIONS; i++)
        if (t->list[i].refs && t->list[i].real >= FIRST_REAL)
            close(t->list[i].real);
    memset(t, 0, sizeof *t);
    t->ready = true;
    set(0, (struct description){.refs = 1, .access = O_RDONLY});
    for (int i = 1; i <= 2; i++)
        set(i, (struct description){
                   .refs = 1, .standard = i, .real = -1, .access = O_WRONLY});
    channel_reset();
}

struct description *fd_get(int fd)
{
    struct table *t = table();
    if (fd < 0 || fd >= FDS || !t->of[fd])
        return NULL;
    return &t->list[t->of[fd] - 1];
}

static uint64_t slot(int fd)
{
    return LAYOUT_FDS + 16 + 16 * (uint64_t)fd;
}

void fd_touch(struct pending *p, int fd)
{
    const struct description *d = fd_get(fd);
    if (fd >= 0 && fd < FDS)
        point_touch(p, slot(fd), 1, TOUCH_READ);
    if (d)
        point_touch(p, (uint64_t)d, 1, TOUCH_READ);
}

void fd_used(int fd, uint64_t pc)
{
    if (fd >= 0 && fd < FDS)
        race_access(slot(fd), 1, EVENT_READ, pc);
}

static int failed(int error)
{
    errno = error;
    return -1;
}

/* The lowest that is free, from `least` on; -1: none. */
static int lowest(int least)
{
    for (int i = least; i < FDS; i++)
        if (!table()->of[i])
            return i;
    return -1;
}

static struct description *unused(void)
{
    for (int i = 0; i < DESCRIPTIONS; i++)
        if (!table()->list[i].refs)
            return &table()->list[i];
    return NULL;
}

/* The operation changes which numbers are free. */
static void touch_table(struct pending *p)
{
    point_touch(p, LAYOUT_FDS, 1, TOUCH_WRITE);
}

static void touch_slot(struct pending *p, int fd)
{
    if (fd >= 0 && fd < FDS)
        point_touch(p, slot(fd), 1, TOUCH_WRITE);
}

struct opening {
    int n, least; /* so many, from that number on */
    int from;     /* the descriptor that is duplicated, or -1 */
};

/* Which numbers it gets is known when its turn has come. */
static void refresh_open(struct pending *p)
{
    const struct opening *o = p->other;
    int n = o->n, at = o->least;
    point_again(p);
    touch_table(p);
    fd_touch(p, o->from);
    for (; n > 0 && (at = lowest(at)) >= 0; n--, at++)
        touch_slot(p, at);
}

static void open_point(int n, int least, int from, uint64_t pc)
{
    struct opening o = {n, least, from};
    struct pending *p = point_begin(EVENT_FD_OPEN, 0, pc);
    p->other = &o;
    point_fickle(p, refresh_open);
    point(p);
}

/* What printf writes would go somewhere else from here on. */
static void keep_standard(int fd)
{
    if (fd > STDERR_FILENO)
        return;
    doubt(DOUBT_UNMODELLED, "another stdin, stdout or stderr");
    state()->stop = true;
    point_end(SEARCH_ENDED_CAP);
}

static int refer(int fd, struct description *d, uint64_t pc)
{
    keep_standard(fd);
    point_acquire(&table()->clock);
    race_access(slot(fd), 1, EVENT_WRITE, pc);
    table()->changed = true;
    table()->of[fd] = (uint16_t)(d - table()->list + 1);
    d->refs++;
    return fd;
}

static int give(const struct description *new, uint64_t pc)
{
    struct description *d = unused();
    int fd = lowest(0);
    if (!d || fd < 0)
        return failed(EMFILE);
    *d = *new;
    d->refs = 0;
    return refer(fd, d, pc);
}

int fd_open_real(int real, uint64_t pc)
{
    int kept = fcntl(real, F_DUPFD_CLOEXEC, FIRST_REAL), flags;
    int error = errno;
    close(real);
    if (kept < 0)
        return failed(error);
    flags = fcntl(kept, F_GETFL);
    open_point(1, 0, -1, pc);
    return give(
        &(struct description){.real = kept, .access = flags & O_ACCMODE}, pc);
}

static struct channel *channel(void)
{
    struct channel *c = channel_new();
    if (!c) {
        doubt(DOUBT_MEMORY, "too many pipes");
        point_end(SEARCH_ENDED_CAP);
    }
    return c;
}

int fd_pair(int fds[2], bool sockets, int flags, uint64_t pc)
{
    struct description d = {.real = -1,
                            .socket = sockets,
                            .access = O_RDWR,
                            .nonblocking = flags & O_NONBLOCK};
    open_point(2, 0, -1, pc);
    state()->shared->learned |= LEARNED_PIPE;
    struct channel *one = channel(), *other = sockets ? channel() : NULL;
    if (lowest(0) < 0 || lowest(lowest(0) + 1) < 0)
        return failed(EMFILE);
    d.in = one;
    d.out = other;
    fds[0] = give(&d, pc);
    d.in = other;
    d.out = one;
    fds[1] = give(&d, pc);
    return 0;
}

int fd_event(unsigned count, int flags, uint64_t pc)
{
    open_point(1, 0, -1, pc);
    if (count > CHANNEL_COUNT) {
        doubt(DOUBT_UNMODELLED, "a large count of an eventfd");
        point_end(SEARCH_ENDED_CAP);
    }
    struct channel *c = channel();
    c->counts = true;
    c->one_by_one = flags & EFD_SEMAPHORE;
    c->bytes = c->filled = (int32_t)count;
    c->room = CHANNEL_COUNT - (int32_t)count;
    return give(&(struct description){.in = c,
                                      .out = c,
                                      .real = -1,
                                      .access = O_RDWR,
                                      .nonblocking = flags & EFD_NONBLOCK},
                pc);
}

/* What ends with a descriptor: if it is the last, its sides of the channels. */
static void touch_closing(struct pending *p, int fd)
{
    const struct description *d = fd_get(fd);
    touch_slot(p, fd);
    if (!d || d->refs > 1)
        return;
    if (d->in && !d->in->counts)
        channel_touch_end(p, d->in, false);
    if (d->out && !d->out->counts)
        channel_touch_end(p, d->out, true);
}

static void end(int fd, uint64_t pc)
{
    struct description *d = fd_get(fd);
    race_access(slot(fd), 1, EVENT_WRITE, pc);
    point_release(&table()->clock);
    table()->changed = true;
    table()->of[fd] = 0;
    if (--d->refs > 0)
        return;
    if (d->in && !d->in->counts)
        channel_end(d->in, false);
    if (d->out && !d->out->counts)
        channel_end(d->out, true);
    if (d->real >= FIRST_REAL)
        close(d->real);
}

static void refresh_close(struct pending *p)
{
    point_again(p);
    touch_table(p);
    touch_closing(p, (int)p->object);
}

int fd_close(int fd, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_FD_CLOSE, (uint64_t)fd, pc);
    point_fickle(p, refresh_close);
    point(p);
    if (!fd_get(fd))
        return failed(EBADF);
    end(fd, pc);
    return 0;
}

int fd_duplicate(int fd, int least, uint64_t pc)
{
    if (least < 0 || least >= FDS)
        return failed(EINVAL);
    open_point(1, least, fd, pc);
    fd_used(fd, pc);
    int to = lowest(least);
    if (!fd_get(fd))
        return failed(EBADF);
    return to < 0 ? failed(EMFILE) : refer(to, fd_get(fd), pc);
}

static void refresh_to(struct pending *p)
{
    point_again(p);
    touch_table(p);
    touch_closing(p, (int)p->aid);
}

int fd_duplicate_to(int fd, int to, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_FD_OPEN, (uint64_t)to, pc);
    p->aid = (uint64_t)to;
    point_fickle(p, refresh_to);
    point(p);
    fd_used(fd, pc);
    if (!fd_get(fd) || to < 0 || to >= FDS)
        return failed(EBADF);
    if (fd == to)
        return to;
    struct description *d = fd_get(fd);
    if (fd_get(to))
        end(to, pc);
    return refer(to, d, pc);
}

/* Whether it waits is the description's: who uses it looks at that. */
static void refresh_flags(struct pending *p)
{
    const struct description *d = fd_get((int)p->object);
    point_again(p);
    fd_touch(p, (int)p->object);
    if (d)
        point_touch(p, (uint64_t)d, 1, TOUCH_WRITE);
}

static int set_flags(int fd, long flags, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_FD_OTHER, (uint64_t)fd, pc);
    point_fickle(p, refresh_flags);
    point(p);
    fd_used(fd, pc);
    struct description *d = fd_get(fd);
    if (!d)
        return failed(EBADF);
    table()->changed = true;
    d->nonblocking = flags & O_NONBLOCK;
    if (d->real >= FIRST_REAL)
        return fcntl(d->real, F_SETFL, flags);
    return 0;
}

static void refresh_look(struct pending *p)
{
    point_again(p);
    fd_touch(p, (int)p->object);
}

static int get_flags(int fd, bool of_descriptor, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_FD_OTHER, (uint64_t)fd, pc);
    point_fickle(p, refresh_look);
    point(p);
    fd_used(fd, pc);
    const struct description *d = fd_get(fd);
    if (!d)
        return failed(EBADF);
    return of_descriptor ? 0 : d->access | (d->nonblocking ? O_NONBLOCK : 0);
}

int fd_control(int fd, int command, long argument, uint64_t pc)
{
    switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
        return fd_duplicate(fd, (int)argument, pc);
    case F_SETFL:
        return set_flags(fd, argument, pc);
    case F_GETFD:
    case F_SETFD:
        return get_flags(fd, true, pc);
    case F_GETFL:
        return get_flags(fd, false, pc);
    default:
        doubt(DOUBT_UNMODELLED, "fcntl");
        point_end(SEARCH_ENDED_CAP);
    }
}

static void refresh_shutdown(struct pending *p)
{
    struct description *d = fd_get((int)p->object);
    point_again(p);
    fd_touch(p, (int)p->object);
    if (!d || !d->socket || !d->in)
        return;
    if (p->aid != SHUT_WR) {
        channel_touch_end(p, d->in, false);
        channel_touch_end(p, d->in, true);
    }
    if (p->aid != SHUT_RD)
        channel_touch_end(p, d->out, true);
}

int fd_shutdown(int fd, int how, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_FD_OTHER, (uint64_t)fd, pc);
    p->aid = (uint64_t)how;
    point_fickle(p, refresh_shutdown);
    point(p);
    fd_used(fd, pc);
    struct description *d = fd_get(fd);
    if (!d)
        return failed(EBADF);
    if (!d->socket)
        return failed(ENOTSOCK);
    if (how != SHUT_WR) {
        channel_end(d->in, false);
        channel_end(d->in, true);
    }
    if (how != SHUT_RD)
        channel_end(d->out, true);
    return 0;
}
