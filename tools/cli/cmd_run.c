/* lockstep run: the matrix, and what was found; or a program of the user's own.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/own.h"
#include "cli/run_matrix.h"

static int run(int argc, char **argv)
{
    if (own_is_meant(argc, argv))
        return own_main(argc, argv, false);
    return run_matrix(argc, argv,
                      "Run cases under detectors and print who saw what."
                      "\vWithout CASE, all of the corpus is run. With `-- "
                      "PROGRAM ARGS`, a program of your own; `lockstep run "
                      "--help --` tells the options of that.",
                      false);
}

const struct command command_run = {
    .name = "run",
    .summary =
        "run cases under detectors; print the matrix, findings and score",
    .run = run,
};
