/* A program of ours that serves while others run.
 * SPDX-License-Identifier: MIT */
#include "os/service.h"

#include "base/buf.h"
#include "os/clock.h"
#include "os/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* in and out are the ends that the child gets. */
static int spawn(const char *const *argv, int in, int out, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    int error = posix_spawnp(pid, argv[0], &files, &attributes,
                             (char *const *)(uintptr_t)argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

static enum err start(const char *const *argv, struct service *s)
{
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0)
        return err_from_errno(errno);
    if (pipe2(out, O_CLOEXEC) != 0) {
        enum err e = err_from_errno(errno);
        close(in[0]);
        close(in[1]);
        return e;
    }
    *s = (struct service){.in = in[1], .out = out[0]};
    int error = spawn(argv, in[0], out[1], &s->pid);
    close(in[0]);
    close(out[1]);
    if (error) {
        close(in[1]);
        close(out[0]);
    }
    return error ? err_from_errno(error) : ERR_OK;
}

/* Adds one byte; false at the end of what there is, or of the patience. */
static bool read_byte(int fd, double deadline, struct buf *text)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    while (!proc_cancelled()) {
        double left = deadline - clock_now();
        if (left <= 0)
            return false;
        int ready = poll(&p, 1, (int)(left * 1000) + 1);
        if (ready < 0 && errno != EINTR)
            return false;
        char c;
        ssize_t n = ready > 0 ? read(fd, &c, 1) : -1;
        if (n == 1)
            buf_add(text, &c, 1);
        if (ready > 0)
            return n == 1;
    }
    return false;
}

enum err service_start(const char *const *argv, double patience,
                       struct service *out, char **line)
{
    enum { LONGEST = 4096 };
    struct service s = {0};
    struct buf text = {0};
    double deadline = clock_now() + patience;
    enum err e = start(argv, &s);
    if (e != ERR_OK)
        return e;
    while (text.len < LONGEST && !(text.len && text.data[text.len - 1] == '\n'))
        if (!read_byte(s.out, deadline, &text))
            break;
    if (text.len && text.data[text.len - 1] == '\n') {
        text.data[--text.len] = '\0';
        *line = buf_take(&text);
        *out = s;
        return ERR_OK;
    }
    buf_fini(&text);
    service_stop(&s);
    return proc_cancelled() ? ERR_CANCELLED : ERR_INVALID;
}

double service_cpu(const struct service *s)
{
    clockid_t clock;
    struct timespec t = {0};
    if (clock_getcpuclockid(s->pid, &clock) == 0)
        clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void service_stop(struct service *s)
{
    close(s->in);
    close(s->out);
    for (int i = 0; i < 100; i++) {
        if (waitpid(s->pid, NULL, WNOHANG) != 0)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
    }
    kill(-s->pid, SIGKILL);
    while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}
