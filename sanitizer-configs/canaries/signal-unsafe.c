/* Canary: a signal's handler prints. What knows handlers must tell.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <signal.h>

static void on_signal(int number)
{
    printf("signal %d\n", number); /* @site print */
}

int main(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    CASE_CHECK(sigaction(SIGUSR1, &action, NULL));
    CASE_CHECK(raise(SIGUSR1));
    return case_end(true, "printed");
}
