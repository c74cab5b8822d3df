/* What the threads of the simulated machine are about to do.
 * SPDX-License-Identifier: MIT */
#include "sim_inside.h"

static uintptr_t var_address(const struct sim *s, const struct sim_instr *in,
                             int slot)
{
    return 0x10000 + (uintptr_t)in->object * 0x1000 +
           (uintptr_t)(slot - sim_object_of(s, in)->slot) * 4;
}

static struct touch access_of(const struct sim *s, unsigned t,
                              const struct sim_instr *in, enum touch_mode mode)
{
    return (struct touch){.object = var_address(s, in, sim_slot_of(s, t, in)),
                          .size = 4,
                          .mode = mode};
}

static struct touch whole(const struct sim *s, const struct sim_instr *in,
                          enum touch_mode mode)
{
    const struct sim_object *o = sim_object_of(s, in);
    return (struct touch){.object = var_address(s, in, o->slot),
                          .size = (uint32_t)o->n * 4,
                          .mode = mode};
}

static struct touch gate(uintptr_t object, const int32_t *value,
                         enum touch_mode mode, int need, int delta)
{
    return (struct touch){.object = object,
                          .size = 1,
                          .mode = mode,
                          .need = need,
                          .delta = delta,
                          .gate = value};
}

static struct touch sync_gate(struct sim *s, int slot, int need, int delta)
{
    return gate(0x100000 + (uintptr_t)slot * 64, &s->now.slot[slot],
                TOUCH_WRITE, need, delta);
}

/* Those who wait at a condition, and each one's place. */
static struct touch queue(struct sim *s, int q, int delta)
{
    return gate(0x100000 + (uintptr_t)q * 64, &s->now.slot[q],
                delta ? TOUCH_WRITE : TOUCH_READ, 0, delta);
}

static struct touch place(struct sim *s, int q, unsigned t, int need, int delta)
{
    return gate(0x300000 + (uintptr_t)q * 4096 + t * 64u,
                &s->now.place[s->program->owner[q]][t], TOUCH_WRITE, need,
                delta);
}

static struct touch signalled(struct sim *s, int q, unsigned t)
{
    struct touch p = place(s, q, t, 1, 0);
    p.mode = TOUCH_READ;
    p.under = true;
    return p;
}

static struct touch over(struct sim *s, int t, int need, int delta)
{
    return gate(0x600000 + (uintptr_t)t * 64, &s->now.over[t],
                delta ? TOUCH_WRITE : TOUCH_READ, need, delta);
}

static struct touch round_of(struct sim *s, int slot, int round, int need,
                             int delta)
{
    struct touch t =
        gate(0x200000 + (uintptr_t)slot * 4096 + (uintptr_t)round * 64,
             &s->now.round[s->program->owner[slot]][round % SIM_ROUNDS],
             delta ? TOUCH_COMMUTE : TOUCH_READ, need, delta);
    return t;
}

/* Room for a choice's touches, to be filled in; n of them. */
static struct touch *offer(struct sim *s, unsigned t, unsigned n)
{
    struct op *op = &s->view.op[t];
    struct op_choice *c = &s->choice[t][op->n];
    *c = (struct op_choice){.touches = s->touch[t][op->n], .n = (uint16_t)n};
    op->n++;
    return s->touch[t][op->n - 1];
}

static void offer_one(struct sim *s, unsigned t, struct touch touch)
{
    *offer(s, t, 1) = touch;
}

/* The second half of a wait: woken, or timed out, or for no reason. */
static void offer_wake(struct sim *s, unsigned t, const struct sim_instr *in)
{
    int m = s->program->object[in->other].slot;
    int q = sim_object_of(s, in)->slot;
    struct touch *w = offer(s, t, 2);
    w[0] = signalled(s, q, t);
    w[1] = sync_gate(s, m, 1, -1);
    int budget =
        in->code == SIM_TWAIT ? s->program->timeouts : s->program->spurious;
    for (int last = 0; last <= (in->code == SIM_TWAIT); last++) {
        w = offer(s, t, last ? 3 : 4);
        w[0] = queue(s, q, -1);
        w[1] = place(s, q, t, 1, -1);
        w[2] = sync_gate(s, m, 1, -1);
        w[3] = sync_gate(s, budget, 1, -1);
        s->choice[t][last + 1].last_resort = last;
    }
}

static void offer_signal(struct sim *s, unsigned t, const struct sim_instr *in)
{
    int q = sim_object_of(s, in)->slot;
    struct touch nobody = queue(s, q, 0);
    nobody.under = true;
    nobody.need = 1;
    offer_one(s, t, nobody);
    for (unsigned k = 0; k < (unsigned)s->program->bodies; k++) {
        struct touch *w = offer(s, t, 2);
        w[0] = queue(s, q, -1);
        w[1] = place(s, q, k, 1, -1);
    }
}

static void offer_broadcast(struct sim *s, unsigned t,
                            const struct sim_instr *in)
{
    int q = sim_object_of(s, in)->slot;
    struct touch *w = s->wide[t];
    unsigned n = 1;
    w[0] = queue(s, q, -s->now.slot[q]);
    for (unsigned k = 0; k < SIM_THREADS; k++)
        if (s->now.place[s->program->owner[q]][k])
            w[n++] = place(s, q, k, 0, -1);
    offer(s, t, n);
    s->choice[t][0].touches = w;
}

