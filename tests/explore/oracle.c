/* Brute force over the simulated machine.
 * SPDX-License-Identifier: MIT */
#include "oracle.h"

#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool touches_meet(const struct touch *a, const struct touch *b)
{
    if (a->mode == b->mode &&
        (a->mode == TOUCH_READ ||
         (a->mode == TOUCH_COMMUTE && a->class == b->class)))
        return false;
    if (a->size == TOUCH_EVERYTHING || b->size == TOUCH_EVERYTHING)
        return true;
    for (uint32_t i = 0; i < a->size; i++)
        if (a->object + i - b->object < b->size)
            return true;
    return false;
}

static bool is_everything(const struct oracle_event *e)
{
    for (unsigned i = 0; i < e->touches; i++)
        if (e->touch[i].size == TOUCH_EVERYTHING)
            return true;
    return e->last_resort;
}

static bool depend(const struct oracle_event *a, const struct oracle_event *b)
{
    if (a->thread == b->thread || is_everything(a) || is_everything(b))
        return true;
    for (unsigned i = 0; i < a->touches; i++)
        for (unsigned k = 0; k < b->touches; k++)
            if (touches_meet(&a->touch[i], &b->touch[k]))
                return true;
    return false;
}

static uint64_t scramble(uint64_t x)
{
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdU;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53U;
    return x ^ x >> 33;
}

static void join(uint16_t *to, const uint16_t *from)
{
    for (int i = 0; i < SIM_THREADS; i++)
        if (to[i] < from[i])
            to[i] = from[i];
}

static void meet_new(struct course *c)
{
    for (int t = 0; t < SIM_THREADS; t++)
        if (c->born[t] < 0 && c->sim->now.thread[t].live)
            c->born[t] = (int)c->n;
}

void course_start(struct course *c, struct sim *sim,
                  const struct sim_program *p)
{
    c->sim = sim;
    c->n = 0;
    memset(c->count, 0, sizeof c->count);
    c->id = (struct trace_id){1, 2};
    sim_start(sim, p);
    for (int t = 0; t < SIM_THREADS; t++)
        c->born[t] = -1;
    meet_new(c);
}

static void print_event(struct course *c, const struct oracle_event *e)
{
    uint64_t h = scramble(e->thread * 1000003U + e->choice + 17);
    for (int i = 0; i < SIM_THREADS; i++)
        h = scramble(h * 31 + e->clock[i]);
    c->id.a += h;
    c->id.b += scramble(h ^ 0x1234567);
}

void course_step(struct course *c, struct op_step step)
{
    assert(c->n < ORACLE_EVENTS);
    struct oracle_event *e = &c->event[c->n];
    unsigned t = step.thread;
    if (c->sim->view.op[t].fickle)
        c->sim->view.refresh(&c->sim->view, t);
    const struct op_choice *choice = &c->sim->view.op[t].choices[step.choice];
    assert(choice->n <= ORACLE_TOUCHES);
    memset(e->clock, 0, sizeof e->clock);
    e->touches = choice->n;
    memcpy(e->touch, choice->touches, choice->n * sizeof *e->touch);
    e->last_resort = choice->last_resort;
    e->thread = step.thread;
    e->choice = step.choice;
    for (unsigned i = 0; i < c->n; i++)
        if (depend(&c->event[i], e) || (int)i + 1 == c->born[t])
            join(e->clock, c->event[i].clock);
    e->clock[t] = ++c->count[t];
    print_event(c, e);
    c->n++;
    sim_step(c->sim, step);
    meet_new(c);
}

void traces_add(struct traces *t, const struct course *c)
{
    if (t->n == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 64;
        t->v = mem_resize(t->v, t->cap, sizeof *t->v);
    }
    t->v[t->n++] =
        (struct trace_found){c->id, sim_hash(c->sim), !sim_over(c->sim)};
}

static int by_id(const void *a, const void *b)
{
    const struct trace_found *x = a, *y = b;
    if (x->id.a != y->id.a)
        return x->id.a < y->id.a ? -1 : 1;
    return (x->id.b > y->id.b) - (x->id.b < y->id.b);
}

void traces_sort(struct traces *t)
{
    size_t n = 0;
    if (t->n)
        qsort(t->v, t->n, sizeof *t->v, by_id);
    for (size_t i = 0; i < t->n; i++)
        if (!n || by_id(&t->v[n - 1], &t->v[i]))
            t->v[n++] = t->v[i];
    t->n = n;
}

void traces_fini(struct traces *t)
{
    free(t->v);
    *t = (struct traces){0};
}

/* What was seen: a set of prefixes, each with how many ways lead on from it. */
struct seen {
    struct entry {
        struct trace_id id;
        double ways;
    } * slot;
    size_t cap, n;
};

static struct entry *seen_find(const struct seen *s, struct trace_id id)
{
    size_t i = id.a & (s->cap - 1);
    while (s->slot[i].id.a &&
           (s->slot[i].id.a != id.a || s->slot[i].id.b != id.b))
        i = (i + 1) & (s->cap - 1);
    return &s->slot[i];
}

