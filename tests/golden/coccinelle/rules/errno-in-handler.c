/* errno is not put back.
 * SPDX-License-Identifier: MIT */
#include <signal.h>
#include <unistd.h>

static int fd;

static void on_alarm(int n)
{
    char key;
    (void)n;
    read(fd, &key, 1); /* HIT */
}

void install(void)
{
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);
}
