/* The score of a run.
 * SPDX-License-Identifier: MIT */
#include "engine/score.h"

#include <assert.h>
#include <math.h>

/* The detector that runs programs as they are: what others cost is told as a
 * multiple of its cost. */
#define BASELINE "watchdog"

/* The 97.5 % quantile of the normal distribution. */
#define Z 1.959963984540054

struct share share_of(unsigned k, unsigned n)
{
    assert(k <= n);
    if (n == 0)
        return (struct share){0, 0, 0, 1};
    double p = (double)k / n, zz = Z * Z / n;
    double middle = (p + zz / 2) / (1 + zz);
    double half = Z * sqrt(p * (1 - p) / n + zz / n / 4) / (1 + zz);
    /* At the ends the sum is 0 or 1 but for its rounding. */
    return (struct share){k, n, k == 0 ? 0 : middle - half,
                          k == n ? 1 : middle + half};
}

static void close_share(struct share *s)
{
    *s = share_of(s->k, s->n);
}

static void close_tally(struct tally *t)
{
    close_share(&t->recall);
    close_share(&t->alarms);
    close_share(&t->exact);
}

static void add_to_tally(struct tally *t, const struct result *r)
{
    bool flagged = r->outcome == OUTCOME_FLAGGED;
    if (!r->variant->buggy) {
        t->alarms.n++;
        t->alarms.k += r->outcome == OUTCOME_FALSE_ALARM;
        return;
    }
    t->recall.n++;
    t->recall.k += flagged;
    t->sometimes += r->outcome == OUTCOME_SOMETIMES;
    t->exact.n += flagged;
    t->exact.k += flagged && r->weakest == GRADE_EXACT;
}

/* Costs while they are collected, for one detector. */
struct bill {
    struct run_costs runs;
    struct run_cost own, baseline; /* sums over the programs both judged */
};

struct scoring {
    struct report *report;
    struct score *score;
    struct bill *bills; /* one for each of score->detectors */
};

static size_t detector_index(const struct score *s,
                             const struct detector_report *d)
{
    size_t i = 0;
    while (s->detectors.v[i].detector != d)
        i++;
    return i;
}

static struct class_score *class_of(struct score *s, const char *class)
{
    for (size_t i = 0; i < s->classes.n; i++)
        if (str_eq(s->classes.v[i].class, class))
            return &s->classes.v[i];
    struct class_score new = {.class = class};
    for (size_t i = 0; i < s->detectors.n; i++)
        vec_push(&new.tallies, (struct tally){0});
    vec_push(&s->classes, new);
    return &s->classes.v[s->classes.n - 1];
}

static struct run_cost mean_cost(const struct run_costs *l)
{
    struct run_cost sum = {0, 0};
    for (size_t i = 0; i < l->n; i++) {
        sum.wall += l->v[i].wall / (double)l->n;
        sum.cpu += l->v[i].cpu / (double)l->n;
    }
    return sum;
}

static void add_cost(struct run_cost *sum, struct run_cost c)
{
    sum->wall += c.wall;
    sum->cpu += c.cpu;
}

static void charge(struct bill *b, const struct result *r,
                   const struct result *baseline)
{
    for (size_t i = 0; i < r->costs.n; i++)
        vec_push(&b->runs, r->costs.v[i]);
    if (!baseline || r->costs.n == 0 || baseline->costs.n == 0)
        return;
    add_cost(&b->own, mean_cost(&r->costs));
    add_cost(&b->baseline, mean_cost(&baseline->costs));
}

/* The baseline's verdict on the program of r[0, n), or NULL. */
static const struct result *baseline_of(const struct score *s,
                                        const struct result *r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (r[i].detector == s->baseline && outcome_judged(r[i].outcome))
            return &r[i];
    return NULL;
}

