/* The one request to end all runs of this process.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_CANCEL_H
#define LOCKSTEP_OS_CANCEL_H

/* A descriptor that is readable once proc_cancel was called; -1 when it could
 * not be made. Not to be closed. */
int cancel_fd(void);

#endif
