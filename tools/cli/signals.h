/* ^C and its kin end the children, not the report.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_SIGNALS_H
#define LOCKSTEP_CLI_SIGNALS_H

/* From now on SIGINT, SIGTERM and SIGHUP call proc_cancel. */
void signals_catch(void);

/* The exit code of an interrupted run: 128 + the signal that was caught. */
int signals_exit_code(void);

#endif
