/* Golden reports: a timer's handler that allocates and one that spoils errno.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t seen;
static void *volatile block;

static void handler(int number)
{
    (void)number;
    block = malloc(10);
    free(block);
    errno = EIO;
    seen = 1;
}

int main(void)
{
    struct itimerval timer = {.it_value = {.tv_usec = 10000}};
    signal(SIGALRM, handler);
    setitimer(ITIMER_REAL, &timer, NULL);
    while (!seen)
        usleep(1000);
    return 0;
}
