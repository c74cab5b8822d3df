/* The server's web site: HTTP/1.1 by libmicrohttpd, on one thread.
 *
 * An answer that is not due yet is a suspended connection and an entry of the
 * timers: it costs memory, but no thread and no look at it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_SERVER_SITE_H
#define LOCKSTEP_BENCH_SERVER_SITE_H

#include "base/err.h"
#include "bench/server/faults.h"
#include "bench/server/timers.h"

#include <microhttpd.h>

enum { SITE_PATTERN = 65536 };

struct site {
    double latency, jitter; /* seconds; jitter is added, uniform in [0, it] */
    double bandwidth; /* bytes per second of each answer; 0: all at once */
    struct faults faults;
    struct timers timers;
    struct MHD_Daemon *daemon;
    char pattern[SITE_PATTERN + 26]; /* of which the shorter bodies are part */
};

/* Listens on 127.0.0.1, at a port that the system chooses. The members above
 * `timers` are the caller's to set. ERR_IO if that cannot be. */
enum err site_open(struct site *s, int *port);

/* Becomes readable when site_run has something to do besides the timers. */
int site_fd(const struct site *s);

/* Does all that can be done without waiting. Returns when it next must be
 * called, whatever site_fd says, as of clock_now; negative: not before that. */
double site_run(struct site *s);

/* Drops all connections. */
void site_close(struct site *s);

#endif
