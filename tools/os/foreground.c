/* A program that has the terminal to itself.
 * SPDX-License-Identifier: MIT */
#include "os/foreground.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

static int spawn(char *const *argv, pid_t *child)
{
    posix_spawnattr_t as_usual;
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    posix_spawnattr_init(&as_usual);
    posix_spawnattr_setflags(&as_usual, POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigdefault(&as_usual, &interrupt);
    int error = posix_spawnp(child, argv[0], NULL, &as_usual, argv, environ);
    posix_spawnattr_destroy(&as_usual);
    return error;
}

int foreground_run(char *const *argv)
{
    struct sigaction ignored = {.sa_handler = SIG_IGN}, before;
    int status = 0;
    pid_t child;
    sigaction(SIGINT, &ignored, &before);
    int error = spawn(argv, &child);
    while (error == 0 && waitpid(child, &status, 0) < 0)
        error = errno == EINTR ? 0 : errno;
    sigaction(SIGINT, &before, NULL);
    errno = error;
    if (error != 0)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
