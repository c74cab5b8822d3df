/* Whether a series of measurements drifts, and which of them stand apart.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_TREND_H
#define LOCKSTEP_BENCH_TREND_H

#include <stddef.h>

/* Mann and Kendall's test for a trend (Kendall, Rank Correlation Methods, 4th
 * ed. 1975; Gilbert, Statistical Methods for Environmental Pollution
 * Monitoring, 1987, ch. 16). */
struct trend {
    long s;        /* pairs that grow, less pairs that shrink */
    double z;      /* s, normal, with corrections for ties and continuity */
    double p;      /* two-sided, that chance alone gives as much: exact up to
                    * TREND_EXACT values without ties, else by z */
    double change; /* median of the later half over that of the earlier, - 1 */
};

#define TREND_EXACT 40

/* n > 1 values in the order of time; positive, for the change. */
struct trend trend_test(const double *v, size_t n);

/* How many values are outliers: more than OUTLIER_SCORE by the modified z-score
 * 0.6745 (x - median) / MAD (Iglewicz & Hoaglin, How to Detect and Handle
 * Outliers, 1993; they recommend 3.5). If more than half are equal, the MAD is
 * 0 and no value is called one. n > 0. */
#define OUTLIER_SCORE 3.5
size_t trend_outliers(const double *v, size_t n);

#endif
