/* Which lines of two texts are the same.
 * SPDX-License-Identifier: MIT */
#include "formats/support/line_diff.h"

#include <string.h>

/* Comparisons at most, and entries of the table. */
#define MOST ((size_t)4 << 20)

static bool same(const struct source *a, size_t i, const struct source *b,
                 size_t j)
{
    size_t n = 0, m = 0;
    const char *s = source_line(a, (int)i + 1, &n);
    const char *t = source_line(b, (int)j + 1, &m);
    return n == m && memcmp(s, t, n) == 0;
}

/* How long the longest common subsequence of the lines from i and from j on is,
 * at [i * (m + 1) + j]. */
static unsigned *common(const struct source *a, const struct source *b,
                        size_t n, size_t m)
{
    unsigned *l = mem_new((n + 1) * (m + 1), sizeof *l);
    for (size_t i = n; i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            unsigned down = l[(i + 1) * (m + 1) + j];
            unsigned right = l[i * (m + 1) + j + 1];
            l[i * (m + 1) + j] = same(a, i, b, j)
                                     ? l[(i + 1) * (m + 1) + j + 1] + 1
                                 : down > right ? down
                                                : right;
        }
    return l;
}

static void pair(struct line_pairs *out, size_t left, size_t right, bool same)
{
    vec_push(out, ((struct line_pair){(int)left, (int)right, same}));
}

/* Lines [i, to_i) and [j, to_j) that differ, beside each other. */
static void pair_block(struct line_pairs *out, size_t i, size_t to_i, size_t j,
                       size_t to_j)
{
    for (; i < to_i || j < to_j; i++, j++)
        pair(out, i < to_i ? i + 1 : 0, j < to_j ? j + 1 : 0, false);
}

static void walk(const unsigned *l, const struct source *a,
                 const struct source *b, struct line_pairs *out)
{
    size_t n = a->starts.n, m = b->starts.n;
    size_t i = 0, j = 0, from_i = 0, from_j = 0;
    while (i < n && j < m) {
        unsigned here = l[i * (m + 1) + j];
        if (same(a, i, b, j)) {
            pair_block(out, from_i, i, from_j, j);
            pair(out, ++i, ++j, true);
            from_i = i;
            from_j = j;
        } else if (l[(i + 1) * (m + 1) + j] == here) {
            i++;
        } else {
            j++;
        }
    }
    pair_block(out, from_i, n, from_j, m);
}

void line_diff(const struct source *left, const struct source *right,
               struct line_pairs *out)
{
    size_t n = left->starts.n, m = right->starts.n;
    if ((n + 1) * (m + 1) > MOST) {
        pair_block(out, 0, n, 0, m);
        return;
    }
    unsigned *l = common(left, right, n, m);
    walk(l, left, right, out);
    free(l);
}
