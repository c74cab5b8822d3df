/* Rows of runs and results. Internal to the history; h->lock is held, and a
 * transaction open.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_HISTORY_ROWS_H
#define LOCKSTEP_HISTORY_ROWS_H

#include "history/history.h"

/* A new run with that head; fills in its number, state and, where they are not
 * known, began, version and host. */
enum err rows_enter(struct history *h, struct run_info *run,
                    const struct checkout *checkout, const struct buf *head);

enum err rows_put_checkout(struct history *h, long long run,
                           const struct checkout *c);

/* A new run without results, with the head of its report. */
enum err rows_enter_run(struct history *h, struct run_info *run,
                        struct report *report);

/* Deletes what no row refers to any more, and trims runs. */
enum err rows_trim(struct history *h, const struct history_limits *limits,
                   long long except);

#endif
