/* Whether what a process has open can be moved by someone outside its tree.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_WAIT_FILE_H
#define LOCKSTEP_OS_WAIT_FILE_H

#include <stdbool.h>
#include <sys/types.h>

/* A pipe that the caller does not hold, an eventfd, an epoll, a Unix socket. */
bool wait_file_is_inside(pid_t pid, int fd);

/* Whether this is true of all that pid has open beyond 0, 1 and 2, leaving out
 * what never wakes anyone, such as plain files. */
bool wait_files_are_inside(pid_t pid);

#endif
