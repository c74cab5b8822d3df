/* Canary: a signal's handler sets a flag. A detector must say nothing.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <signal.h>

static volatile sig_atomic_t seen;

static void on_signal(int number)
{
    seen = number;
}

int main(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    CASE_CHECK(sigaction(SIGUSR1, &action, NULL));
    CASE_CHECK(raise(SIGUSR1));
    return case_end(seen == SIGUSR1, "signal %d was seen", (int)seen);
}
