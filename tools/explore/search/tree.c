/* The searches that go through a tree in depth: dfs, sleep, source, dpor. They
 * differ in which of the ways from a frame they take.
 * SPDX-License-Identifier: MIT */
#include "explore/search/inside.h"

#include <string.h>

static bool uses_sleep(const struct search *s)
{
    return s->mode != SEARCH_DFS;
}

static bool finds_races(const struct search *s)
{
    return s->mode == SEARCH_SOURCE || s->mode == SEARCH_DPOR;
}

bool tree_init(struct search *s)
{
    s->frame = arena_push(&s->arena, (s->cap + 1) * sizeof(struct frame *));
    s->frames = 0;
    s->heir = NULL;
    bool clocks = uses_sleep(s) || s->options.count_traces;
    return s->frame && history_init(&s->history, &s->arena, s->cap, clocks);
}

static bool within_bound(struct search *s, const struct frame *f, unsigned t)
{
    if (!s->options.bounded || s->at == 0)
        return true;
    unsigned before = s->step[s->at - 1].thread;
    if (t == before || !bit(s->enabled, before) || s->view->op[before].yields ||
        f->switches.preemptions < s->options.preemptions)
        return true;
    s->stats.limits |= SEARCH_LIMIT_PREEMPTIONS;
    return false;
}

static void list_ways_of(struct search *s, struct frame *f, unsigned t)
{
    if (!within_bound(s, f, t))
        return;
    for (unsigned c = 0; c < s->view->op[t].n; c++)
        if (way_open(s, t, c))
            f->ways[f->n_ways++] = (struct op_step){(uint8_t)t, (uint8_t)c};
}

static bool list_ways(struct search *s, struct frame *f)
{
    unsigned n = 0;
    EACH_BIT(t, s->enabled)
    n += s->view->op[t].n;
    f->ways = arena_push(&s->arena, n * sizeof *f->ways);
    if (!f->ways)
        return false;
    unsigned first = s->at > 0 ? s->step[s->at - 1].thread : 0;
    if (bit(s->enabled, first))
        list_ways_of(s, f, first);
    EACH_BIT(t, s->enabled)
    if (t != first)
        list_ways_of(s, f, t);
    return true;
}

static bool add_sleeper(struct search *s, struct frame *f,
                        const struct sleeper *z)
{
    struct sleeper *copy = arena_push(&s->arena, sizeof *copy);
    if (!copy)
        return false; /* it is explored once more */
    *copy = *z;
    copy->next = f->sleep;
    f->sleep = copy;
    return true;
}

/* Those who sleep through an event sleep on. */
static void inherit(struct search *s, struct frame *f)
{
    if (s->frames == 0 || !uses_sleep(s))
        return;
    const struct event *e = s->history.event[s->history.n - 1];
    for (struct sleeper *z = s->frame[s->frames - 1]->sleep; z; z = z->next)
        if (z->thread != e->thread &&
            !notes_conflict(z->noted, z->touches, e->noted, e->touches))
            add_sleeper(s, f, z);
}

static struct frame *frame_new(struct search *s)
{
    struct frame *f = arena_push(&s->arena, sizeof *f);
    if (!f)
        return NULL;
    memset(f, 0, sizeof *f);
    history_meet(&s->history, s->view);
    memcpy(f->enabled, s->enabled, sizeof f->enabled);
    memcpy(f->known, s->history.known, sizeof f->known);
    f->quiet = s->quiet;
    f->switches = s->switches;
    if (!list_ways(s, f))
        return NULL;
    inherit(s, f);
    f->todo = s->heir;
    s->heir = NULL;
    f->mark = s->arena.low;
    s->frame[s->frames++] = f;
    return f;
}

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

/* Whether someone sleeps through what a leaf's operation has turned out to be:
 * then all that begins with it is known. */
