/* The words and accesses with which waits are told.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_TELLING_H
#define LOCKSTEP_DETECTORS_SUPPORT_TELLING_H

#include "base/buf.h"
#include "detectors/support/wait_graph.h"
#include "model/finding.h"

/* "thread 2", or "thread 2 of process 1" when there are several. */
void tell_thread(const struct wait_graph *g, size_t node, struct buf *out);

/* "thread 1 waits at queue.c:31 for `lock`". */
void tell_wait(const struct wait_graph *g, size_t node, struct buf *out);

/* ", held by thread 2 since queue.c:20", or nothing where no lock is held. */
void tell_holder(const struct wait_graph *g, size_t node,
                 const struct graph_edge *e, struct buf *out);

/* Adds the node's stack under that role. */
void tell_access(const struct wait_graph *g, size_t node, enum role role,
                 struct findings *findings);

/* Adds where the lock that `node` waits for along e was taken, if known. */
void tell_acquisition(const struct wait_graph *g, size_t node,
                      const struct graph_edge *e, struct findings *findings);

#endif
