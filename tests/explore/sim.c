/* The simulated machine: what its threads are about to do, and doing it.
 * SPDX-License-Identifier: MIT */
#include "sim.h"

#include <assert.h>
#include <string.h>

enum { LOCAL_STEPS = 1000, ALL_READERS = 1000 };

static const struct sim_instr *instr(const struct sim *s, unsigned t)
{
    return &s->program->code[s->now.thread[t].pc];
}

static int eval(const struct sim *s, unsigned t, struct sim_value v)
{
    return (v.reg < 0 ? 0 : s->now.thread[t].reg[v.reg]) + v.plus;
}

static const struct sim_object *object_of(const struct sim *s,
                                          const struct sim_instr *in)
{
    return &s->program->object[in->object];
}

/* The slot that an instruction names; an index wraps round. */
static int slot_of(const struct sim *s, unsigned t, const struct sim_instr *in)
{
    const struct sim_object *o = object_of(s, in);
    int i = eval(s, t, in->index) % o->n;
    return o->slot + (i < 0 ? i + o->n : i);
}

static uintptr_t var_address(const struct sim *s, const struct sim_instr *in,
                             int slot)
{
    return 0x10000 + (uintptr_t)in->object * 0x1000 +
           (uintptr_t)(slot - object_of(s, in)->slot) * 4;
}

static struct touch access_of(const struct sim *s, unsigned t,
                              const struct sim_instr *in, enum touch_mode mode)
{
    return (struct touch){.object = var_address(s, in, slot_of(s, t, in)),
                          .size = 4,
                          .mode = mode};
}

static struct touch whole(const struct sim *s, const struct sim_instr *in,
                          enum touch_mode mode)
{
    const struct sim_object *o = object_of(s, in);
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
    int q = object_of(s, in)->slot;
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
    int q = object_of(s, in)->slot;
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
    int q = object_of(s, in)->slot;
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
    int now = s->now.slot[slot_of(s, t, in)];
    switch (in->code) {
    case SIM_LD:
        offer_one(s, t, access_of(s, t, in, TOUCH_READ));
        break;
    case SIM_CAS:
        offer_one(
            s, t,
            access_of(s, t, in,
                      now == eval(s, t, in->a) ? TOUCH_WRITE : TOUCH_READ));
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

static struct touch tried(struct sim *s, int slot)
{
    bool got = s->now.slot[slot] > 0;
    struct touch t = sync_gate(s, slot, 0, got ? -1 : 0);
    t.mode = got ? TOUCH_WRITE : TOUCH_READ;
    return t;
}

static void offer_sync(struct sim *s, unsigned t, const struct sim_instr *in)
{
    int o = object_of(s, in)->slot;
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
        offer_one(s, t, sync_gate(s, o, ALL_READERS, -ALL_READERS));
        break;
    case SIM_WRUN:
        offer_one(s, t, sync_gate(s, o, 0, ALL_READERS));
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
    int o = object_of(s, in)->slot;
    const struct sim_thread *me = &s->now.thread[t];
    switch (in->code) {
    case SIM_ARRIVE:
        if (me->half)
            offer_one(s, t,
                      round_of(s, o, me->round, object_of(s, in)->start, 0));
        else
            offer_one(s, t,
                      round_of(s, o,
                               s->now.arrived[o] / object_of(s, in)->start, 0,
                               1));
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

/* Whether a thread ends with what it is about to do. */
static bool ends_with_it(const struct sim *s, unsigned t)
{
    const struct sim_instr *in = instr(s, t);
    return s->program->fused && s->program->joined[t] && in->code <= SIM_FILL &&
           in[1].code == SIM_END;
}

static void offer_all(struct sim *s, unsigned t)
{
    const struct sim_instr *in = instr(s, t);
    s->view.op[t] =
        (struct op){.choices = s->choice[t], .yields = in->code == SIM_YIELD};
    if (in->code <= SIM_FILL)
        offer_memory(s, t, in);
    if (ends_with_it(s, t)) {
        s->touch[t][0][1] = over(s, (int)t, 0, 1);
        s->choice[t][0].n = 2;
    }
    if (in->code > SIM_FILL && in->code <= SIM_WRUN)
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

static void refresh(struct op_view *view, unsigned thread)
{
    offer_all((struct sim *)view, thread);
}

void sim_look(struct sim *s)
{
    memset(s->view.live, 0, sizeof s->view.live);
    s->view.refresh = refresh;
    for (unsigned t = 0; t < SIM_THREADS; t++)
        if (s->now.thread[t].live && !s->now.thread[t].ended) {
            s->view.live[0] |= (uint64_t)1 << t;
            offer_all(s, t);
        }
}

/* Runs what others cannot see; the thread parks before what they can. */
static void advance(struct sim *s, unsigned t)
{
    struct sim_thread *me = &s->now.thread[t];
    for (int steps = 0; instr(s, t)->code >= SIM_SET; steps++) {
        const struct sim_instr *in = instr(s, t);
        int a = eval(s, t, in->a), b = eval(s, t, in->b);
        assert(steps < LOCAL_STEPS);
        if (in->code == SIM_SET)
            me->reg[in->reg] = a;
        bool jump = (in->code == SIM_JEQ && a == b) ||
                    (in->code == SIM_JNE && a != b) ||
                    (in->code == SIM_JLT && a < b) || in->code == SIM_JMP;
        me->pc = jump ? in->target : me->pc + 1;
    }
    if (instr(s, t)->code == SIM_END && !s->program->joined[t])
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

static void do_memory(struct sim *s, unsigned t, const struct sim_instr *in)
{
    const struct sim_object *o = object_of(s, in);
    int32_t *slot = &s->now.slot[slot_of(s, t, in)], before = *slot;
    int a = eval(s, t, in->a), b = eval(s, t, in->b), sum = 0;
    int *reg = &s->now.thread[t].reg[in->reg];
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
            sum = sum * 3 + s->now.slot[o->slot + i];
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
    int q = object_of(s, in)->slot, m = s->program->object[in->other].slot;
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
    int o = object_of(s, in)->slot, n = object_of(s, in)->start;
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
    int o = object_of(s, in)->slot;
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
        *slot -= ALL_READERS;
        break;
    case SIM_WRUN:
        *slot += ALL_READERS;
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
    const struct sim_instr *in = instr(s, t);
    bool ends = ends_with_it(s, t);
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
        offer_all(s, t);
    if (in->code == SIM_CREATE && !s->now.thread[in->target].ended)
        offer_all(s, (unsigned)in->target);
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
