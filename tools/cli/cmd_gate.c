/* lockstep gate: red when what is measured differs from what is recorded.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/run_matrix.h"

static int run(int argc, char **argv)
{
    return run_matrix(argc, argv,
                      "Run cases under detectors and compare with the record."
                      "\vExit code 0: every bug is flagged as recorded, every "
                      "fix is clean, every detector is alive. 1: something "
                      "differs. 3: a detector is broken, or missing though "
                      "required.",
                      true);
}

const struct command command_gate = {
    .name = "gate",
    .summary = "run, then fail where the result differs from the record",
    .run = run,
};
