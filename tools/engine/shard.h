/* Parts of a plan, for several computers. Internal to the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_SHARD_H
#define LOCKSTEP_ENGINE_SHARD_H

#include "model/report.h"

/* A hash of the results that are planned: of the cells, in their order, and the
 * texts of their cases. The same on each computer. Caller frees. */
char *shard_plan(const struct results *l, unsigned repeat);

/* Leaves the results of part `shard` (from 1) of so many. Each is in one part;
 * which, its content decides; the parts have as many cells of each detector,
 * but for one. */
void shard_keep(struct results *l, unsigned shard, unsigned shards);

#endif
