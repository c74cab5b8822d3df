/* What a construct costs beyond the work in it, as the EPCC OpenMP
 * micro-benchmarks define it (J. M. Bull, Measuring Synchronisation and
 * Scheduling Overheads in OpenMP, EWOMP 1999): the time of n constructs around
 * a short delay, less that of n delays alone in one thread, by n. Of twenty
 * such times, taken in turn, the medians are subtracted.
 *
 * Arguments: CONSTRUCT N THREADS. With `all` for the construct it is the mean
 * of the four. The value is the number of constructs that were done, as counted
 * by those that did them. No overhead is below a picosecond.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OVERHEAD_H
#define LOCKSTEP_OVERHEAD_H

#include "../../kernel.h"

#define OVERHEAD_DELAY 400 /* steps: some 0.1 microseconds, as EPCC has it */
#define OVERHEAD_TIMES 20
#define OVERHEAD_CONSTRUCTS 4
#define MAX_THREADS 1024

/* Does n constructs; returns how many were done in full. */
typedef unsigned long overhead_construct(void *team, unsigned long n);

/* What threads offer. */
struct overhead_runtime {
    void (*start)(void *team); /* the threads, before all; may be NULL */
    void (*stop)(void *team);  /* may be NULL */
    overhead_construct *fork_join, *barrier, *critical, *reduction;
};

/* The count of each thread; no two share a cache line. */
struct overhead_count {
    _Alignas(64) unsigned long done;
};

/* Known to every runtime. */
struct overhead_team {
    int threads;
    struct overhead_count count[MAX_THREADS];
};

static inline void overhead_delay(void)
{
    for (unsigned long i = 0; i < OVERHEAD_DELAY; i++)
        (void)kernel_opaque(i);
}

static inline void overhead_reset(struct overhead_team *t)
{
    for (int k = 0; k < t->threads; k++)
        t->count[k].done = 0;
}

/* What all threads have counted, if it is the same; else 0. */
static inline unsigned long overhead_agreed(const struct overhead_team *t)
{
    for (int k = 1; k < t->threads; k++)
        if (t->count[k].done != t->count[0].done)
            return 0;
    return t->count[0].done;
}

/* The share of a thread in n constructs that one does after the other. */
static inline unsigned long overhead_share(const struct overhead_team *t, int k,
                                           unsigned long n)
{
    unsigned long threads = (unsigned long)t->threads;
    return kernel_cut(0, n, (unsigned long)k + 1, threads) -
           kernel_cut(0, n, (unsigned long)k, threads);
}

/* --- The measurement ------------------------------------------------------ */

struct overhead {
    struct overhead_team *team;
    overhead_construct *chosen[OVERHEAD_CONSTRUCTS];
    unsigned kinds;
    unsigned long n;
};

static inline unsigned __int128 overhead_test(void *arg)
{
    struct overhead *o = arg;
    unsigned __int128 done = 0;
    for (unsigned k = 0; k < o->kinds; k++)
        done += o->chosen[k](o->team, o->n);
    return done;
}

static inline unsigned __int128 overhead_reference(void *arg)
{
    struct overhead *o = arg;
    for (unsigned long k = 0; k < o->kinds * o->n; k++)
        overhead_delay();
    return o->kinds * o->n;
}

static inline int overhead_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static inline double overhead_median(double *v, unsigned n)
{
    qsort(v, n, sizeof *v, overhead_order);
    return (v[(n - 1) / 2] + v[n / 2]) / 2;
}

/* Measures and reports; the exit status of the program. */
static inline int overhead_measure(struct overhead *o)
{
    unsigned __int128 value, all = o->kinds * o->n;
    struct kernel_work test = {.run = overhead_test, .arg = o, .expected = all};
    struct kernel_work alone = test;
    alone.run = overhead_reference;
    unsigned times = kernel_min_seconds() > 0 ? OVERHEAD_TIMES : 1;
    double with[OVERHEAD_TIMES], without[OVERHEAD_TIMES];

    kernel_batch(&test, 1, &value); /* warms up */
    for (unsigned k = 0; k < times && value == all; k++) {
        kernel_batch(&alone, 1, &value);
        without[k] = kernel_batch(&alone, 1, &value);
        with[k] = kernel_batch(&test, 1, &value);
    }
    double overhead = 0;
    if (value == all)
        overhead =
            (overhead_median(with, times) - overhead_median(without, times)) /
            (double)all;
    return kernel_report(value, all, overhead > 1e-12 ? overhead : 1e-12,
                         times * (unsigned long)all);
}

/* Picks the constructs that argument 1 names; anything else ends the program
 * with 2. */
static inline void overhead_choose(struct overhead *o, const char *name,
                                   const struct overhead_runtime *r)
{
    static const char *const names[OVERHEAD_CONSTRUCTS] = {
        "fork-join", "barrier", "critical", "reduction"};
    overhead_construct *const by_name[OVERHEAD_CONSTRUCTS] = {
        r->fork_join, r->barrier, r->critical, r->reduction};
    for (unsigned k = 0; k < OVERHEAD_CONSTRUCTS; k++)
        if (strcmp(name, names[k]) == 0 || strcmp(name, "all") == 0)
            o->chosen[o->kinds++] = by_name[k];
    if (o->kinds == 0) {
        fprintf(stderr,
                "'%s' is no construct: fork-join, barrier, critical, "
                "reduction, all\n",
                name);
        exit(2);
    }
}

/* The program. team begins with a struct overhead_team. */
static inline int overhead_main(int argc, char **argv,
                                const struct overhead_runtime *r,
                                struct overhead_team *team)
{
    struct overhead o = {.team = team};
    overhead_choose(&o, argc > 1 ? argv[1] : "all", r);
    o.n = (unsigned long)case_arg(argc, argv, 2, 1000, 1, 1000000);
    team->threads = (int)case_arg(argc, argv, 3, 4, 1, MAX_THREADS);
    if (r->start)
        r->start(team);
    int status = overhead_measure(&o);
    if (r->stop)
        r->stop(team);
    return status;
}

#endif
