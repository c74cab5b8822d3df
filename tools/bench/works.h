/* What is computed, and what it fetches from a server.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_WORKS_H
#define LOCKSTEP_BENCH_WORKS_H

#include "bench/bench.h"

/* If any of r->works has paths: starts the server, writes a list of URLs into
 * dir for each of them, and adds "--urls FILE" to its arguments. With *served,
 * web_stop is owed. ERR_UNSUPPORTED, with a message, where the server is
 * not installed. */
enum err works_serve(const struct bench_options *o, struct bench_report *r,
                     const char *dir, struct web *server, bool *served,
                     struct diag *d);

#endif
