/* Parking, choosing, going on.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/point.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/loop.h"
#include "explore/runtime/object.h"
#include "explore/runtime/race.h"
#include "explore/runtime/replay.h"
#include "explore/runtime/spin.h"
#include "explore/runtime/tell.h"

#include <string.h>

void point_again(struct pending *p)
{
    p->touches_count = 0;
    p->choices_count = 0;
    point_choice(p);
}

struct pending *point_begin(enum event_kind kind, uint64_t object, uint64_t pc)
{
    struct thread *t = state()->current;
    struct pending *p = &t->pending;
    if (fiber_here() != t->fiber.fs)
        thread_foreign();
    t->hooks++;
    t->quiet = 0;
    p->object = object;
    p->pc = pc;
    p->kind = kind;
    p->size = 0;
    p->fickle = p->yields = p->vague = false;
    p->refresh = NULL;
    point_again(p);
    return p;
}

struct op_choice *point_choice(struct pending *p)
{
    struct op_choice *c = &p->choices[p->choices_count++];
    c->touches = &p->touches[p->touches_count];
    c->n = 0;
    c->closed = c->last_resort = false;
    return c;
}

struct touch *point_touch(struct pending *p, uint64_t object, uint32_t size,
                          enum touch_mode mode)
{
    struct touch *t = &p->touches[p->touches_count++];
    *t = (struct touch){.object = object, .size = size, .mode = (uint8_t)mode};
    p->choices[p->choices_count - 1].n++;
    return t;
}

void point_nothing(struct pending *p)
{
    (void)p;
}

void point_gate(struct pending *p, uint64_t object, enum touch_mode mode,
                const int32_t *gate, int32_t need, int32_t delta)
{
    struct touch *t = point_touch(p, object, 1, mode);
    t->gate = gate;
    t->need = need;
    t->delta = delta;
}

void point_under(struct pending *p, uint64_t object, enum touch_mode mode,
                 const int32_t *gate, int32_t need)
{
    struct touch *t = point_touch(p, object, 1, mode);
    t->gate = gate;
    t->need = need;
    t->under = true;
}

void point_fickle(struct pending *p, void (*refresh)(struct pending *p))
{
    p->fickle = true;
    p->refresh = refresh;
    refresh(p);
}

void point_refresh(struct op_view *view, unsigned thread)
{
    struct pending *p = &state()->threads[thread].pending;
    p->refresh(p);
    view->op[thread].n = p->choices_count;
}

void point_end(enum search_outcome how)
{
    struct state *s = state();
    struct fiber gone;
    s->outcome = how;
    s->running = false;
    fiber_switch(&gone, &s->root);
    __builtin_unreachable();
}

void point_learn(enum learned what)
{
    struct state *s = state();
    if (s->shared->learned & what)
        return;
    s->shared->learned |= what;
    s->shared->restart = true;
    point_end(SEARCH_ENDED_CAP);
}

void point_toil(uint32_t steps, uint64_t pc)
{
    struct state *s = state();
    if (s->replaying || search_toil(s->search, steps))
        return;
    loop_known(s->current->id, pc, false);
    point_end(SEARCH_ENDED_CAP);
}

static bool record(const struct op_step *step)
{
    struct state *s = state();
    struct shared *m = s->shared;
    const struct thread *t = &s->threads[step->thread];
    m->heartbeat++;
    m->current = step->thread;
    if (m->steps_count == SHARED_STEPS) {
        doubt(DOUBT_STEPS, "");
        s->outcome = SEARCH_ENDED_CAP;
        return false;
    }
    m->steps[m->steps_count++] = (struct shared_step){
        .until = t->hooks, .choice = step->choice, .thread = step->thread};
    return true;
}

/* Chooses; false when the execution cannot go on, with its outcome. */
static bool choose(struct op_step *step)
{
    struct state *s = state();
    if (s->shared->stop && !s->replaying) {
        s->cut = true;
        s->outcome = SEARCH_ENDED_CAP;
        return false;
    }
    if (!s->replaying)
        loop_watch();
    enum search_answer a =
        s->replaying ? replay_pick(step) : search_pick(s->search, step);
    switch (a) {
    case SEARCH_GO:
        return record(step);
    case SEARCH_STUCK:
        s->outcome = SEARCH_ENDED_STUCK;
        bug_stuck();
        return false;
    case SEARCH_ENOUGH:
        loop_note();
        s->outcome = SEARCH_ENDED_EARLY;
        return false;
    case SEARCH_DIVERGED:
        s->outcome = SEARCH_ENDED_DIVERGED;
        return false;
    }
    return false;
}

static struct thread *chosen(const struct op_step *step)
{
    struct state *s = state();
    s->current = &s->threads[step->thread];
    s->current->choice = step->choice;
    return s->current;
}

void point_next(struct thread *from)
{
    struct op_step step;
    if (!choose(&step))
        point_end(state()->outcome);
    struct thread *next = chosen(&step);
    if (next != from)
        fiber_switch(&from->fiber, &next->fiber);
}

void point_first(void)
{
    struct state *s = state();
    struct op_step step;
    if (choose(&step))
        fiber_switch(&s->root, &chosen(&step)->fiber);
}

/* The first operation of a new thread is as far as it comes by itself. */
static void back_to_creator(struct thread *t)
{
    struct state *s = state();
    t->starting = false;
    if (t->id == 0) {
        fiber_switch(&t->fiber, &s->root);
        return;
    }
    s->current = &s->threads[t->parent];
    fiber_switch(&t->fiber, &s->current->fiber);
}

unsigned point(struct pending *p)
{
    struct state *s = state();
    struct thread *t = s->current;
    struct op *o = &s->view.op[t->id];
    char *here = __builtin_frame_address(0);
    if (here < t->fiber.low)
        t->fiber.low = here;
    o->choices = p->choices;
    o->n = p->choices_count;
    o->fickle = p->fickle;
    o->yields = p->yields;
    o->vague = p->vague;
    if (p->choices_count == 1 && !op_choice_open(&p->choices[0]))
        bug_check_circle();
    if (t->starting)
        back_to_creator(t);
    else
        point_next(t);
    spin_did(t);
    if (s->telling)
        tell_point(t);
    return t->choice;
}

void point_release(struct clock *c)
{
    struct thread *t = state()->current;
    clock_join(c, &t->clock);
    t->clock.at[t->id]++;
}

void point_acquire(const struct clock *c)
{
    clock_join(&state()->current->clock, c);
}
