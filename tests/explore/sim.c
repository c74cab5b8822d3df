/* The simulated machine: doing what its threads are about to do.
 * SPDX-License-Identifier: MIT */
#include "sim_inside.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LOCAL_STEPS = 1000 };

static void refresh(struct op_view *view, unsigned thread)
{
    sim_offer((struct sim *)view, thread);
}

void sim_look(struct sim *s)
{
    memset(s->view.live, 0, sizeof s->view.live);
    s->view.refresh = refresh;
    for (unsigned t = 0; t < SIM_THREADS; t++)
        if (s->now.thread[t].live && !s->now.thread[t].ended) {
            s->view.live[0] |= (uint64_t)1 << t;
            sim_offer(s, t);
        }
}

/* Runs what others cannot see; the thread parks before what they can. */
static void advance(struct sim *s, unsigned t)
{
    struct sim_thread *me = &s->now.thread[t];
    for (int steps = 0; sim_instr_of(s, t)->code >= SIM_SET; steps++) {
        const struct sim_instr *in = sim_instr_of(s, t);
        int a = sim_eval(s, t, in->a), b = sim_eval(s, t, in->b);
        if (steps >= LOCAL_STEPS)
            abort(); /* a program of ours that never ends */
        if (in->code == SIM_SET)
            me->reg[in->reg] = a;
        bool jump = (in->code == SIM_JEQ && a == b) ||
                    (in->code == SIM_JNE && a != b) ||
                    (in->code == SIM_JLT && a < b) || in->code == SIM_JMP;
        me->pc = jump ? in->target : me->pc + 1;
    }
    if (sim_instr_of(s, t)->code == SIM_END && !s->program->joined[t])
        me->ended = true;
}

static void enter(struct sim *s, unsigned t)
{
    s->now.thread[t].live = true;
    advance(s, t);
    if (!s->now.thread[t].ended)
        s->view.live[0] |= (uint64_t)1 << t;
}

void sim_start(struct sim *s, const struct sim_program *p)
{
    memset(s->view.live, 0, sizeof s->view.live);
    memset(&s->now, 0, sizeof s->now);
    s->program = p;
    for (int i = 0; i < p->objects; i++)
        for (int k = 0; k < p->object[i].n; k++)
            s->now.slot[p->object[i].slot + k] =
                p->object[i].kind == SIM_BARRIER ? 0 : p->object[i].start;
    for (int t = 0; t < p->bodies; t++) {
        s->now.thread[t].pc = p->body[t];
        if (!p->created[t])
            enter(s, (unsigned)t);
    }
    sim_look(s);
}

/* True once it is what it was waited for to be. */
static bool do_spin(struct sim *s, unsigned t, const struct sim_instr *in)
{
    struct sim_thread *me = &s->now.thread[t];
    int slot = sim_slot_of(s, t, in);
    me->half = s->now.slot[slot] != sim_eval(s, t, in->a);
    me->round = s->now.writes[slot];
    return !me->half;
}

static void count_write(struct sim *s, unsigned t, const struct sim_instr *in,
                        int32_t before)
{
    const struct sim_object *o = sim_object_of(s, in);
    bool failed = in->code == SIM_CAS && before != sim_eval(s, t, in->a);
    if (in->code == SIM_FILL)
        for (int i = 0; i < o->n; i++)
            s->now.writes[o->slot + i]++;
    else if (in->code != SIM_LD && in->code != SIM_SUM && !failed)
        s->now.writes[sim_slot_of(s, t, in)]++;
}

static void do_memory(struct sim *s, unsigned t, const struct sim_instr *in)
{
    const struct sim_object *o = sim_object_of(s, in);
    int32_t *slot = &s->now.slot[sim_slot_of(s, t, in)], before = *slot;
    int a = sim_eval(s, t, in->a), b = sim_eval(s, t, in->b), sum = 0;
    int *reg = &s->now.thread[t].reg[in->reg];
    count_write(s, t, in, before);
    switch (in->code) {
    case SIM_LD:
        *reg = before;
        break;
    case SIM_ST:
        *slot = a;
        break;
    case SIM_FADD:
        *slot = before + a;
        *reg = before;
        break;
    case SIM_XCHG:
        *slot = a;
        *reg = before;
        break;
    case SIM_CAS:
        *slot = before == a ? b : before;
        *reg = before == a;
        break;
    case SIM_SUM:
        for (int i = 0; i < o->n; i++)
            sum = sum * 3 % 1000 + s->now.slot[o->slot + i] % 1000;
        *reg = sum;
        break;
    default:
        for (int i = 0; i < o->n; i++)
            s->now.slot[o->slot + i] = a;
        break;
    }
}

static void leave_queue(struct sim *s, int q, unsigned k)
{
    s->now.slot[q]--;
    s->now.place[s->program->owner[q]][k]--;
}

/* Both halves of a wait; false after the first. */
static bool do_wait(struct sim *s, unsigned t, const struct sim_instr *in,
                    unsigned choice)
{
    struct sim_thread *me = &s->now.thread[t];
    int q = sim_object_of(s, in)->slot, m = s->program->object[in->other].slot;
    me->half = !me->half;
    if (me->half) {
        s->now.slot[m]++;
        s->now.slot[q]++;
        s->now.place[s->program->owner[q]][t]++;
        return false;
    }
    s->now.slot[m]--;
    if (choice > 0)
        leave_queue(s, q, t);
    if (choice == 1)
        s->now.slot[in->code == SIM_TWAIT ? s->program->timeouts
                                          : s->program->spurious]--;
    if (in->code == SIM_TWAIT)
        me->reg[in->reg] = choice > 0;
    return true;
}

