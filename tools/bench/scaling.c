/* Serial fractions and break-even sizes.
 * SPDX-License-Identifier: MIT */
#include "bench/scaling.h"

#include <assert.h>
#include <math.h>

double scaling_serial_fraction(double speedup, int threads)
{
    assert(threads > 1 && speedup > 0);
    double share = 1.0 / threads;
    return (1 / speedup - share) / (1 - share);
}

size_t scaling_break_even(const struct scaling_point *p, size_t n)
{
    size_t from = n;
    while (from > 0 && p[from - 1].interval.low > 1)
        from--;
    return from;
}

double scaling_crossing(const struct scaling_point *a,
                        const struct scaling_point *b)
{
    if (a->speedup > 1 || b->speedup <= 1)
        return 0;
    double below = -log(a->speedup), over = log(b->speedup);
    double way = below / (below + over);
    return exp(log(a->size) + way * (log(b->size) - log(a->size)));
}
