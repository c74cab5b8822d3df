/* What a picture shows, in words: for its description and its points.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_STORY_H
#define LOCKSTEP_BENCH_STORY_H

#include "base/buf.h"
#include "bench/chart.h"

/* "Time per element (ns)"; owned by the caller. */
char *story_axis(const struct chart_axis *a);

/* "1.23 ns (1.20 to 1.26)". */
void story_figure(struct buf *out, const struct chart_axis *a, double value,
                  double low, double high);

/* "pthread, gcc: Threads 2, Speed-up 1.95 (1.92 to 1.97)"; owned. */
char *story_point(const struct chart *c, const struct chart_series *s,
                  const struct chart_point *p);

/* There is an interval, and it can be told. */
bool story_interval(double low, double high);

/* All that is drawn. */
void story_chart(struct buf *out, const struct chart *c);
void story_bars(struct buf *out, const struct bar_chart *c);

#endif
