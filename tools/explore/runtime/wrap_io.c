/* The functions of descriptors.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/fd.h"
#include "explore/runtime/file.h"
#include "explore/runtime/io.h"
#include "explore/runtime/point.h"
#include "explore/runtime/process.h"
#include "explore/runtime/threads.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define PC ((uint64_t)__builtin_return_address(0))

static int failed(int error)
{
    errno = error;
    return -1;
}

ssize_t __wrap_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n)
{
    if (!active())
        return read(fd, to, n);
    return io_read((struct io){.fd = fd, .at = to, .n = n, .pc = PC});
}

ssize_t __wrap_write(int fd, const void *from, size_t n);
ssize_t __wrap_write(int fd, const void *from, size_t n)
{
    if (!active())
        return write(fd, from, n);
    return io_write(
        (struct io){.fd = fd, .at = (void *)(uintptr_t)from, .n = n, .pc = PC});
}

/* Several pieces are one: a read may be short, a write of a pipe's is not. */
ssize_t __wrap_readv(int fd, const struct iovec *v, int count);
ssize_t __wrap_readv(int fd, const struct iovec *v, int count)
{
    if (!active())
        return readv(fd, v, count);
    if (count > 1)
        doubt(DOUBT_UNMODELLED, "readv");
    return count < 1
               ? 0
               : io_read((struct io){
                     .fd = fd, .at = v->iov_base, .n = v->iov_len, .pc = PC});
}

ssize_t __wrap_writev(int fd, const struct iovec *v, int count);
ssize_t __wrap_writev(int fd, const struct iovec *v, int count)
{
    ssize_t done = 0;
    if (!active())
        return writev(fd, v, count);
    if (count > 1)
        doubt(DOUBT_UNMODELLED, "writev");
    for (int i = 0; i < count; i++) {
        ssize_t n = io_write((struct io){
            .fd = fd, .at = v[i].iov_base, .n = v[i].iov_len, .pc = PC});
        if (n < 0)
            return done ? done : n;
        done += n;
    }
    return done;
}

static bool is_socket(int fd)
{
    const struct description *d = fd_get(fd);
    return d && (d->socket || d->real >= 0);
}

enum {
    FLAGS_KNOWN = MSG_DONTWAIT | MSG_PEEK | MSG_WAITALL | MSG_NOSIGNAL,
};

static bool flags_known(int flags)
{
    if (flags & ~FLAGS_KNOWN)
        doubt(DOUBT_UNMODELLED, "a flag of recv or send");
    return true;
}

ssize_t __wrap_recv(int fd, void *to, size_t n, int flags);
ssize_t __wrap_recv(int fd, void *to, size_t n, int flags)
{
    if (!active())
        return recv(fd, to, n, flags);
    if (!is_socket(fd))
        return failed(fd_get(fd) ? ENOTSOCK : EBADF);
    flags_known(flags);
    return io_read(
        (struct io){.fd = fd, .at = to, .n = n, .flags = flags, .pc = PC});
}

ssize_t __wrap_send(int fd, const void *from, size_t n, int flags);
ssize_t __wrap_send(int fd, const void *from, size_t n, int flags)
{
    if (!active())
        return send(fd, from, n, flags);
    if (!is_socket(fd))
        return failed(fd_get(fd) ? ENOTSOCK : EBADF);
    flags_known(flags);
    return io_write((struct io){.fd = fd,
                                .at = (void *)(uintptr_t)from,
                                .n = n,
                                .flags = flags,
                                .pc = PC});
}

int __wrap_close(int fd);
int __wrap_close(int fd)
{
    if (!active())
        return close(fd);
    threads_test_cancel(PC);
    return fd_close(fd, PC);
}

int __wrap_pipe2(int fds[2], int flags);
int __wrap_pipe2(int fds[2], int flags)
{
    int made[2];
    if (!active())
        return pipe2(fds, flags);
    if (flags & ~(O_CLOEXEC | O_NONBLOCK))
        doubt(DOUBT_UNMODELLED, "a flag of pipe2");
    if (fd_pair(made, false, flags, PC) < 0)
        return -1;
    access_plain((uint64_t)fds, sizeof made, EVENT_WRITE, PC);
    fds[0] = made[0];
    fds[1] = made[1];
    return 0;
}

int __wrap_pipe(int fds[2]);
int __wrap_pipe(int fds[2])
{
    int made[2];
    if (!active())
        return pipe(fds);
    if (fd_pair(made, false, 0, PC) < 0)
        return -1;
    access_plain((uint64_t)fds, sizeof made, EVENT_WRITE, PC);
    fds[0] = made[0];
    fds[1] = made[1];
    return 0;
}

