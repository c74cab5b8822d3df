/* The work in pieces, for those who share it out.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_SUM_OF_SQUARES_PIECES_H
#define LOCKSTEP_SUM_OF_SQUARES_PIECES_H

#include "simd.h"

#include <stdatomic.h>

/* Elements that take some 15 microseconds: much longer than it takes to fetch
 * the next piece. */
#define PIECE (1UL << 19)

/* So many pieces for each thread make the wait for the last one short. */
#define MANY_PIECES 32

/* Piece k of n: with one task a slice of its range, else some of the tasks. */
static inline u128 work_piece(const struct work *w, unsigned long k,
                              unsigned long n)
{
    if (w->tasks == 1)
        return sum_of_squares_simd(kernel_cut(w->from, w->to, k, n),
                                   kernel_cut(w->from, w->to, k + 1, n));
    u128 sum = 0;
    unsigned long end = kernel_cut(0, w->tasks, k + 1, n);
    for (unsigned long x = kernel_cut(0, w->tasks, k, n); x < end; x++)
        sum += sum_of_squares_simd(w->from, w->to + x);
    return sum;
}

/* How many pieces there are for those who take one after the other; one for
 * each thread, if that would be few. */
static inline unsigned long work_pieces(const struct work *w)
{
    unsigned long threads = (unsigned long)w->threads;
    unsigned long n = (w->to - w->from) / PIECE;
    if (w->tasks > 1)
        n = w->tasks;
    else if (n < MANY_PIECES * threads)
        n = threads;
    return n;
}

/* The pieces below `end` that nobody has taken yet, one after the other. */
static inline u128 work_take(const struct work *w, atomic_ulong *next,
                             unsigned long end)
{
    unsigned long n = work_pieces(w), k;
    u128 sum = 0;
    while ((k = atomic_fetch_add(next, 1)) < end)
        sum += work_piece(w, k, n);
    return sum;
}

/* The pieces that others take too. The last `kept` ones, if there are many, the
 * caller keeps for itself: it works while the others end, and need not be woken
 * when they have. */
static inline unsigned long work_offered(const struct work *w,
                                         unsigned long kept)
{
    unsigned long n = work_pieces(w);
    return w->tasks == 1 && n > (unsigned long)w->threads ? n - kept : n;
}

/* The part of the caller: what it takes of those, and what it keeps. */
static inline u128 work_finish(const struct work *w, atomic_ulong *next,
                               unsigned long kept)
{
    unsigned long n = work_pieces(w), k = work_offered(w, kept);
    u128 sum = work_take(w, next, k);
    for (; k < n; k++)
        sum += work_piece(w, k, n);
    return sum;
}

/* What a thread has added up. No two share a cache line. */
struct part {
    _Alignas(64) u128 sum;
};

/* The work, and the part of each thread. */
struct shared {
    struct work w;
    struct part part[MAX_THREADS];
};

static inline u128 shared_sum(const struct shared *s)
{
    u128 sum = 0;
    for (int k = 0; k < s->w.threads; k++)
        sum += s->part[k].sum;
    return sum;
}

#endif
