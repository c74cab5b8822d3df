/* lockstep verify: tries all schedules, or says why not.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/exploring.h"

static void told(const struct explored *e, void *arg)
{
    int *code = arg;
    if (e->verdict == EXPLORED_BUG)
        *code = EXIT_FAILED;
    else if (e->verdict != EXPLORED_VERIFIED && *code == EXIT_PASSED)
        *code = EXIT_INCOMPLETE;
}

static int run(int argc, char **argv)
{
    struct exploring x = {0};
    int result = EXIT_PASSED;
    exploring_parse(&x, argc, argv,
                    "Try all schedules of a program that `lockstep cc` built, "
                    "or of a case."
                    "\vExit code 0: VERIFIED, no schedule fails, under the "
                    "terms that are printed; 1: a bug was found; 3: neither, "
                    "for the reasons that are printed.",
                    60);
    x.explore.config.random = x.explore.config.pct = 0;
    int code = exploring_run(&x, "verify", told, &result);
    exploring_fini(&x);
    return code ? code : result;
}

const struct command command_verify = {
    .name = "verify",
    .summary = "try all schedules of a program, or say why not",
    .run = run,
};
