/* lockstep check: a program of the user's own, built for each detector.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/own.h"

static int run(int argc, char **argv)
{
    return own_main(argc, argv, true);
}

const struct command command_check = {
    .name = "check",
    .summary = "build a program of your own for each detector, and run it",
    .run = run,
};
