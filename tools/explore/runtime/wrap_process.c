/* Other processes are not explored: a program that makes one is told so and
 * goes no further, for a copy of a worker must not search.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/bug.h"
#include "explore/runtime/point.h"

#include <spawn.h>
#include <stdio.h>
#include <unistd.h>

static void refuse(const char *name)
{
    if (!active())
        return;
    doubt(DOUBT_UNMODELLED, name);
    state()->stop = true;
    point_end(SEARCH_ENDED_CAP);
}

/* All threads of the program are one to the kernel. */
pid_t __wrap_gettid(void);
pid_t __wrap_gettid(void)
{
    return getpid() + (active() ? (pid_t)state()->current->id : 0);
}

/* For the stubs of `lockstep cc`: comes back before main only. */
void lockstep_refused(const char *name) __attribute__((visibility("default")));
void lockstep_refused(const char *name)
{
    refuse(name);
}

pid_t __wrap_fork(void);
pid_t __wrap_fork(void)
{
    refuse("fork");
    return fork();
}

pid_t __wrap__Fork(void);
pid_t __wrap__Fork(void)
{
    refuse("_Fork");
    return -1;
}

pid_t __wrap_vfork(void);
pid_t __wrap_vfork(void)
{
    refuse("vfork");
    return -1;
}

int __wrap_clone(int (*run)(void *), void *stack, int flags, void *arg, ...);
int __wrap_clone(int (*run)(void *), void *stack, int flags, void *arg, ...)
{
    (void)run;
    (void)stack;
    (void)flags;
    (void)arg;
    refuse("clone");
    return -1;
}

int __wrap_system(const char *command);
int __wrap_system(const char *command)
{
    (void)command;
    refuse("system");
    return -1;
}

FILE *__wrap_popen(const char *command, const char *mode);
FILE *__wrap_popen(const char *command, const char *mode)
{
    (void)command;
    (void)mode;
    refuse("popen");
    return NULL;
}

int __wrap_execve(const char *path, char *const *argv, char *const *env);
int __wrap_execve(const char *path, char *const *argv, char *const *env)
{
    refuse("execve");
    return execve(path, argv, env);
}

int __wrap_execv(const char *path, char *const *argv);
int __wrap_execv(const char *path, char *const *argv)
{
    refuse("execv");
    return execv(path, argv);
}

int __wrap_execvp(const char *path, char *const *argv);
int __wrap_execvp(const char *path, char *const *argv)
{
    refuse("execvp");
    return execvp(path, argv);
}

int __wrap_posix_spawn(pid_t *pid, const char *path,
                       const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attr, char *const *argv,
                       char *const *env);
int __wrap_posix_spawn(pid_t *pid, const char *path,
                       const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attr, char *const *argv,
                       char *const *env)
{
    refuse("posix_spawn");
    return posix_spawn(pid, path, actions, attr, argv, env);
}

int __wrap_posix_spawnp(pid_t *pid, const char *path,
                        const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attr, char *const *argv,
                        char *const *env);
int __wrap_posix_spawnp(pid_t *pid, const char *path,
                        const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attr, char *const *argv,
                        char *const *env)
{
    refuse("posix_spawnp");
    return posix_spawnp(pid, path, actions, attr, argv, env);
}
