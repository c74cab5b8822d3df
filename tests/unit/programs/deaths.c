/* Dies of what its argument names, in a function of that name.
 * SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *volatile nowhere;
static volatile int nought;

static void fault(void)
{
    *nowhere = 1; /* @site fault */
}

static void library(void)
{
    puts(nowhere); /* @site library */
}

static void divide(void)
{
    nought = 7 / nought; /* @site divide */
}

static void stop(void)
{
    abort(); /* @site stop */
}

static void sent(void)
{
    kill(getpid(), SIGSEGV); /* @site sent */
}

static void child(void)
{
    if (fork() == 0)
        fault();
    wait(NULL);
}

static void quit(int signal)
{
    (void)signal;
    _exit(3);
}

static void handled(void)
{
    signal(SIGSEGV, quit);
    fault();
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*die)(void);
    } ways[] = {{"fault", fault},    {"library", library}, {"divide", divide},
                {"stop", stop},      {"sent", sent},       {"child", child},
                {"handled", handled}};
    if (chdir("/") != 0)
        return 4;
    for (size_t i = 0; argc > 1 && i < sizeof ways / sizeof *ways; i++)
        if (strcmp(argv[1], ways[i].name) == 0)
            ways[i].die();
    return 0;
}
