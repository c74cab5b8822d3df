/* A program of ours that serves while others run.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_SERVICE_H
#define LOCKSTEP_OS_SERVICE_H

#include "base/err.h"

#include <sys/types.h>

/* The service must end when its stdin is closed: so it does when we die. It has
 * a process group of its own, out of reach of the terminal's ^C. */
struct service {
    pid_t pid;
    int in, out; /* pipes to its stdin and from its stdout */
};

/* Starts argv, argv[0] as for execvp, and waits at most `patience` seconds for
 * the first line it prints; *line is that line without its end, owned by the
 * caller. ERR_CANCELLED after proc_cancel; ERR_INVALID when there is no line:
 * it ended, or was too slow, and is gone. Else service_stop is owed. */
enum err service_start(const char *const *argv, double patience,
                       struct service *out, char **line);

/* CPU seconds that it has used until now. */
double service_cpu(const struct service *s);

/* Closes its stdin, waits for a second, and kills what is left. */
void service_stop(struct service *s);

#endif
