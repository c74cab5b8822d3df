/* Why a program that is blocked for ever is blocked: findings from its
 * wait-for graph.
 *
 * - A cycle of threads is a deadlock; so is a wait for a lock whose holder has
 *   ended, and a wait on a condition, semaphore or barrier by a thread that
 *   meanwhile holds a lock which others wait for.
 * - Otherwise, when no thread runs, the waits on conditions, semaphores,
 *   barriers and signals are lost wake-ups: one finding for each place.
 * - Otherwise whatever waits is told as a deadlock.
 *
 * Accesses: ROLE_WAITS where a thread is blocked, ROLE_HOLDS where a lock was
 * taken (when the recorder was preloaded), ROLE_CREATED for threads that only
 * wait for those. Threads are called "thread 2 (consumer)".
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_VERDICT_H
#define LOCKSTEP_DETECTORS_SUPPORT_VERDICT_H

#include "detectors/support/wait_graph.h"
#include "model/finding.h"

/* Adds findings by the detector named. Sets g's in_cycle marks. */
void verdict_of(struct wait_graph *g, const char *detector,
                struct findings *out);

#endif
