/* Which of the ways from a frame a tree search takes.
 * SPDX-License-Identifier: MIT */
#include "explore/search/inside.h"

/* The first way on that is not asleep and that want (NULL: all) has. */
static bool first_way(const struct frame *f, const uint64_t *want,
                      struct op_step *step)
{
    for (unsigned i = 0; i < f->n_ways; i++) {
        *step = f->ways[i];
        if ((!want || bit(want, step->thread)) &&
            !asleep(f, step->thread, step->choice))
            return true;
    }
    return false;
}

/* The other ways of the operation are to be explored as well. */
static void add_siblings(struct search *s, struct frame *f,
                         struct op_step taken)
{
    for (unsigned i = f->n_ways; i-- > 0;) {
        struct op_step w = f->ways[i];
        if ((w.thread == taken.thread || f->quiet) &&
            (w.thread != taken.thread || w.choice != taken.choice) &&
            !asleep(f, w.thread, w.choice) && !wakeup_add(s, f, w))
            return;
    }
}

/* A twig that stands for all choices of a thread. */
static bool choose_any(const struct frame *f, unsigned thread,
                       struct op_step *step)
{
    uint64_t want[WORDS] = {0};
    set_bit(want, thread);
    return first_way(f, want, step);
}

static bool choose_todo(struct search *s, struct frame *f, struct op_step *step)
{
    while (f->todo) {
        const struct twig *t = f->todo;
        *step = (struct op_step){t->thread, t->choice};
        if (t->any) {
            if (choose_any(f, t->thread, step)) {
                add_siblings(s, f, *step);
                return true;
            }
        } else if (!way_open(s, t->thread, t->choice)) {
            if (!t->rival || !op_is_vague(&s->view->op[t->thread]))
                s->stats.limits |= SEARCH_LIMIT_DIVERGED;
        } else if (!asleep(f, t->thread, t->choice)) {
            return true;
        }
        wakeup_drop(s, f);
    }
    return false;
}

static bool choose_dpor(struct search *s, struct frame *f, struct op_step *step)
{
    if (f->todo) {
        if (!choose_todo(s, f, step))
            return false;
        wakeup_enter(s, f);
        return true;
    }
    if (!first_way(f, NULL, step))
        return false;
    add_siblings(s, f, *step);
    return true;
}

static bool choose_source(struct frame *f, struct op_step *step)
{
    if (f->done == 0 && first_way(f, NULL, step)) {
        set_bit(f->wanted, step->thread);
        for (unsigned i = 0; f->quiet && i < WORDS; i++)
            f->wanted[i] = f->enabled[i];
    }
    return first_way(f, f->wanted, step);
}

static bool choose_next(struct frame *f, struct op_step *step)
{
    while (f->next < f->n_ways) {
        *step = f->ways[f->next++];
        if (!asleep(f, step->thread, step->choice))
            return true;
    }
    return false;
}

bool choose(struct search *s, struct frame *f, struct op_step *step)
{
    if (s->mode == SEARCH_DPOR)
        return choose_dpor(s, f, step);
    if (s->mode == SEARCH_SOURCE)
        return choose_source(f, step);
    return choose_next(f, step);
}

bool choose_more(struct search *s, struct frame *f)
{
    struct op_step step;
    if (s->mode == SEARCH_SOURCE)
        return first_way(f, f->wanted, &step);
    if (s->mode == SEARCH_DPOR) {
        while (f->todo && !f->todo->any &&
               asleep(f, f->todo->thread, f->todo->choice))
            wakeup_drop(s, f);
        return f->todo;
    }
    while (f->next < f->n_ways &&
           asleep(f, f->ways[f->next].thread, f->ways[f->next].choice))
        f->next++;
    return f->next < f->n_ways;
}

/* Threads wanted and not yet explored, or running. */
static uint32_t wanted_left(const struct frame *f)
{
    uint32_t n = 0;
    EACH_BIT(t, f->wanted)
    n++;
    return n > f->done ? n - f->done - 1 : 0;
}

uint32_t choose_left(const struct search *s, const struct frame *f)
{
    if (s->mode == SEARCH_SOURCE)
        return wanted_left(f);
    if (s->mode != SEARCH_DPOR)
        return (uint32_t)(f->n_ways - f->next);
    uint32_t n = 0;
    for (const struct twig *t = f->todo; t; t = t->sibling)
        n++;
    return n;
}
