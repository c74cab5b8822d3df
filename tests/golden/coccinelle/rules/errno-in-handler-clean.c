/* errno is put back.
 * Rule: errno-in-handler
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <signal.h>
#include <unistd.h>

static int fd;

static void on_alarm(int n)
{
    int before = errno;
    char key;
    (void)n;
    read(fd, &key, 1);
    errno = before;
}

void install(void)
{
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);
}
