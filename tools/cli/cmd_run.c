/* lockstep run: the matrix, and what was found.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/run_matrix.h"

static int run(int argc, char **argv)
{
    return run_matrix(argc, argv,
                      "Run cases under detectors and print who saw what."
                      "\vWithout CASE, all of the corpus is run.",
                      false);
}

const struct command command_run = {
    .name = "run",
    .summary =
        "run cases under detectors; print the matrix, findings and score",
    .run = run,
};