static void seen_add(struct seen *s, struct trace_id id, double ways)
{
    if (s->n >= s->cap / 2) {
        struct seen more = {.cap = s->cap ? 2 * s->cap : 4096, .n = s->n};
        more.slot = mem_new(more.cap, sizeof *more.slot);
        for (size_t i = 0; i < s->cap; i++)
            if (s->slot[i].id.a)
                *seen_find(&more, s->slot[i].id) = s->slot[i];
        free(s->slot);
        *s = more;
    }
    struct entry *e = seen_find(s, id);
    s->n += !e->id.a;
    *e = (struct entry){id, ways};
}

struct hunt {
    struct course course;
    struct sim sim;
    struct oracle *oracle;
    struct seen seen;
    size_t most;
    bool merge;   /* a prefix that was seen is not visited again */
    int64_t left; /* preemptions that may still come */
};

struct bookmark {
    struct sim_state now;
    uint16_t count[SIM_THREADS];
    int born[SIM_THREADS];
    struct trace_id id;
    unsigned n;
};

static void mark(const struct course *c, struct bookmark *b)
{
    b->now = c->sim->now;
    memcpy(b->count, c->count, sizeof b->count);
    memcpy(b->born, c->born, sizeof b->born);
    b->id = c->id;
    b->n = c->n;
}

static void back(struct course *c, const struct bookmark *b)
{
    c->sim->now = b->now;
    memcpy(c->count, b->count, sizeof b->count);
    memcpy(c->born, b->born, sizeof b->born);
    c->id = b->id;
    c->n = b->n;
    sim_look(c->sim);
}

static bool interrupts(const struct hunt *h, const struct op_step *ways,
                       size_t n, struct op_step way)
{
    const struct course *c = &h->course;
    if (c->n == 0 || c->event[c->n - 1].thread == way.thread)
        return false;
    unsigned before = c->event[c->n - 1].thread;
    const struct op *op = &h->sim.view.op[before];
    for (size_t i = 0; i < n; i++)
        if (ways[i].thread == before && !op->yields &&
            !op->choices[ways[i].choice].last_resort)
            return true;
    return false;
}

static double visit(struct hunt *h);

static double visit_by(struct hunt *h, struct op_step way, bool interrupts)
{
    double sum = 0;
    if (interrupts && h->left == 0)
        return 0;
    h->left -= interrupts;
    course_step(&h->course, way);
    sum = visit(h);
    h->left += interrupts;
    return sum;
}

/* How many interleavings go on from here. */
static double visit(struct hunt *h)
{
    struct course *c = &h->course;
    if (h->merge && h->seen.cap) {
        const struct entry *e = seen_find(&h->seen, c->id);
        if (e->id.a)
            return e->ways;
    }
    struct op_step ways[SIM_THREADS * SIM_CHOICES];
    size_t n = sim_over(&h->sim)
                   ? 0
                   : sim_ways(&h->sim, ways, SIM_THREADS * SIM_CHOICES);
    double sum = n ? 0 : 1;
    if (++h->oracle->prefixes > h->most || c->n == ORACLE_EVENTS)
        h->oracle->enough = true;
    if (!n)
        traces_add(&h->oracle->traces, c);
    struct bookmark *here = mem_new(1, sizeof *here);
    mark(c, here);
    for (size_t i = 0; i < n && !h->oracle->enough; i++) {
        sum += visit_by(h, ways[i], interrupts(h, ways, n, ways[i]));
        back(c, here);
    }
    free(here);
    if (h->merge)
        seen_add(&h->seen, c->id, sum);
    return sum;
}

static void hunt(struct oracle *o, const struct sim_program *p, size_t most,
                 bool merge, int64_t preemptions)
{
    struct hunt *h = mem_new(1, sizeof *h);
    *o = (struct oracle){0};
    h->oracle = o;
    h->most = most;
    h->merge = merge;
    h->left = preemptions;
    course_start(&h->course, &h->sim, p);
    o->interleavings = visit(h);
    traces_sort(&o->traces);
    free(h->seen.slot);
    free(h);
}

void oracle_traces(struct oracle *o, const struct sim_program *p, size_t most)
{
    hunt(o, p, most, true, INT64_MAX);
}

void oracle_runs(struct oracle *o, const struct sim_program *p, size_t most)
{
    hunt(o, p, most, false, INT64_MAX);
}

void oracle_bounded(struct oracle *o, const struct sim_program *p,
                    unsigned preemptions, size_t most)
{
    hunt(o, p, most, false, preemptions);
}

bool traces_within(const struct traces *a, const struct traces *b)
{
    size_t k = 0;
    for (size_t i = 0; i < a->n; i++) {
        while (k < b->n && by_id(&b->v[k], &a->v[i]))
            k++;
        if (k == b->n || b->v[k].state != a->v[i].state)
            return false;
    }
    return true;
}

void oracle_fini(struct oracle *o)
{
    traces_fini(&o->traces);
}
