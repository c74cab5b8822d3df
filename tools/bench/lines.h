/* The rows of a report as the series of a chart: one line for each variant by
 * each compiler.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_LINES_H
#define LOCKSTEP_BENCH_LINES_H

#include "bench/bench.h"
#include "bench/chart.h"

VEC_TYPE(chart_points, struct chart_point);
VEC_TYPE(chart_series_list, struct chart_series);
VEC_TYPE(places, double);

struct line {
    const char *variant, *compiler; /* of the report */
    char *name;                     /* owned */
    struct chart_points points;
};

/* Zero-initialise. */
struct lines {
    VEC(struct line) v;
    struct chart_series_list series; /* made by lines_finish */
    struct places x;                 /* distinct, ascending; the same */
    size_t fewest, most;             /* samples of a point */
};

/* Adds a point, whose samples are those of row, to the line of the row. */
void lines_add(struct lines *l, const struct bench_row *row,
               struct chart_point p);

/* Orders the points, names the lines (by the compiler too, where there is more
 * than one), and fills series and x. A variant has one mark, the second
 * compiler the hollow one; of one compiler the first 24 variants differ. */
void lines_finish(struct lines *l);

void lines_fini(struct lines *l);

#endif