static void add_result(struct scoring *g, struct class_score *class,
                       const struct result *r, const struct result *baseline)
{
    size_t d = detector_index(g->score, r->detector);
    if (!outcome_judged(r->outcome))
        return;
    add_to_tally(&g->score->detectors.v[d].tally, r);
    add_to_tally(&class->tallies.v[d], r);
    charge(&g->bills[d], r, baseline);
}

/* The program of r[0, n) as one, whoever saw it. */
static void add_program(struct score *s, struct class_score *class,
                        const struct result *r, size_t n)
{
    bool judged = false, flagged = false, clean = true;
    for (size_t i = 0; i < n; i++) {
        if (!outcome_judged(r[i].outcome))
            continue;
        judged = true;
        flagged |= r[i].outcome <= OUTCOME_SOMETIMES;
        clean &= r[i].outcome == OUTCOME_CLEAN;
    }
    struct scored_bug bug = {r->c, r->variant};
    bool buggy = r->variant->buggy;
    class->bugs += judged && buggy;
    class->fixes += judged && !buggy;
    s->bugs += judged && buggy;
    s->flagged += judged && buggy && flagged;
    s->fixes += judged && !buggy;
    s->clean += judged && !buggy && clean;
    if (buggy && judged && !flagged)
        vec_push(&s->unflagged, bug);
    if (buggy && !judged)
        vec_push(&s->unjudged, bug);
}

static void add_results(struct scoring *g)
{
    const struct results *l = &g->report->results;
    for (size_t i = 0, n; i < l->n; i += n) {
        n = report_program(g->report, i);
        const struct result *first = &l->v[i];
        const struct result *baseline = baseline_of(g->score, first, n);
        struct class_score *class = class_of(g->score, first->c->class);
        add_program(g->score, class, first, n);
        for (size_t j = 0; j < n; j++)
            add_result(g, class, &first[j], baseline);
    }
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
    qsort(v, n, sizeof *v, compare);
    return n == 0 ? 0 : (v[n / 2] + v[(n - 1) / 2]) / 2;
}

static double ratio(double a, double b)
{
    return b > 0 ? a / b : 0;
}

static struct cost cost_of(const struct bill *b)
{
    size_t n = b->runs.n;
    struct cost c = {.runs = (unsigned)n};
    double *wall = mem_new(n + 1, sizeof *wall);
    double *cpu = mem_new(n + 1, sizeof *cpu);
    for (size_t i = 0; i < n; i++) {
        c.wall += wall[i] = b->runs.v[i].wall;
        c.cpu += cpu[i] = b->runs.v[i].cpu;
    }
    c.wall_median = median(wall, n);
    c.cpu_median = median(cpu, n);
    c.wall_factor = ratio(b->own.wall, b->baseline.wall);
    c.cpu_factor = ratio(b->own.cpu, b->baseline.cpu);
    free(wall);
    free(cpu);
    return c;
}

static void close_score(struct scoring *g)
{
    struct score *s = g->score;
    for (size_t i = 0; i < s->detectors.n; i++) {
        struct detector_score *d = &s->detectors.v[i];
        s->judging += d->tally.recall.n + d->tally.alarms.n > 0;
        close_tally(&d->tally);
        d->cost = cost_of(&g->bills[i]);
        vec_fini(&g->bills[i].runs);
    }
    for (size_t i = 0; i < s->classes.n; i++)
        for (size_t j = 0; j < s->classes.v[i].tallies.n; j++)
            close_tally(&s->classes.v[i].tallies.v[j]);
}

void score_report(struct report *report)
{
    struct scoring g = {report, &report->score, NULL};
    for (size_t i = 0; i < report->detectors.n; i++) {
        const struct detector_report *d = &report->detectors.v[i];
        if (!d->wanted)
            continue;
        vec_push(&g.score->detectors, (struct detector_score){.detector = d});
        if (str_eq(d->id, BASELINE) && d->usable && d->alive)
            g.score->baseline = d;
    }
    g.bills = mem_new(g.score->detectors.n + 1, sizeof *g.bills);
    add_results(&g);
    close_score(&g);
    free(g.bills);
}