static bool slept_through(struct search *s, const struct frame *f,
                          const struct twig *t)
{
    if (!t->fickle || t->child || t->any)
        return false;
    const struct op_choice *c = &s->view->op[t->thread].choices[t->choice];
    char *mark = s->arena.low;
    struct noted *noted = arena_push(&s->arena, (c->n + 1u) * sizeof *noted);
    bool found = false;
    if (noted)
        note(noted, c);
    for (const struct sleeper *z = f->sleep; noted && z; z = z->next)
        found |= z->thread != t->thread &&
                 !notes_conflict(z->noted, z->touches, noted, c->n ? c->n : 1);
    arena_pop(&s->arena, mark);
    return found;
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
        } else if (!asleep(f, t->thread, t->choice) &&
                   !slept_through(s, f, t)) {
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

static bool choose(struct search *s, struct frame *f, struct op_step *step)
{
    if (s->mode == SEARCH_DPOR)
        return choose_dpor(s, f, step);
    if (s->mode == SEARCH_SOURCE)
        return choose_source(f, step);
    return choose_next(f, step);
}

static bool as_before(const struct search *s, const struct frame *f)
{
    return !memcmp(f->enabled, s->enabled, sizeof f->enabled) &&
           f->quiet == s->quiet;
}

/* Without memory for the rest: to the end by the shortest way. */
static enum search_answer pick_lost(struct search *s, struct op_step *step)
{
    s->lost = true;
    s->stats.limits |= SEARCH_LIMIT_MEMORY;
    if (!any_way(s, step))
        return SEARCH_STUCK;
    took(s, *step);
    return SEARCH_GO;
}

static enum search_answer pick_from(struct search *s, struct frame *f,
                                    struct op_step *step)
{
    if (!choose(s, f, step)) {
        if (finds_races(s)) /* in what is covered, blocked ones were enabled */
            races_of_pending(s, false);
        return SEARCH_ENOUGH;
    }
    if (finds_races(s) && s->view->op[step->thread].n > 1)
        note_others(s, f, *step);
    if (!history_push(&s->history, s->view, *step))
        return pick_lost(s, step);
    took(s, *step);
    return SEARCH_GO;
}

enum search_answer tree_pick(struct search *s, struct op_step *step)
{
    look(s);
    if (s->lost)
        return pick_lost(s, step);
    if (s->at < s->frames) {
        struct frame *f = s->frame[s->at];
        if (!as_before(s, f))
            return SEARCH_DIVERGED;
        s->switches = f->switches;
        return pick_from(s, f, step);
    }
    if (no_bits(s->enabled))
        return SEARCH_STUCK;
    struct frame *f = frame_new(s);
    if (!f)
        return pick_lost(s, step);
    if (f->quiet && finds_races(s))
        races_of_pending(s, false);
    return pick_from(s, f, step);
}

/* Puts the step that was explored from f to sleep. */
static void retire(struct search *s, struct frame *f, uint32_t i)
{
    const struct event *e = s->history.event[i];
    struct sleeper z = {
        .touches = e->touches, .thread = e->thread, .choice = e->choice};
    const struct noted *from = e->noted;
    forget_open(s, i);
    history_cut(&s->history, i, f->known);
    arena_pop(&s->arena, f->mark);
    f->others = NULL;
    f->done++;
    if (!uses_sleep(s))
        return;
    /* It is copied to lower addresses; what lies there is of no use now. */
    bool full = s->arena.full;
    size_t bytes = z.touches * sizeof *from;
    struct sleeper *copy = arena_push(&s->arena, sizeof *copy);
    struct noted *noted = arena_push(&s->arena, bytes);
    s->arena.full = full;
    if (!copy || !noted)
        return;
    memmove(noted, from, bytes);
    *copy = z;
    copy->noted = noted;
    copy->next = f->sleep;
    f->sleep = copy;
    f->mark = s->arena.low;
}

static bool has_more(struct search *s, struct frame *f)
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

static bool backtrack(struct search *s)
{
    while (s->frames > 0) {
        struct frame *f = s->frame[s->frames - 1];
        if (s->history.n >= s->frames)
            retire(s, f, s->frames - 1);
        else if (s->lost)
            f->n_ways = 0; /* its step was chosen, but there was no room */
        if (f->n_ways && has_more(s, f)) {
            s->planned = s->frames - 1;
            return true;
        }
        while (f->todo)
            wakeup_drop(s, f);
        s->frames--;
    }
    return false;
}

bool tree_next(struct search *s, enum search_outcome how)
{
    bool maximal = how == SEARCH_ENDED || how == SEARCH_ENDED_STUCK;
    if (finds_races(s)) {
        races_still_open(s);
        races_of_events(s, s->planned);
        if (maximal && !s->lost)
            races_of_pending(s, true);
    }
    if (backtrack(s))
        return true;
    s->stats.exhausted = true;
    return false;
}

/* Threads wanted and not yet explored, or running. */
static uint32_t wanted_left(const struct frame *f)
{
    uint32_t n = 0;
    EACH_BIT(t, f->wanted)
    n++;
    return n > f->done ? n - f->done - 1 : 0;
}

/* Steps known to be left to explore from f, without the one that runs. */
static uint32_t left(const struct search *s, const struct frame *f)
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

double tree_part(const struct search *s)
{
    double part = 0, unit = 1;
    for (uint32_t i = 0; i < s->frames; i++) {
        const struct frame *f = s->frame[i];
        uint32_t ways = f->done + (s->history.n > i) + left(s, f);
        if (!ways)
            break;
        unit /= ways;
        part += unit * f->done;
    }
    return part;
}
