/* Which process holds the other end of a pipe.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_PIPES_H
#define LOCKSTEP_DETECTORS_SUPPORT_PIPES_H

#include <stdbool.h>
#include <sys/types.h>

/* Whether `other` has open for writing (else for reading) the pipe that
 * process pid has as descriptor fd. False for what is no pipe. */
bool pipes_has_end(pid_t pid, int fd, pid_t other, bool for_writing);

#endif
