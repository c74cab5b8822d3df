/* lockstep explore: looks for the schedule that fails.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/exploring.h"

static void told(const struct explored *e, void *arg)
{
    bool *bug = arg;
    *bug = *bug || e->verdict == EXPLORED_BUG;
}

static int run(int argc, char **argv)
{
    struct exploring x = {0};
    bool bug = false;
    exploring_parse(&x, argc, argv,
                    "Try the schedules of a program that `lockstep cc` built, "
                    "or of a case, until one fails or all are tried."
                    "\vIt decides which thread goes on at each operation. Exit "
                    "code 1: a bug was found; its schedule is kept in a trace, "
                    "which `lockstep replay` shows again.",
                    10);
    int code = exploring_run(&x, "explore", told, &bug);
    exploring_fini(&x);
    return code ? code : bug ? EXIT_FAILED : EXIT_PASSED;
}

const struct command command_explore = {
    .name = "explore",
    .summary = "try the schedules of a program until one fails",
    .run = run,
};
