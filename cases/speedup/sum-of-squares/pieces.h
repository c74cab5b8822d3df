/* The work in pieces, for those who share it out.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_SUM_OF_SQUARES_PIECES_H
#define LOCKSTEP_SUM_OF_SQUARES_PIECES_H

#include "simd.h"

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
