/* Who goes round where an execution is too long.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/loop.h"

#include "explore/runtime/point.h"

enum { LAST = 1000 }; /* steps before the bound */

/* Whether all other threads have ended, or wait for what they do not get as
 * long as this one goes on like that. */
static bool is_alone(uint32_t thread)
{
    struct state *s = state();
    for (uint32_t i = 0; i < s->threads_used; i++) {
        if (i == thread || !op_is_live(&s->view, i))
            continue;
        if (s->view.op[i].fickle)
            point_refresh(&s->view, i);
        const struct op *o = &s->view.op[i];
        for (uint16_t k = 0; k < o->n; k++)
            if (op_choice_open(&o->choices[k]))
                return false;
    }
    return true;
}

void loop_known(uint32_t thread, uint64_t pc, bool alone)
{
    struct shared *m = state()->shared;
    if (m->loop_pc && (m->loop_alone || !alone))
        return;
    m->loop_thread = thread;
    m->loop_pc = pc;
    m->loop_alone = alone;
}

void loop_watch(void)
{
    struct state *s = state();
    if (!s->crowd &&
        s->shared->steps_count + LAST >= s->shared->config.max_steps)
        s->crowd = !is_alone(s->current->id);
}

void loop_note(void)
{
    struct state *s = state();
    struct shared *m = s->shared;
    uint32_t taken[SHARED_THREADS] = {0}, most = 0;
    if (m->steps_count < m->config.max_steps)
        return;
    uint32_t from = m->steps_count > LAST ? m->steps_count - LAST : 0;
    for (uint32_t i = from; i < m->steps_count; i++)
        if (++taken[m->steps[i].thread] > taken[most])
            most = m->steps[i].thread;
    loop_known(most, s->threads[most].pending.pc,
               taken[most] == m->steps_count - from && !s->crowd);
}
