/* How the series of a chart differ without colour: twelve shapes, filled or
 * hollow, and four kinds of line.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_MARK_H
#define LOCKSTEP_BENCH_MARK_H

#include "base/buf.h"

#include <stdbool.h>

#define MARK_SHAPES 12
#define MARK_RADIUS 5.0

/* Number `mark` modulo what there is. The text under the pointer, plain,
 * may be NULL. */
void mark_draw(struct buf *out, unsigned mark, bool hollow, double x, double y,
               const char *told);

/* The dashes of the line of mark, with a blank before: " stroke-dasharray=..."
 * or nothing. References have dashes of their own. */
const char *mark_dashes(unsigned mark);
const char *mark_reference_dashes(unsigned number);

/* An interval: a line up and down to (x, low) and (x, high), with ends; or, if
 * across, from (low, x) to (high, x). */
void mark_interval(struct buf *out, double x, double low, double high,
                   bool across, const char *classes);

#endif
