/* A program that has the terminal to itself.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_FOREGROUND_H
#define LOCKSTEP_OS_FOREGROUND_H

/* Runs argv, of which argv[0] is searched in $PATH unless it has a '/', with
 * our own input and output, and waits for it. Ctrl-C is for the program alone
 * meanwhile. Its exit code, 128 + n if signal n ended it, or -1 with errno when
 * it could not be started. Not for several threads at a time. */
int foreground_run(char *const *argv);

#endif