static void offer_memory(struct sim *s, unsigned t, const struct sim_instr *in)
{
    int now = s->now.slot[sim_slot_of(s, t, in)];
    switch (in->code) {
    case SIM_LD:
        offer_one(s, t, access_of(s, t, in, TOUCH_READ));
        break;
    case SIM_CAS:
        offer_one(
            s, t,
            access_of(s, t, in,
                      now == sim_eval(s, t, in->a) ? TOUCH_WRITE : TOUCH_READ));
        break;
    case SIM_SUM:
        offer_one(s, t, whole(s, in, TOUCH_READ));
        break;
    case SIM_FILL:
        offer_one(s, t, whole(s, in, TOUCH_WRITE));
        break;
    default:
        offer_one(s, t, access_of(s, t, in, TOUCH_WRITE));
        break;
    }
}

static void offer_spin(struct sim *s, unsigned t, const struct sim_instr *in)
{
    const struct sim_thread *me = &s->now.thread[t];
    offer_one(s, t, access_of(s, t, in, TOUCH_READ));
    s->choice[t][0].closed =
        me->half && s->now.writes[sim_slot_of(s, t, in)] == me->round;
    s->view.op[t].vague = me->half;
}

static struct touch tried(struct sim *s, int slot)
{
    bool got = s->now.slot[slot] > 0;
    struct touch t = sync_gate(s, slot, 0, got ? -1 : 0);
    t.mode = got ? TOUCH_WRITE : TOUCH_READ;
    return t;
}

static void offer_sync(struct sim *s, unsigned t, const struct sim_instr *in)
{
    int o = sim_object_of(s, in)->slot;
    struct touch *w;
    switch (in->code) {
    case SIM_LOCK:
    case SIM_RD:
    case SIM_DOWN:
        offer_one(s, t, sync_gate(s, o, 1, -1));
        break;
    case SIM_UNLOCK:
    case SIM_RDUN:
    case SIM_UP:
        offer_one(s, t, sync_gate(s, o, 0, 1));
        break;
    case SIM_TRYLOCK:
    case SIM_TRYDOWN:
        offer_one(s, t, tried(s, o));
        break;
    case SIM_WR:
        offer_one(s, t, sync_gate(s, o, SIM_ALL_READERS, -SIM_ALL_READERS));
        break;
    case SIM_WRUN:
        offer_one(s, t, sync_gate(s, o, 0, SIM_ALL_READERS));
        break;
    case SIM_WAIT:
    case SIM_TWAIT:
        if (s->now.thread[t].half) {
            offer_wake(s, t, in);
            break;
        }
        w = offer(s, t, 3);
        w[0] = queue(s, o, 1);
        w[1] = place(s, o, t, 0, 1);
        w[2] = sync_gate(s, s->program->object[in->other].slot, 0, 1);
        break;
    case SIM_SIGNAL:
        offer_signal(s, t, in);
        break;
    case SIM_BCAST:
        offer_broadcast(s, t, in);
        break;
    default:
        break;
    }
}

static void offer_other(struct sim *s, unsigned t, const struct sim_instr *in)
{
    int o = sim_object_of(s, in)->slot;
    const struct sim_thread *me = &s->now.thread[t];
    switch (in->code) {
    case SIM_ARRIVE:
        if (me->half)
            offer_one(
                s, t,
                round_of(s, o, me->round, sim_object_of(s, in)->start, 0));
        else
            offer_one(s, t,
                      round_of(s, o,
                               s->now.arrived[o] / sim_object_of(s, in)->start,
                               0, 1));
        s->view.op[t].fickle = !me->half;
        break;
    case SIM_EXIT:
        offer_one(
            s, t,
            (struct touch){.size = TOUCH_EVERYTHING, .mode = TOUCH_WRITE});
        break;
    case SIM_JOIN:
        offer_one(s, t, over(s, in->target, 1, 0));
        break;
    case SIM_END:
        offer_one(s, t, over(s, (int)t, 0, 1));
        break;
    default:
        offer(s, t, 0);
        break; /* yield, create */
    }
}

bool sim_ends_with_it(const struct sim *s, unsigned t)
{
    const struct sim_instr *in = sim_instr_of(s, t);
    return s->program->fused && s->program->joined[t] && in->code <= SIM_FILL &&
           in[1].code == SIM_END;
}

void sim_offer(struct sim *s, unsigned t)
{
    const struct sim_instr *in = sim_instr_of(s, t);
    s->view.op[t] =
        (struct op){.choices = s->choice[t], .yields = in->code == SIM_YIELD};
    if (in->code <= SIM_FILL)
        offer_memory(s, t, in);
    if (sim_ends_with_it(s, t)) {
        s->touch[t][0][1] = over(s, (int)t, 0, 1);
        s->choice[t][0].n = 2;
    }
    if (in->code == SIM_SPIN)
        offer_spin(s, t, in);
    else if (in->code > SIM_FILL && in->code <= SIM_WRUN)
        offer_sync(s, t, in);
    else if (in->code > SIM_WRUN)
        offer_other(s, t, in);
    switch (in->code) {
    case SIM_CAS:
    case SIM_TRYLOCK:
    case SIM_TRYDOWN:
    case SIM_BCAST:
        s->view.op[t].fickle = true;
        break;
    default:
        break;
    }
}
