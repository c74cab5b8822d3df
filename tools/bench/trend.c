/* Mann and Kendall's test, and outliers.
 * SPDX-License-Identifier: MIT */
#include "bench/trend.h"

#include "base/mem.h"
#include "bench/stats.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static long statistic(const double *v, size_t n)
{
    long s = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            s += stats_compare(&v[k], &v[i]);
    return s;
}

static double pairs_term(double n)
{
    return n * (n - 1) * (2 * n + 5);
}

/* The variance of s without a trend; each group of equal values lowers it. */
static double variance(const double *v, size_t n, bool *ties)
{
    double *copy = mem_new(n, sizeof *copy);
    double sum = pairs_term((double)n);
    memcpy(copy, v, n * sizeof *copy);
    qsort(copy, n, sizeof *copy, stats_compare);
    *ties = false;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && copy[i] == copy[end];)
            end++;
        sum -= pairs_term((double)(end - i));
        *ties |= end - i > 1;
    }
    free(copy);
    return sum / 18;
}

/* P(S >= s) over all orders of n different values, s > 0. An order with k
 * inversions has S = n (n - 1) / 2 - 2 k; the orders of m + 1 values with k
 * inversions are those of m values with k - m to k. */
static double exact_tail(size_t n, long s)
{
    size_t most = n * (n - 1) / 2;
    size_t below = (most - (size_t)s) / 2; /* inversions, at most */
    double *share = mem_new(most + 1, sizeof *share);
    double *next = mem_new(most + 1, sizeof *next);
    double tail = 0;
    share[0] = 1;
    for (size_t m = 1; m < n; m++) {
        memset(next, 0, (most + 1) * sizeof *next);
        for (size_t k = 0; k <= most; k++)
            for (size_t i = 0; i <= m && i <= k; i++)
                next[k] += share[k - i] / (double)(m + 1);
        memcpy(share, next, (most + 1) * sizeof *share);
    }
    for (size_t k = 0; k <= below; k++)
        tail += share[k];
    free(next);
    free(share);
    return tail;
}

static double two_sided(const struct trend *t, size_t n, bool ties)
{
    if (t->s == 0)
        return 1;
    double p = ties || n > TREND_EXACT ? erfc(fabs(t->z) / sqrt(2))
                                       : 2 * exact_tail(n, labs(t->s));
    return fmin(p, 1);
}

struct trend trend_test(const double *v, size_t n)
{
    assert(n > 1);
    bool ties;
    struct trend t = {.s = statistic(v, n)};
    double deviation = sqrt(variance(v, n, &ties));
    if (t.s != 0)
        t.z = (double)(t.s > 0 ? t.s - 1 : t.s + 1) / deviation;
    t.p = two_sided(&t, n, ties);
    t.change = stats_median(v + n - n / 2, n / 2) / stats_median(v, n / 2) - 1;
    return t;
}

size_t trend_outliers(const double *v, size_t n)
{
    double median = stats_median(v, n), mad = stats_mad(v, n);
    size_t count = 0;
    for (size_t i = 0; i < n && mad > 0; i++)
        count += 0.6745 * fabs(v[i] - median) / mad > OUTLIER_SCORE;
    return count;
}
