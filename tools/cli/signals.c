/* ^C and its kin end the children, not the report.
 * SPDX-License-Identifier: MIT */
#include "cli/signals.h"

#include "os/proc.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    caught = number;
    proc_cancel();
}

void signals_catch(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

int signals_exit_code(void)
{
    return 128 + (caught ? caught : SIGINT);
}
