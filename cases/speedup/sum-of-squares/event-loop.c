/* Sums the squares in one thread by tasks that take turns, as an event loop has
 * its callbacks: nobody waits for anything here, so it gains nothing.
 * SPDX-License-Identifier: MIT */
#include "simd.h"

#define TURN (1UL << 18) /* elements */

/* One task, or one of the slices of the only one. */
struct turn {
    unsigned long at, end;
    u128 sum;
    struct turn *next;
};

/* Those that are ready, in a ring; `last` is the one before the first. */
struct loop {
    struct work w;
    struct turn turns[MAX_TASKS];
    struct turn *last;
};

static void make_ready(struct loop *l)
{
    unsigned long n = l->w.tasks;
    unsigned long slices = n == 1 ? 8 : 1;
    for (unsigned long k = 0; k < n * slices; k++) {
        unsigned long to = l->w.to + k / slices, slice = k % slices;
        l->turns[k] = (struct turn){
            .at = kernel_cut(l->w.from, to, slice, slices),
            .end = kernel_cut(l->w.from, to, slice + 1, slices),
            .next = &l->turns[(k + 1) % (n * slices)],
        };
    }
    l->last = &l->turns[n * slices - 1];
}

/* Goes on with the task for a while; false when it is done. */
static bool resume(struct turn *t)
{
    unsigned long left = t->end - t->at;
    unsigned long to = t->at + (left < TURN ? left : TURN);
    t->sum += sum_of_squares_simd(t->at, to);
    t->at = to;
    return to < t->end;
}

static u128 run(void *arg)
{
    struct loop *l = arg;
    u128 sum = 0;
    make_ready(l);
    while (l->last) {
        struct turn *t = l->last->next;
        if (resume(t)) {
            l->last = t;
            continue;
        }
        sum += t->sum;
        l->last->next = t->next;
        if (t->next == t)
            l->last = NULL;
    }
    return sum;
}

int main(int argc, char **argv)
{
    struct loop l = {.w = work_arguments(argc, argv)};
    return work_run(&l.w, NULL, run, NULL, &l);
}
