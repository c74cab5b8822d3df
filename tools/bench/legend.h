/* The legend of a chart: below it, in as many columns as fit, so that it never
 * lies over the data.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_LEGEND_H
#define LOCKSTEP_BENCH_LEGEND_H

#include "bench/chart.h"
#include "bench/page.h"

/* Draws it at p->y, the references first. joined: lines join the points. */
void legend_draw(struct page *p, const struct chart *c, bool joined);

#endif
