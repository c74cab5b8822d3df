/* Statistics of few, skewed samples: robust numbers and bootstrap intervals.
 *
 * Times have outliers on one side, so the centre is the median and the spread
 * the median absolute deviation. Intervals are percentile bootstrap intervals
 * (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13): the
 * 2.5 % and 97.5 % quantiles of the statistic over STATS_RESAMPLES samples of
 * the same size drawn with replacement. For n <= 6 that is nearly the range.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_STATS_H
#define LOCKSTEP_BENCH_STATS_H

#include <stddef.h>
#include <stdint.h>

#define STATS_RESAMPLES 2000

/* SplitMix64 (Steele, Lea & Flood, Fast Splittable Pseudorandom Number
 * Generators, OOPSLA 2014): any seed is good, the same seed repeats. */
struct stats_random {
    uint64_t state;
};

uint64_t stats_random(struct stats_random *r);

/* Uniform in [0, n), n > 0, without bias (Lemire, Fast Random Integer
 * Generation in an Interval, ACM TOMACS 2019). */
uint64_t stats_random_below(struct stats_random *r, uint64_t n);

struct stats_interval {
    double low, high;
};

/* The order of two doubles, for qsort. */
int stats_compare(const void *a, const void *b);

/* All take n > 0 finite values in any order and leave them alone. */
double stats_median(const double *v, size_t n);

/* The median of |v - median|, unscaled: multiply by 1.4826 to estimate the
 * standard deviation of a normal distribution. */
double stats_mad(const double *v, size_t n);

/* The quantile p in [0, 1]: type 7 of Hyndman & Fan, Sample Quantiles in
 * Statistical Packages, The American Statistician 1996 (R's default). */
double stats_quantile(const double *v, size_t n, double p);

/* Fills out with the medians of count resamples of v. */
void stats_resample_medians(struct stats_random *r, const double *v, size_t n,
                            double *out, size_t count);

/* 95 % intervals of median(v), and of median(a) / median(b) for samples that
 * are independent of each other; values of b are positive. */
struct stats_interval stats_median_interval(uint64_t seed, const double *v,
                                            size_t n);
struct stats_interval stats_ratio_interval(uint64_t seed, const double *a,
                                           size_t na, const double *b,
                                           size_t nb);

/* Puts v[0..n) into a random order (Fisher & Yates). */
void stats_shuffle(struct stats_random *r, size_t *v, size_t n);

#endif
