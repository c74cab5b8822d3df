/* Prints in a handler, and in what it calls; then writes a flag.
 * SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static volatile sig_atomic_t seen;

static void say(void)
{
    free(malloc(1)); /* HIT */
}

static void on_alarm(int n)
{
    printf("%d\n", n); /* HIT */
    say();
}

static void on_hup(int n)
{
    seen = n;
}

void install(void)
{
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);
    signal(SIGHUP, on_hup);
    printf("installed\n");
}
