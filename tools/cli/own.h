/* What `run -- PROGRAM`, `check -- PROGRAM` share.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_OWN_H
#define LOCKSTEP_CLI_OWN_H

#include <stdbool.h>

/* Whether argv has a "--": a program of the user's own follows. */
bool own_is_meant(int argc, char **argv);

/* Parses argv, runs the program behind "--" and prints the report; the exit
 * code. With builds, it is built for each detector. */
int own_main(int argc, char **argv, bool builds);

#endif
