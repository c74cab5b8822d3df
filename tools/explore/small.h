/* The schedule of a bug, made simple.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SMALL_H
#define LOCKSTEP_EXPLORE_SMALL_H

#include "explore/session.h"
#include "explore/trace.h"

/* Looks for the simplest schedule that shows the bug b of m, which spec ran:
 * what was found is tried with less of it (search/minimise.h), and unless the
 * bug ends the execution where it shows, schedules with fewer preemptions are
 * looked for, too. Bounded by executions and steps: it does the same every
 * time. True when there is one: its trace, and its preemptions. */
bool small_schedule(const struct shared *m, const struct bug *b,
                    const struct session_spec *spec, struct trace *out,
                    unsigned *preemptions);

#endif
