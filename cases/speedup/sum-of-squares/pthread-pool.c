/* Sums the squares with a pool of POSIX threads that stand ready: a slice for
 * each if they are small, else pieces for whoever comes first.
 * SPDX-License-Identifier: MIT */
#include "speedup/pool.h"

#include "pieces.h"

struct team {
    struct work w;
    struct pool pool;
    unsigned long pieces;
};

static void start(void *arg)
{
    struct team *t = arg;
    t->pieces = work_pieces(&t->w);
    pool_start(&t->pool, t->w.threads);
}

static u128 *part(struct team *t, int worker)
{
    return pool_result(&t->pool, worker);
}

static void add_slice(void *arg, int worker)
{
    struct team *t = arg;
    *part(t, worker) = work_piece(&t->w, (unsigned long)worker, t->pieces);
}

static void add_pieces(void *arg, long from, long to, int worker)
{
    struct team *t = arg;
    u128 sum = 0;
    for (long k = from; k < to; k++)
        sum += work_piece(&t->w, (unsigned long)k, t->pieces);
    *part(t, worker) += sum;
}

static u128 run(void *arg)
{
    struct team *t = arg;
    if (t->pieces == (unsigned long)t->w.threads) {
        pool_run(&t->pool, add_slice, t);
    } else {
        for (int k = 0; k < t->w.threads; k++)
            *part(t, k) = 0;
        pool_for(&t->pool, (long)t->pieces, 1, add_pieces, t);
    }
    u128 sum = 0;
    for (int k = 0; k < t->w.threads; k++)
        sum += *part(t, k);
    return sum;
}

static void stop(void *arg)
{
    pool_stop(&((struct team *)arg)->pool);
}

int main(int argc, char **argv)
{
    struct team t = {.w = work_arguments(argc, argv)};
    return work_run(&t.w, start, run, stop, &t);
}
