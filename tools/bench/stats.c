/* Robust statistics and their bootstrap intervals.
 * SPDX-License-Identifier: MIT */
#include "bench/stats.h"

#include "base/mem.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

uint64_t stats_random(struct stats_random *r)
{
    uint64_t z = r->state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

uint64_t stats_random_below(struct stats_random *r, uint64_t n)
{
    assert(n > 0);
    /* The lowest -n mod n of the low halves would come up once too often. */
    unsigned __int128 m;
    do
        m = (unsigned __int128)stats_random(r) * n;
    while ((uint64_t)m < n && (uint64_t)m < -n % n);
    return (uint64_t)(m >> 64);
}

int stats_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double *sorted(const double *v, size_t n)
{
    assert(n > 0);
    double *copy = mem_new(n, sizeof *copy);
    memcpy(copy, v, n * sizeof *copy);
    qsort(copy, n, sizeof *copy, stats_compare);
    return copy;
}

static double sorted_quantile(const double *v, size_t n, double p)
{
    double at = p * (double)(n - 1);
    size_t below = (size_t)at;
    if (below + 1 >= n)
        return v[n - 1];
    return v[below] + (at - (double)below) * (v[below + 1] - v[below]);
}

double stats_quantile(const double *v, size_t n, double p)
{
    assert(p >= 0 && p <= 1);
    double *copy = sorted(v, n);
    double q = sorted_quantile(copy, n, p);
    free(copy);
    return q;
}

double stats_median(const double *v, size_t n)
{
    return stats_quantile(v, n, 0.5);
}

double stats_mad(const double *v, size_t n)
{
    double median = stats_median(v, n);
    double *off = mem_new(n, sizeof *off);
    for (size_t i = 0; i < n; i++)
        off[i] = fabs(v[i] - median);
    double mad = stats_median(off, n);
    free(off);
    return mad;
}

/* The value at the place `rank` (from 0) of the sample whose counts per value
 * of sorted v are in hits. */
static double value_at(const double *v, const unsigned *hits, size_t rank)
{
    size_t i = 0;
    for (size_t seen = hits[0]; seen <= rank; seen += hits[i])
        i++;
    return v[i];
}

void stats_resample_medians(struct stats_random *r, const double *v, size_t n,
                            double *out, size_t count)
{
    double *copy = sorted(v, n);
    unsigned *hits = mem_new(n, sizeof *hits);
    for (size_t k = 0; k < count; k++) {
        memset(hits, 0, n * sizeof *hits);
        for (size_t i = 0; i < n; i++)
            hits[stats_random_below(r, n)]++;
        out[k] =
            (value_at(copy, hits, (n - 1) / 2) + value_at(copy, hits, n / 2)) /
            2;
    }
    free(hits);
    free(copy);
}

static struct stats_interval middle(double *v, size_t n)
{
    qsort(v, n, sizeof *v, stats_compare);
    return (struct stats_interval){sorted_quantile(v, n, 0.025),
                                   sorted_quantile(v, n, 0.975)};
}

struct stats_interval stats_median_interval(uint64_t seed, const double *v,
                                            size_t n)
{
    struct stats_random r = {seed};
    double medians[STATS_RESAMPLES];
    stats_resample_medians(&r, v, n, medians, STATS_RESAMPLES);
    return middle(medians, STATS_RESAMPLES);
}

struct stats_interval stats_ratio_interval(uint64_t seed, const double *a,
                                           size_t na, const double *b,
                                           size_t nb)
{
    struct stats_random r = {seed};
    double above[STATS_RESAMPLES], below[STATS_RESAMPLES];
    stats_resample_medians(&r, a, na, above, STATS_RESAMPLES);
    stats_resample_medians(&r, b, nb, below, STATS_RESAMPLES);
    for (size_t i = 0; i < STATS_RESAMPLES; i++)
        above[i] /= below[i];
    return middle(above, STATS_RESAMPLES);
}

void stats_shuffle(struct stats_random *r, size_t *v, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = (size_t)stats_random_below(r, i);
        size_t kept = v[i - 1];
        v[i - 1] = v[j];
        v[j] = kept;
    }
}