static bool do_barrier(struct sim *s, unsigned t, const struct sim_instr *in)
{
    struct sim_thread *me = &s->now.thread[t];
    int o = sim_object_of(s, in)->slot, n = sim_object_of(s, in)->start;
    if (me->half) {
        me->half = 0;
        return true;
    }
    me->round = s->now.arrived[o]++ / n;
    assert(me->round < SIM_ROUNDS);
    s->now.round[s->program->owner[o]][me->round]++;
    me->half = 1;
    return false;
}

static void do_sync(struct sim *s, unsigned t, const struct sim_instr *in,
                    unsigned choice)
{
    int o = sim_object_of(s, in)->slot;
    int *reg = &s->now.thread[t].reg[in->reg];
    int32_t *slot = &s->now.slot[o];
    switch (in->code) {
    case SIM_LOCK:
    case SIM_RD:
    case SIM_DOWN:
        --*slot;
        break;
    case SIM_UNLOCK:
    case SIM_RDUN:
    case SIM_UP:
        ++*slot;
        break;
    case SIM_TRYLOCK:
    case SIM_TRYDOWN:
        *reg = *slot > 0;
        *slot -= *reg;
        break;
    case SIM_WR:
        *slot -= SIM_ALL_READERS;
        break;
    case SIM_WRUN:
        *slot += SIM_ALL_READERS;
        break;
    case SIM_SIGNAL:
        if (choice > 0)
            leave_queue(s, o, choice - 1);
        break;
    default:
        for (unsigned k = 0; k < SIM_THREADS; k++)
            if (s->now.place[s->program->owner[o]][k])
                leave_queue(s, o, k);
        break;
    }
}

/* Whether the instruction is over. */
static bool execute(struct sim *s, unsigned t, const struct sim_instr *in,
                    unsigned choice)
{
    if (in->code <= SIM_FILL) {
        do_memory(s, t, in);
        return true;
    }
    switch (in->code) {
    case SIM_SPIN:
        return do_spin(s, t, in);
    case SIM_WAIT:
    case SIM_TWAIT:
        return do_wait(s, t, in, choice);
    case SIM_ARRIVE:
        return do_barrier(s, t, in);
    case SIM_YIELD:
    case SIM_JOIN:
        return true;
    case SIM_EXIT:
        s->now.exited = true;
        return false;
    case SIM_CREATE:
        enter(s, (unsigned)in->target);
        return true;
    case SIM_END:
        s->now.over[t]++;
        s->now.thread[t].ended = true;
        return false;
    default:
        do_sync(s, t, in, choice);
        return true;
    }
}

void sim_step(struct sim *s, struct op_step step)
{
    unsigned t = step.thread;
    const struct sim_instr *in = sim_instr_of(s, t);
    bool ends = sim_ends_with_it(s, t);
    if (execute(s, t, in, step.choice)) {
        s->now.thread[t].pc++;
        advance(s, t);
    }
    if (ends) {
        s->now.over[t]++;
        s->now.thread[t].ended = true;
    }
    if (s->now.thread[t].ended)
        s->view.live[0] &= ~((uint64_t)1 << t);
    else
        sim_offer(s, t);
    if (in->code == SIM_CREATE && !s->now.thread[in->target].ended)
        sim_offer(s, (unsigned)in->target);
    for (unsigned k = 0; k < (unsigned)s->program->bodies; k++)
        if (op_is_live(&s->view, k) && sim_instr_of(s, k)->code == SIM_SPIN)
            sim_offer(s, k);
}

bool sim_over(const struct sim *s)
{
    return s->now.exited || !s->view.live[0];
}

static size_t list_open(const struct sim *s, bool last, struct op_step *ways,
                        size_t room)
{
    size_t n = 0;
    for (unsigned t = 0; t < SIM_THREADS; t++)
        for (unsigned c = 0; op_is_live(&s->view, t) && c < s->view.op[t].n;
             c++) {
            const struct op_choice *o = &s->view.op[t].choices[c];
            if (o->last_resort == last && op_choice_open(o) && n < room)
                ways[n++] = (struct op_step){(uint8_t)t, (uint8_t)c};
        }
    return n;
}

size_t sim_ways(struct sim *s, struct op_step *ways, size_t room)
{
    sim_look(s);
    size_t n = list_open(s, false, ways, room);
    return n ? n : list_open(s, true, ways, room);
}

uint64_t sim_hash(const struct sim *s)
{
    uint64_t h = s->now.exited + 1;
    for (int i = 0; i < s->program->slots; i++)
        h = (h ^ (uint32_t)s->now.slot[i]) * 0x100000001b3U + 7;
    for (int t = 0; t < s->program->bodies; t++) {
        h = (h ^ (uint32_t)s->now.thread[t].pc) * 0x100000001b3U;
        for (int i = 0; i < SIM_REGS; i++)
            h = (h ^ (uint32_t)s->now.thread[t].reg[i]) * 0x100000001b3U;
    }
    return h;
}
