/* Splits what time is left.
 * SPDX-License-Identifier: MIT */
#include "bench/budget.h"

#include <string.h>

size_t budget_choose(const struct bench_report *r, const bool *wanted,
                     double left, bool *active)
{
    const struct bench_works *works = &r->works;
    double sum = 0;
    size_t n = 0;
    memcpy(active, wanted, works->n * sizeof *active);
    for (size_t i = 0; i < works->n; i++) {
        n += active[i];
        sum += active[i] ? works->v[i].cost : 0;
    }
    while (n > 0 && sum > left) {
        size_t dearest = works->n;
        for (size_t i = 0; i < works->n; i++)
            if (active[i] && (dearest == works->n ||
                              works->v[i].cost > works->v[dearest].cost))
                dearest = i;
        active[dearest] = false;
        sum -= works->v[dearest].cost;
        n--;
    }
    return n;
}
