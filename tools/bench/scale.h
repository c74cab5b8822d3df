/* An axis as figures: how they become places, where its ticks are, how figures
 * are written.
 *
 * Ticks are at 1, 2 and 5 times a power of ten (Heckbert, Nice Numbers for
 * Graph Labels, Graphics Gems, 1990); a long logarithmic axis has them at the
 * powers, or at some.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_SCALE_H
#define LOCKSTEP_BENCH_SCALE_H

#include "base/vec.h"

#include <stdbool.h>

/* From from, drawn at start, to to, drawn at end: from < to; a logarithmic one
 * has from > 0. */
struct scale {
    bool log;
    double from, to;
    double start, end; /* pixels */
};

/* Whether an axis can show v: finite, of sane size, and > 0 if logarithmic. */
bool scale_shows(bool log, double v);

/* Spans low to high, both of which can be shown, low <= high; wider where they
 * are equal. */
void scale_span(struct scale *s, bool log, double low, double high);

/* The same from tick to tick, and from 0 if linear. */
void scale_span_nice(struct scale *s, bool log, double low, double high);

/* The pixel of v; the nearer end for what lies outside or cannot be shown. */
double scale_at(const struct scale *s, double v);

struct tick {
    double value;
    char *label; /* owned */
};

VEC_TYPE(ticks, struct tick);

/* Adds at least two ticks and about `most`, ascending. */
void scale_ticks(const struct scale *s, size_t most, struct ticks *out);
/* Adds those of the n given values that lie on the axis, ascending as given. */
void scale_ticks_at(const struct scale *s, const double *v, size_t n,
                    struct ticks *out);
void ticks_fini(struct ticks *l);

/* v for people, owned by the caller: three significant digits ("0.500", "12.3",
 * "1234", "4.00x10^9" with real superscripts), and a whole number as itself. */
char *scale_figure(double v);
char *scale_whole(double v);

#endif
