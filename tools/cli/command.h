/* A verb of the command line: one const struct at the top of cmd_<verb>.c,
 * named command_<verb>; the build finds it by that file name.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_COMMAND_H
#define LOCKSTEP_CLI_COMMAND_H

/* Exit codes of every verb. */
enum exit_code {
    EXIT_PASSED = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,      /* bad command line or manifest */
    EXIT_INCOMPLETE = 3, /* a detector broken or missing, or no space left */
    EXIT_SKIPPED = 77,   /* nothing could be run */
};

struct command {
    const char *name;
    const char *summary; /* one line for `lockstep --help` */

    /* argv[0] is "lockstep NAME"; parses its own options (argp) and returns
     * an exit code. */
    int (*run)(int argc, char **argv);
};

/* All verbs, by name; ends with NULL. */
extern const struct command *const commands[];

#endif
