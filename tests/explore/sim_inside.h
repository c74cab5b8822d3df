/* Inside of the simulated machine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_EXPLORE_SIM_INSIDE_H
#define LOCKSTEP_TESTS_EXPLORE_SIM_INSIDE_H

#include "sim.h"

enum { SIM_ALL_READERS = 1000 };

static inline const struct sim_instr *sim_instr_of(const struct sim *s,
                                                   unsigned t)
{
    return &s->program->code[s->now.thread[t].pc];
}

static inline int sim_eval(const struct sim *s, unsigned t, struct sim_value v)
{
    return (v.reg < 0 ? 0 : s->now.thread[t].reg[v.reg]) + v.plus;
}

static inline const struct sim_object *sim_object_of(const struct sim *s,
                                                     const struct sim_instr *in)
{
    return &s->program->object[in->object];
}

/* The slot that an instruction names; an index wraps round. */
static inline int sim_slot_of(const struct sim *s, unsigned t,
                              const struct sim_instr *in)
{
    const struct sim_object *o = sim_object_of(s, in);
    int i = sim_eval(s, t, in->index) % o->n;
    return o->slot + (i < 0 ? i + o->n : i);
}

/* Sets the view's operation of a thread to what it is about to do. */
void sim_offer(struct sim *s, unsigned t);

/* Whether a thread ends with what it is about to do. */
bool sim_ends_with_it(const struct sim *s, unsigned t);

#endif