int __wrap_socketpair(int domain, int type, int protocol, int fds[2]);
int __wrap_socketpair(int domain, int type, int protocol, int fds[2])
{
    int made[2];
    if (!active())
        return socketpair(domain, type, protocol, fds);
    if (domain != AF_UNIX ||
        (type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) != SOCK_STREAM) {
        doubt(DOUBT_UNMODELLED, "socketpair of another type than SOCK_STREAM");
        point_end(SEARCH_ENDED_CAP);
    }
    if (fd_pair(made, true, type & SOCK_NONBLOCK, PC) < 0)
        return -1;
    access_plain((uint64_t)fds, sizeof made, EVENT_WRITE, PC);
    fds[0] = made[0];
    fds[1] = made[1];
    return 0;
}

int __wrap_shutdown(int fd, int how);
int __wrap_shutdown(int fd, int how)
{
    return active() ? fd_shutdown(fd, how, PC) : shutdown(fd, how);
}

int __wrap_dup(int fd);
int __wrap_dup(int fd)
{
    return active() ? fd_duplicate(fd, 0, PC) : dup(fd);
}

int __wrap_dup2(int fd, int to);
int __wrap_dup2(int fd, int to)
{
    return active() ? fd_duplicate_to(fd, to, PC) : dup2(fd, to);
}

int __wrap_dup3(int fd, int to, int flags);
int __wrap_dup3(int fd, int to, int flags)
{
    if (!active())
        return dup3(fd, to, flags);
    return fd == to ? failed(EINVAL) : fd_duplicate_to(fd, to, PC);
}

int __wrap_eventfd(unsigned count, int flags);
int __wrap_eventfd(unsigned count, int flags)
{
    return active() ? fd_event(count, flags, PC) : eventfd(count, flags);
}

int __wrap_eventfd_read(int fd, eventfd_t *value);
int __wrap_eventfd_read(int fd, eventfd_t *value)
{
    if (!active())
        return eventfd_read(fd, value);
    return io_read((struct io){
               .fd = fd, .at = value, .n = sizeof *value, .pc = PC}) ==
                   sizeof *value
               ? 0
               : -1;
}

int __wrap_eventfd_write(int fd, eventfd_t value);
int __wrap_eventfd_write(int fd, eventfd_t value)
{
    if (!active())
        return eventfd_write(fd, value);
    return io_write((struct io){
               .fd = fd, .at = &value, .n = sizeof value, .pc = PC}) ==
                   sizeof value
               ? 0
               : -1;
}

int __wrap_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...)
{
    va_list ap;
    va_start(ap, command);
    long argument = va_arg(ap, long);
    va_end(ap);
    if (!active())
        return fcntl(fd, command, argument);
    return fd_control(fd, command, argument, PC);
}

int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...)
{
    va_list ap;
    va_start(ap, request);
    void *argument = va_arg(ap, void *);
    va_end(ap);
    if (!active())
        return ioctl(fd, request, argument);
    if (request == FIONBIO)
        return fd_control(fd, F_SETFL, *(int *)argument ? O_NONBLOCK : 0, PC);
    const struct description *d = fd_get(fd);
    if (d && d->real >= 0) {
        doubt(DOUBT_UNMODELLED, "ioctl");
        return ioctl(d->real, request, argument);
    }
    doubt(DOUBT_UNMODELLED, "ioctl");
    point_end(SEARCH_ENDED_CAP);
}

static int open_file(const char *path, int flags, mode_t mode, uint64_t pc)
{
    access_plain((uint64_t)path, strlen(path) + 1, EVENT_READ, pc);
    process_file_point(flags & O_CREAT, pc);
    struct file_opened o = file_open(path, flags, mode);
    if (o.real < 0)
        return -1;
    if (o.doubtful)
        doubt(DOUBT_FILES, "open");
    return fd_open_real(o.real, pc);
}

static mode_t mode_of(int flags, va_list ap)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
}

int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    mode_t mode = mode_of(flags, ap);
    va_end(ap);
    if (!active())
        return open(path, flags, mode);
    threads_test_cancel(PC);
    return open_file(path, flags, mode, PC);
}

int __wrap_creat(const char *path, mode_t mode);
int __wrap_creat(const char *path, mode_t mode)
{
    if (!active())
        return creat(path, mode);
    threads_test_cancel(PC);
    return open_file(path, O_CREAT | O_WRONLY | O_TRUNC, mode, PC);
}

/* Of a kernel's file, or -1 with errno. */
static int real_of(int fd)
{
    const struct description *d = fd_get(fd);
    if (d && d->real >= 0)
        return d->real;
    errno = d ? ESPIPE : EBADF;
    return -1;
}

off_t __wrap_lseek(int fd, off_t offset, int whence);
off_t __wrap_lseek(int fd, off_t offset, int whence)
{
    if (!active())
        return lseek(fd, offset, whence);
    process_file_point(false, PC);
    int real = real_of(fd);
    return real < 0 ? -1 : lseek(real, offset, whence);
}

int __wrap_isatty(int fd);
int __wrap_isatty(int fd)
{
    if (!active())
        return isatty(fd);
    errno = fd_get(fd) ? ENOTTY : EBADF;
    return 0;
}
