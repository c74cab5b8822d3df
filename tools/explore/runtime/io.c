/* Bytes between channels, the kernel's files and the program's memory.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/io.h"

#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/fd.h"
#include "explore/runtime/file.h"
#include "explore/runtime/output.h"
#include "explore/runtime/signals.h"
#include "explore/runtime/threads.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static ssize_t failed(int error)
{
    errno = error;
    return -1;
}

static bool waits(const struct io *io, const struct description *d)
{
    return !d->nonblocking && !(io->flags & MSG_DONTWAIT);
}

/* A file of the kernel's has one place where it is read and written, and what
 * it does can matter to any other. */
static void touch_real(struct pending *p)
{
    point_touch(p, LAYOUT_OUTSIDE, 1, TOUCH_WRITE);
}

static void refresh_read(struct pending *p)
{
    const struct io *io = p->other;
    const struct description *d = fd_get(io->fd);
    point_again(p);
    fd_touch(p, io->fd);
    if (d && d->in)
        channel_touch_read(p, d->in, io->n, waits(io, d) && io->n > 0,
                           io->flags & MSG_PEEK);
    else if (d && d->real >= 0)
        touch_real(p);
    threads_offer_cancel(p);
}

/* What is added to a counter is what the eight bytes say. */
static size_t amount(const struct io *io, const struct channel *c)
{
    uint64_t count = io->n;
    if (c->counts && io->n >= sizeof count)
        memcpy(&count, io->at, sizeof count);
    return count < CHANNEL_COUNT ? count : CHANNEL_COUNT;
}

static void refresh_write(struct pending *p)
{
    const struct io *io = p->other;
    const struct description *d = fd_get(io->fd);
    point_again(p);
    fd_touch(p, io->fd);
    if (d && d->out && !(io->flags & MSG_NOSIGNAL))
        point_touch(p, LAYOUT_SIGNALS, 1, TOUCH_READ); /* of SIGPIPE */
    if (d && d->out)
        channel_touch_write(p, d->out, amount(io, d->out),
                            waits(io, d) && io->n > 0);
    else if (d && d->real >= 0)
        touch_real(p);
    threads_offer_cancel(p);
}

/* Parks until the operation can be done; what the descriptor is then. */
static struct description *reach(const struct io *io, enum event_kind kind)
{
    threads_test_cancel(io->pc);
    struct pending *p = point_begin(kind, (uint64_t)io->fd, io->pc);
    p->other = io;
    point_fickle(p, kind == EVENT_FD_READ ? refresh_read : refresh_write);
    if (point(p) == 1)
        threads_cancel_now(io->pc);
    fd_used(io->fd, io->pc);
    return fd_get(io->fd);
}

/* The bytes are out of the channel before the program's memory is written to,
 * for that can be a step of its own. */
static ssize_t deliver(const struct io *io, const char *bytes, size_t n)
{
    access_plain((uint64_t)io->at, n, EVENT_WRITE, io->pc);
    memcpy(io->at, bytes, n);
    return (ssize_t)n;
}

enum { FEW = 256 };

static __attribute__((noinline)) ssize_t read_many(const struct io *io,
                                                   struct channel *c)
{
    char bytes[CHANNEL_ROOM];
    size_t n = channel_read(c, bytes, io->n, io->flags & MSG_PEEK);
    return deliver(io, bytes, n);
}

static ssize_t read_channel(const struct io *io, struct channel *c, bool waits)
{
    char bytes[FEW];
    if (c->filled == 0 && !waits)
        return failed(EAGAIN);
    if (io->n > FEW && c->bytes > FEW)
        return read_many(io, c);
    size_t n = channel_read(c, bytes, io->n, io->flags & MSG_PEEK);
    return deliver(io, bytes, n);
}

static ssize_t read_counter(const struct io *io, struct channel *c)
{
    if (io->n < sizeof(uint64_t))
        return failed(EINVAL);
    if (c->filled == 0)
        return failed(EAGAIN);
    uint64_t count = channel_take(c);
    return deliver(io, (const char *)&count, sizeof count);
}

static ssize_t read_real(const struct io *io, const struct description *d)
{
    if (d->real == STDIN_FILENO)
        state()->stdin_used = true;
    ssize_t n = read(d->real, io->at, io->n);
    int error = errno;
    if (n > 0)
        access_plain((uint64_t)io->at, (size_t)n, EVENT_WRITE, io->pc);
    errno = error;
    return n;
}

static ssize_t read_once(const struct io *io)
{
    const struct description *d = reach(io, EVENT_FD_READ);
    if (!d || (!d->in && d->real < 0))
        return failed(EBADF);
    if (d->in && d->in->counts)
        return read_counter(io, d->in);
    if (d->in)
        return read_channel(io, d->in, waits(io, d));
    return read_real(io, d);
}

ssize_t io_read(struct io io)
{
    ssize_t done = 0;
    for (;;) {
        ssize_t n = read_once(&io);
        if (n <= 0)
            return done ? done : n;
        done += n;
        io.at = (char *)io.at + n;
        io.n -= (size_t)n;
        if (!(io.flags & MSG_WAITALL) || io.n == 0)
            return done;
    }
}

static ssize_t broken(const struct io *io)
{
    if (!(io->flags & MSG_NOSIGNAL))
        signals_raise(SIGPIPE, "Broken pipe (SIGPIPE): nobody reads any more",
                      io->pc);
    return failed(EPIPE);
}

static ssize_t write_counter(const struct io *io, struct channel *c)
{
    uint64_t count;
    if (io->n < sizeof count)
        return failed(EINVAL);
    memcpy(&count, io->at, sizeof count);
    if (count > CHANNEL_COUNT) {
        doubt(DOUBT_UNMODELLED, "a large count of an eventfd");
        point_end(SEARCH_ENDED_CAP);
    }
    if (c->room < (int32_t)count)
        return failed(EAGAIN);
    channel_add(c, (int32_t)count);
    return sizeof count;
}

static ssize_t write_channel(const struct io *io, struct channel *c)
{
    if (c->broken)
        return broken(io);
    if (io->n > CHANNEL_ATOMIC)
        doubt(DOUBT_UNMODELLED, "a write of more than 4096 bytes to a pipe");
    size_t n = channel_write(c, io->at, io->n);
    return n == 0 && io->n > 0 ? failed(EAGAIN) : (ssize_t)n;
}

static ssize_t write_once(const struct io *io)
{
    const struct description *d = reach(io, EVENT_FD_WRITE);
    if (d && d->standard) {
        output_add(d->standard, io->at, io->n);
        return (ssize_t)io->n;
    }
    if (!d || (!d->out && (d->real < 0 || d->access == O_RDONLY)))
        return failed(EBADF);
    if (d->out && d->out->counts)
        return write_counter(io, d->out);
    if (d->out)
        return write_channel(io, d->out);
    if (!file_is_own(d->real))
        doubt(DOUBT_FILES, "write");
    return write(d->real, io->at, io->n);
}

/* What does not fit waits for more room. */
static bool goes_on(const struct io *io)
{
    const struct description *d = fd_get(io->fd);
    return d && d->out && waits(io, d) && io->n > 0;
}

ssize_t io_write(struct io io)
{
    ssize_t done = 0;
    access_plain((uint64_t)io.at, io.n, EVENT_READ, io.pc);
    do {
        ssize_t n = write_once(&io);
        if (n < 0)
            return done ? done : n;
        done += n;
        io.at = (char *)io.at + n;
        io.n -= (size_t)n;
    } while (goes_on(&io));
    return done;
}
