/* Follows a schedule.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/replay.h"

#include "explore/runtime/point.h"

/* Where a thread is to stop next: its next entry at or after `from`, or where
 * it stays. */
static void set_stop(struct thread *t, uint32_t from)
{
    const struct shared *m = state()->shared;
    t->stop = m->replay_parked[t->id];
    for (uint32_t i = from; i < m->replay_count; i++)
        if (m->replay[i].thread == t->id) {
            t->stop = m->replay[i].until;
            return;
        }
}

void replay_begin(void)
{
    state()->replay_next = 0;
}

bool replay_stops(const struct thread *t)
{
    return t->stop == t->hooks + 1;
}

void replay_start(struct thread *t)
{
    set_stop(t, state()->replay_next);
}

static bool open(const struct op_choice *c, bool last_resort)
{
    return op_choice_open(c) && c->last_resort == last_resort;
}

static bool find_choice(uint32_t thread, bool last_resort, struct op_step *step)
{
    struct state *s = state();
    if (!op_is_live(&s->view, thread))
        return false;
    if (s->view.op[thread].fickle)
        point_refresh(&s->view, thread);
    const struct op *o = &s->view.op[thread];
    for (uint16_t i = 0; i < o->n; i++)
        if (open(&o->choices[i], last_resort)) {
            *step = (struct op_step){(uint8_t)thread, (uint8_t)i};
            return true;
        }
    return false;
}

static bool any(bool last_resort, struct op_step *step)
{
    struct state *s = state();
    if (find_choice(s->current->id, last_resort, step))
        return true;
    for (uint32_t i = 0; i < s->threads_used; i++)
        if (find_choice(i, last_resort, step))
            return true;
    return false;
}

static bool fits(const struct shared_step *w)
{
    struct state *s = state();
    if (w->thread >= SHARED_THREADS || !op_is_live(&s->view, w->thread))
        return false;
    if (s->view.op[w->thread].fickle)
        point_refresh(&s->view, w->thread);
    const struct op *o = &s->view.op[w->thread];
    return s->threads[w->thread].hooks == w->until && w->choice < o->n &&
           op_choice_open(&o->choices[w->choice]);
}

/* Whether the thread that ran could go on, and has not said that it need not.
 */
static bool interrupted(uint32_t by)
{
    struct state *s = state();
    uint32_t t = s->current->id;
    struct op_step unused;
    return t != by && find_choice(t, false, &unused) && !s->view.op[t].yields;
}

/* The schedule is at its end. */
static enum search_answer beyond(struct op_step *step)
{
    if (!any(false, step) && !any(true, step))
        return SEARCH_STUCK;
    state()->threads[step->thread].stop = 0;
    return SEARCH_GO;
}

static enum search_answer pick(struct op_step *step)
{
    struct state *s = state();
    const struct shared *m = s->shared;
    if (s->replay_next >= m->replay_count)
        return beyond(step);
    const struct shared_step *w = &m->replay[s->replay_next];
    if (!fits(w))
        return SEARCH_DIVERGED;
    *step = (struct op_step){(uint8_t)w->thread, (uint8_t)w->choice};
    s->replay_next++;
    set_stop(&s->threads[w->thread], s->replay_next);
    return SEARCH_GO;
}

enum search_answer replay_pick(struct op_step *step)
{
    enum search_answer answer = pick(step);
    state()->breaks = answer == SEARCH_GO && interrupted(step->thread);
    return answer;
}
