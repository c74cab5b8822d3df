/* Sums the squares with a pool of POSIX threads that stand ready: a slice for
 * each if they are small, else pieces for whoever comes first.
 * SPDX-License-Identifier: MIT */
#include "speedup/pool.h"

#include "pieces.h"

struct team {
    struct shared s;
    struct pool pool;
    unsigned long pieces;
};

static void start(void *arg)
{
    struct team *t = arg;
    t->pieces = work_pieces(&t->s.w);
    pool_start(&t->pool, t->s.w.threads);
}

static void add_slice(void *arg, int worker)
{
    struct shared *s = arg;
    s->part[worker].sum =
        work_piece(&s->w, (unsigned long)worker, (unsigned long)s->w.threads);
}

static void add_pieces(void *arg, long from, long to, int worker)
{
    struct team *t = arg;
    u128 sum = 0;
    for (long k = from; k < to; k++)
        sum += work_piece(&t->s.w, (unsigned long)k, t->pieces);
    t->s.part[worker].sum += sum;
}

static u128 run(void *arg)
{
    struct team *t = arg;
    if (t->pieces <= (unsigned long)t->s.w.threads) {
        pool_run(&t->pool, add_slice, &t->s);
        return shared_sum(&t->s);
    }
    for (int k = 0; k < t->s.w.threads; k++)
        t->s.part[k].sum = 0;
    pool_for(&t->pool, (long)t->pieces, 1, add_pieces, t);
    return shared_sum(&t->s);
}

static void stop(void *arg)
{
    pool_stop(&((struct team *)arg)->pool);
}

int main(int argc, char **argv)
{
    struct team t = {.s.w = work_arguments(argc, argv)};
    return work_run(&t.s.w, start, run, stop, &t);
}
