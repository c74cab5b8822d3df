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
    unsigned keeps = HISTORY_DIGESTS;
    if (uses_sleep(s))
        keeps |= HISTORY_CLOCKS;
    return s->frame && history_init(&s->history, &s->arena, s->cap, keeps,
                                    s->options.count_traces ? &s->order : NULL);
}

static bool within_bound(struct search *s, const struct frame *f, unsigned t)
{
    if (!s->bounded || s->at == 0 || s->quiet)
        return true;
    unsigned before = s->step[s->at - 1].thread;
    if (t == before || !bit(s->enabled, before) || s->view->op[before].yields ||
        f->switches.preemptions < s->preemptions)
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

static bool backtrack(struct search *s)
{
    while (s->frames > 0) {
        struct frame *f = s->frame[s->frames - 1];
        if (s->history.n >= s->frames)
            retire(s, f, s->frames - 1);
        else if (s->lost)
            f->n_ways = 0; /* its step was chosen, but there was no room */
        if (f->n_ways && choose_more(s, f)) {
            s->planned = s->frames - 1;
            return true;
        }
        while (f->todo)
            wakeup_drop(s, f);
        s->frames--;
    }
    return false;
}

/* The execution ended before anything new was tried. That may happen once, to a
 * worker that dies; twice, and what is left to try from there is given up. */
static void stall(struct search *s)
{
    if (s->at > s->planned || s->frames <= s->planned) {
        s->stalls = 0;
    } else if (++s->stalls == 2) {
        s->stats.limits |= SEARCH_LIMIT_DIVERGED;
        s->stalls = 0;
        s->frame[s->planned]->n_ways = 0;
    }
}

bool tree_next(struct search *s, enum search_outcome how)
{
    bool maximal = how == SEARCH_ENDED || how == SEARCH_ENDED_STUCK;
    if (how == SEARCH_ENDED_BUG || how == SEARCH_ENDED_CAP)
        stall(s);
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

void tree_leave(struct search *s)
{
    forget_open(s, 0);
    for (uint32_t i = 0; i < s->frames; i++)
        while (s->frame[i]->todo)
            wakeup_drop(s, s->frame[i]);
    twigs_free(s, s->heir);
    s->heir = NULL;
    s->frames = 0;
}

double tree_part(const struct search *s)
{
    double part = 0, unit = 1;
    for (uint32_t i = 0; i < s->frames; i++) {
        const struct frame *f = s->frame[i];
        uint32_t ways = f->done + (s->history.n > i) + choose_left(s, f);
        if (!ways)
            break;
        unit /= ways;
        part += unit * f->done;
    }
    return part;
}
