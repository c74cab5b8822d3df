/* The searches by chance: random, and pct.
 *
 * pct gives each thread a random priority, lets the highest go on, and at
 * depth - 1 random steps drops that of the running one below all others. A
 * thread that yields is dropped, too: else it would spin for ever.
 * SPDX-License-Identifier: MIT */
#include "explore/search/inside.h"

#include <string.h>

#define CHANGES (sizeof((struct search *)0)->change / sizeof(uint32_t))

/* The execution's length is not known: it is taken for the longest so far. */
static void plan_changes(struct search *s)
{
    unsigned depth = s->options.depth ? s->options.depth : 3;
    uint32_t length = s->stats.longest ? s->stats.longest : 64;
    for (unsigned i = 0; i < CHANGES; i++)
        s->change[i] =
            i + 1 < depth ? random_below(&s->random, length) : UINT32_MAX;
}

void wander_begin(struct search *s)
{
    s->lowest = 0;
    if (s->mode == SEARCH_PCT) {
        memset(s->priority, 0, sizeof s->priority);
        plan_changes(s);
    }
    if (s->options.count_traces) {
        order_begin(&s->order);
        order_trim(&s->order, &s->arena);
        memset(s->nth, 0, sizeof s->nth);
        s->print = (struct search_print){0};
    }
}

/* Without the instruction, which not every processor has. */
static unsigned bits_in(uint64_t set)
{
    set -= set >> 1 & 0x5555555555555555U;
    set = (set & 0x3333333333333333U) + (set >> 2 & 0x3333333333333333U);
    set = (set + (set >> 4)) & 0x0f0f0f0f0f0f0f0fU;
    return (unsigned)(set * 0x0101010101010101U >> 56);
}

/* The first word has all of them but in large programs. */
static unsigned random_thread(struct search *s)
{
    unsigned first = bits_in(s->enabled[0]), n = first, word = 0;
    for (unsigned i = 1; i < WORDS; i++)
        n += s->enabled[i] ? bits_in(s->enabled[i]) : 0;
    unsigned skip = random_below(&s->random, n);
    for (unsigned in = first; skip >= in; in = bits_in(s->enabled[word])) {
        skip -= in;
        word++;
    }
    uint64_t rest = s->enabled[word];
    for (; skip > 0; skip--)
        rest &= rest - 1;
    return word * 64 + (unsigned)__builtin_ctzll(rest);
}

/* Priorities are above 0 until dropped; 0 is a thread not met yet. */
static unsigned highest(struct search *s)
{
    unsigned best = OP_THREADS;
    EACH_BIT(t, s->enabled)
    {
        if (!s->priority[t])
            s->priority[t] = 1 + (int64_t)(random_next(&s->random) >> 2);
        if (best == OP_THREADS || s->priority[t] > s->priority[best])
            best = t;
    }
    return best;
}

static unsigned pct_thread(struct search *s)
{
    unsigned t = highest(s);
    for (unsigned i = 0; i < CHANGES; i++)
        if (s->change[i] == s->at) {
            s->priority[t] = --s->lowest;
            t = highest(s);
        }
    if (s->view->op[t].yields)
        s->priority[t] = --s->lowest;
    return t;
}

static unsigned random_choice(struct search *s, unsigned thread)
{
    unsigned n = 0, pick = 0;
    if (s->view->op[thread].n == 1) { /* open, as its thread can go on */
        random_next(&s->random);      /* as if it had been drawn */
        return 0;
    }
    for (unsigned c = 0; c < s->view->op[thread].n; c++)
        if (way_open(s, thread, c) && random_below(&s->random, ++n) == 0)
            pick = c;
    return pick;
}

static void add_print(struct search *s, struct op_step step)
{
    const struct op_choice *c = &s->view->op[step.thread].choices[step.choice];
    prints_step(&s->print, &s->order, &s->arena, c, step,
                ++s->nth[step.thread]);
}

enum search_answer wander_pick(struct search *s, struct op_step *step)
{
    look(s);
    if (no_bits(s->enabled))
        return SEARCH_STUCK;
    unsigned t = s->mode == SEARCH_PCT ? pct_thread(s) : random_thread(s);
    *step = (struct op_step){(uint8_t)t, (uint8_t)random_choice(s, t)};
    if (s->options.count_traces)
        add_print(s, *step);
    took(s, *step);
    return SEARCH_GO;
}
