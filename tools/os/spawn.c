/* Makes a child ready and starts its supervisor.
 * SPDX-License-Identifier: MIT */
#include "os/spawn.h"

#include "os/fs.h"
#include "os/raw.h"
#include "os/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* A descriptor in the place of stdin, stdout or stderr, which the caller may
 * have closed, would be overwritten in the child. */
static bool lift(int *fd)
{
    if (*fd > 2)
        return true;
    int high = fcntl(*fd, F_DUPFD_CLOEXEC, 3);
    int error = errno;
    close(*fd);
    *fd = high;
    errno = error;
    return high >= 0;
}

static enum err open_pipe(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_from_errno(errno);
    if (!lift(&ends[0]) || !lift(&ends[1]) ||
        fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0)
        return err_from_errno(errno);
    return ERR_OK;
}

static enum err open_socket(struct spawn *l)
{
    int ends[2], on = 1;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return err_from_errno(errno);
    l->here = ends[0];
    l->there = ends[1];
    if (!lift(&l->here) || !lift(&l->there) ||
        setsockopt(l->here, SOL_SOCKET, SO_PASSCRED, &on, sizeof on) != 0)
        return err_from_errno(errno);
    return ERR_OK;
}

static enum err open_files(struct spawn *l)
{
    enum err e = open_socket(l);
    if (e == ERR_OK)
        e = open_pipe(l->out);
    if (e == ERR_OK)
        e = open_pipe(l->err);
    if (e != ERR_OK)
        return e;
    l->null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (l->null < 0 || !lift(&l->null))
        return err_from_errno(errno);
    return ERR_OK;
}

static bool same_name(const char *a, const char *b)
{
    size_t n = strcspn(a, "=");
    return strncmp(a, b, n) == 0 && (b[n] == '=' || b[n] == '\0');
}

static bool is_changed(const char *entry, const char *const *changes)
{
    for (; changes && *changes; changes++)
        if (same_name(entry, *changes))
            return true;
    return false;
}

static void merge_env(struct strv *env, const char *const *changes)
{
    for (char **e = environ; e && *e; e++)
        if (!is_changed(*e, changes))
            strv_add(env, *e);
    for (; changes && *changes; changes++)
        if (strchr(*changes, '='))
            strv_add(env, *changes);
    if (env->n == 0) {
        strv_add(env, "");
        free(env->v[--env->n]);
        env->v[0] = NULL;
    }
}

/* A name with a '/' is for exec to judge, in the child's own folder; a find in
 * a relative part of $PATH must not change its meaning there. */
static char *find_program(const char *name)
{
    if (strchr(name, '/'))
        return str_dup(name);
    char *found = fs_which(name);
    if (!found || found[0] == '/')
        return found;
    char *cwd = fs_real(".");
    char *absolute = cwd ? fs_join(cwd, found) : NULL;
    free(cwd);
    free(found);
    return absolute;
}

enum err spawn_init(struct spawn *l, const struct proc_spec *spec,
                    enum proc_ladder ladder)
{
    *l = (struct spawn){
        .ladder = ladder,
        .argv = spec->argv,
        .cwd = spec->cwd,
        .no_aslr = spec->no_aslr,
        .here = -1,
        .there = -1,
        .out = {-1, -1},
        .err = {-1, -1},
        .null = -1,
        .cgroup = CGROUP_NONE,
    };
    l->path = find_program(spec->argv[0]);
    if (!l->path)
        return ERR_NOENT;
    merge_env(&l->env, spec->env);
    snprintf(l->uid_map, sizeof l->uid_map, "%u %u 1", geteuid(), geteuid());
    snprintf(l->gid_map, sizeof l->gid_map, "%u %u 1", getegid(), getegid());
    enum err e = open_files(l);
    if (e == ERR_OK && ladder == PROC_LADDER_CGROUP)
        e = cgroup_new(&l->cgroup);
    return e;
}

/* No exit signal: a SIGCHLD handler or a wait(-1) of the program that uses
 * this library never gets to see a supervisor. */
static long clone_supervisor(struct spawn *l)
{
    if (l->ladder != PROC_LADDER_PIDNS)
        return RAW(clone, 0L, 0L, 0L, 0L, 0L);
    long flags = CLONE_NEWPID | CLONE_NEWNS;
    long pid = RAW(clone, flags, 0L, 0L, 0L, 0L);
    if (pid >= 0 || errno != EPERM)
        return pid;
    l->new_user = true;
    return RAW(clone, flags | CLONE_NEWUSER, 0L, 0L, 0L, 0L);
}

enum err spawn_start(struct spawn *l)
{
    /* With a signal let in, a handler of the caller would run in the copy. */
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    long pid = clone_supervisor(l);
    if (pid == 0)
        supervisor_main(l);
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (pid < 0)
        return l->ladder == PROC_LADDER_PIDNS ? ERR_UNSUPPORTED
                                              : err_from_errno(error);
    l->supervisor = (pid_t)pid;
    close_fd(&l->there);
    close_fd(&l->out[1]);
    close_fd(&l->err[1]);
    close_fd(&l->null);
    return ERR_OK;
}

void spawn_fini(struct spawn *l)
{
    close_fd(&l->here);
    close_fd(&l->there);
    for (int i = 0; i < 2; i++) {
        close_fd(&l->out[i]);
        close_fd(&l->err[i]);
    }
    close_fd(&l->null);
    cgroup_free(&l->cgroup);
    strv_fini(&l->env);
    free(l->path);
}
