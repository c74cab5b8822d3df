/* Charts as SVG: series of points over two axes, and bars.
 *
 * Every picture stands by itself: no script, no font, nothing to fetch. It can
 * be read in black and white (series differ by shape and dash, bars have their
 * names beside them), on a screen of 400 pixels, in light and in dark, and by
 * a screen reader, for which all figures stand in its description.
 *
 * Text may be any bytes. Figures that an axis cannot show (NaN, infinite,
 * nothing or less on a logarithmic one) are left out.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_CHART_H
#define LOCKSTEP_BENCH_CHART_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* All of it is borrowed, here and below. */
struct chart_axis {
    const char *label; /* "Time per element" */
    const char *unit;  /* "ns"; NULL: a number, or a ratio */
    bool log;
    const double *ticks; /* where they are wanted, ascending; */
    size_t n_ticks;      /* 0: at nice figures */
};

/* low < high is the interval around y; else there is none. */
struct chart_point {
    double x, y, low, high;
};

struct chart_series {
    const char *name;
    unsigned mark; /* which shape, dash and colour (bench/mark.h); */
    bool hollow;   /* twice as many, and for the other one of a pair */
    const struct chart_point *points; /* ascending by x */
    size_t n;
};

/* What the series are held against: a line without marks. */
struct chart_reference {
    const char *name;
    const struct chart_point *points;
    size_t n;
};

struct chart {
    const char *title;
    struct chart_axis x, y; /* y begins at 0 unless logarithmic */
    const struct chart_series *series;
    size_t n_series;
    const struct chart_reference *references;
    size_t n_references;
    /* Points of the same x stand side by side, in the order of the series, so
     * that equal ones can be told apart; a reference is level there, and has
     * its points at x where the series have theirs. */
    bool beside;
    const char *footnote; /* what the figures come from; may be NULL */
};

/* Writes the chart and flushes. ERR_INVALID, and nothing written, if no point
 * of any series can be shown; otherwise what writing to out met with. */
enum err chart_write(const struct chart *c, FILE *out);

struct bar {
    const char *name;
    unsigned color;
    double value, low, high; /* low < high is the interval */
};

struct bar_group {
    const char *name;
    const struct bar *bars;
    size_t n;
};

/* Lying bars from zero; on a logarithmic axis, which has none, marks. */
struct bar_chart {
    const char *title;
    struct chart_axis axis;
    const struct bar_group *groups;
    size_t n;
    const char *footnote;
};

/* As chart_write. */
enum err bar_chart_write(const struct bar_chart *c, FILE *out);

#endif
