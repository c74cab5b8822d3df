/* Which threads can go on, and what it is to let one.
 * SPDX-License-Identifier: MIT */
#include "explore/search/inside.h"

/* Of an operation: bit 0 when an ordinary choice is open, bit 1 when a last
 * resort is. */
static unsigned openings(const struct op *op)
{
    if (op->n == 1)
        return (unsigned)op_choice_open(op->choices)
               << op->choices->last_resort;
    unsigned open = 0;
    for (unsigned i = 0; i < op->n; i++)
        if (op_choice_open(&op->choices[i]))
            open |= op->choices[i].last_resort ? 2 : 1;
    return open;
}

void look(struct search *s)
{
    uint64_t last[WORDS] = {0};
    uint32_t live = 0;
    for (unsigned i = 0; i < WORDS; i++)
        s->enabled[i] = 0;
    for (unsigned i = 0; i < WORDS; i++)
        for (uint64_t rest = s->view->live[i]; rest; rest &= rest - 1) {
            unsigned b = (unsigned)__builtin_ctzll(rest), t = i * 64 + b;
            if (s->view->op[t].fickle)
                s->view->refresh(s->view, t);
            uint64_t open = openings(&s->view->op[t]);
            s->enabled[i] |= (open & 1) << b;
            last[i] |= (open >> 1) << b;
            live++;
        }
    if (live > s->stats.threads)
        s->stats.threads = live;
    s->quiet = no_bits(s->enabled);
    for (unsigned i = 0; s->quiet && i < WORDS; i++)
        s->enabled[i] = last[i];
}

bool way_open(const struct search *s, unsigned thread, unsigned choice)
{
    const struct op *op = &s->view->op[thread];
    return choice < op->n && bit(s->enabled, thread) &&
           op->choices[choice].last_resort == s->quiet &&
           op_choice_open(&op->choices[choice]);
}

void took(struct search *s, struct op_step step)
{
    if (s->at > 0 && s->step[s->at - 1].thread != step.thread) {
        unsigned before = s->step[s->at - 1].thread;
        s->switches.switches++;
        if (!s->quiet && bit(s->enabled, before) && !s->view->op[before].yields)
            s->switches.preemptions++;
    }
    s->step[s->at++] = step;
}

bool any_way(struct search *s, struct op_step *step)
{
    unsigned t = s->at > 0 ? s->step[s->at - 1].thread : 0;
    if (!bit(s->enabled, t))
        t = next_bit(s->enabled, 0);
    if (t == OP_THREADS)
        return false;
    unsigned c = 0;
    while (!way_open(s, t, c))
        c++;
    *step = (struct op_step){(uint8_t)t, (uint8_t)c};
    return true;
}
