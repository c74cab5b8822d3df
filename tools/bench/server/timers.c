/* What is to happen later: a binary heap, soonest first.
 * SPDX-License-Identifier: MIT */
#include "bench/server/timers.h"

#include <math.h>

static void swap(struct timer *a, struct timer *b)
{
    struct timer t = *a;
    *a = *b;
    *b = t;
}

void timers_add(struct timers *t, double due, void *what)
{
    struct timer new = {due, what};
    vec_push(t, new);
    for (size_t i = t->n - 1; i > 0; i = (i - 1) / 2) {
        if (t->v[(i - 1) / 2].due <= t->v[i].due)
            break;
        swap(&t->v[(i - 1) / 2], &t->v[i]);
    }
}

static void sink(struct timers *t)
{
    for (size_t i = 0;;) {
        size_t left = 2 * i + 1, least = i;
        for (size_t k = left; k < left + 2 && k < t->n; k++)
            if (t->v[k].due < t->v[least].due)
                least = k;
        if (least == i)
            return;
        swap(&t->v[i], &t->v[least]);
        i = least;
    }
}

void *timers_take(struct timers *t, double now)
{
    if (t->n == 0 || t->v[0].due > now)
        return NULL;
    void *what = t->v[0].what;
    t->v[0] = t->v[--t->n];
    sink(t);
    return what;
}

struct timespec timers_until(double due, double now)
{
    double left = fmax(due - now, 0), whole = floor(left);
    return (struct timespec){(time_t)whole,
                             1 + (long)((left - whole) * 999999998)};
}
