/* The front of the search: its phases, counts and limits.
 * SPDX-License-Identifier: MIT */
#include "explore/search/search.h"
#include "explore/search/inside.h"

#include <assert.h>
#include <stdalign.h>
#include <string.h>

#define STEPS_DEFAULT 100000u
#define TOIL_MOST 20u /* times the bound of steps, in one execution */

static bool is_tree(enum search_mode m)
{
    return m == SEARCH_DFS || m == SEARCH_SLEEP || m == SEARCH_SOURCE ||
           m == SEARCH_DPOR;
}

static bool is_given(enum search_mode m)
{
    return m == SEARCH_REPLAY || m == SEARCH_GUIDED || m == SEARCH_MINIMISE;
}

size_t search_smallest(void)
{
    return sizeof(struct search) + 65536;
}

static bool contradictory(const struct search_options *o)
{
    return (o->mode != SEARCH_DFS && o->bounded) ||
           (o->mode != SEARCH_AUTO && o->few) || o->mode > SEARCH_MINIMISE ||
           o->depth > 64 || (is_given(o->mode) && o->scheduled && !o->schedule);
}

/* So many steps that what is kept for each fits easily. */
static uint32_t step_cap(const struct search_options *o, size_t bytes)
{
    uint32_t cap = o->steps ? o->steps : STEPS_DEFAULT;
    size_t most = bytes / 128;
    return cap < most ? cap : (uint32_t)most;
}

bool search_phase(struct search *s, enum search_mode mode)
{
    s->mode = s->stats.phase = mode;
    s->planned = 0;
    s->before = s->stats.executions;
    arena_pop(&s->arena, s->bottom);
    s->stats.limits &= ~(unsigned)SEARCH_LIMIT_STEPS; /* of chance only */
    if (is_given(mode))
        return mode != SEARCH_MINIMISE || minimise_init(s);
    return !is_tree(mode) || tree_init(s);
}

static enum search_mode first_phase(const struct search_options *o)
{
    if (o->mode != SEARCH_AUTO)
        return o->mode;
    return o->random ? SEARCH_RANDOM : o->pct ? SEARCH_PCT : SEARCH_DPOR;
}

struct search *search_new(void *arena, size_t bytes,
                          const struct search_options *options,
                          struct op_view *view)
{
    if (bytes < search_smallest() || contradictory(options))
        return NULL;
    struct search *s = arena;
    memset(s, 0, sizeof *s);
    s->view = view;
    s->options = *options;
    s->arena.low = (char *)(s + 1);
    s->arena.high =
        (char *)arena + bytes / alignof(max_align_t) * alignof(max_align_t);
    s->random.state = options->seed;
    s->threads = 1;
    s->bounded = options->bounded;
    s->preemptions = options->preemptions;
    s->cap = step_cap(options, bytes);
    s->step = arena_push(&s->arena, s->cap * sizeof *s->step);
    s->bottom = s->arena.low;
    return s->step && search_phase(s, first_phase(options)) ? s : NULL;
}

void search_attach(struct search *s, struct op_view *view)
{
    s->view = view;
}

int search_thread(struct search *s, unsigned parent, uint32_t nth)
{
    for (uint32_t i = 1; i < s->threads; i++)
        if (s->child[i - 1].parent == parent && s->child[i - 1].nth == nth)
            return (int)i;
    if (s->threads == OP_THREADS) {
        s->stats.limits |= SEARCH_LIMIT_THREADS;
        return -1;
    }
    s->child[s->threads - 1] = (struct child){nth, (uint8_t)parent};
    return (int)s->threads++;
}

void search_begin(struct search *s)
{
    s->at = 0;
    s->toil = 0;
    s->running = true;
    s->lost = false;
    s->switches = (struct search_switches){0};
    if (is_given(s->mode))
        s->planned = 0;
    else if (!is_tree(s->mode))
        wander_begin(s);
}

/* A step of the part that is the same as last time. */
static enum search_answer repeat(struct search *s, struct op_step *step)
{
    *step = s->step[s->at];
    const struct op *op = &s->view->op[step->thread];
    if (!op_is_live(s->view, step->thread) || step->choice >= op->n)
        return SEARCH_DIVERGED;
    if (op->fickle)
        s->view->refresh(s->view, step->thread);
    if (step->choice >= op->n ||
        history_digest(&op->choices[step->choice]) != s->history.digest[s->at])
        return SEARCH_DIVERGED;
    s->at++;
    return SEARCH_GO;
}

static enum search_answer too_long(struct search *s)
{
    s->stats.limits |= SEARCH_LIMIT_STEPS;
    return SEARCH_ENOUGH;
}

enum search_answer search_pick(struct search *s, struct op_step *step)
{
    assert(s->running);
    if (is_tree(s->mode)) {
        if (s->at < s->planned)
            return repeat(s, step);
        return s->at == s->cap ? too_long(s) : tree_pick(s, step);
    }
    if (s->at == s->cap)
        return too_long(s);
    return is_given(s->mode) ? given_pick(s, step) : wander_pick(s, step);
}

static void count(struct search *s, enum search_outcome how)
{
    struct search_stats *n = &s->stats;
    n->executions++;
    n->steps += s->at;
    n->longest = n->longest < s->at ? s->at : n->longest;
    n->full += how <= SEARCH_ENDED_STUCK || how == SEARCH_ENDED_BUG;
    n->stuck += how == SEARCH_ENDED_STUCK;
    if (how == SEARCH_ENDED_EARLY) {
        n->bounded += s->at == s->cap;
        n->blocked += s->at != s->cap;
    }
    if (how == SEARCH_ENDED_CAP || how == SEARCH_ENDED_BUG)
        n->limits |= SEARCH_LIMIT_RUNTIME;
    if (how == SEARCH_ENDED_DIVERGED)
        n->limits |= SEARCH_LIMIT_DIVERGED;
}

static void count_trace(struct search *s, enum search_outcome how)
{
    struct search_print sum = s->print;
    s->print = (struct search_print){0};
    bool full = how <= SEARCH_ENDED_STUCK && !s->lost;
    s->tree_traces += full && is_tree(s->mode) && !s->few.on;
    if (!s->options.count_traces || is_given(s->mode) || s->lost)
        return;
    s->print =
        is_tree(s->mode) ? prints_of(&s->history) : prints_close(sum, s->at);
    s->prints.full |= s->order.full;
    if (full)
        prints_add(&s->prints, &s->arena, s->print);
}

/* Whether auto goes on to another phase. */
static bool next_phase(struct search *s)
{
    const struct search_options *o = &s->options;
    if (o->mode != SEARCH_AUTO || is_tree(s->mode))
        return true;
    uint64_t n = s->stats.executions;
    if (s->mode == SEARCH_RANDOM && n >= o->random)
        return search_phase(s, o->pct ? SEARCH_PCT : SEARCH_DPOR);
    if (s->mode == SEARCH_PCT && n >= (uint64_t)o->random + o->pct)
        return search_phase(s, SEARCH_DPOR);
    return true;
}

static bool goes_on(struct search *s, enum search_outcome how)
{
    if (s->mode == SEARCH_MINIMISE)
        return minimise_goes_on(s, how);
    if (how == SEARCH_ENDED_DIVERGED || is_given(s->mode))
        return false;
    if (s->few.on)
        return few_goes_on(s, how);
    if (is_tree(s->mode))
        return tree_next(s, how);
    return next_phase(s);
}

bool search_end(struct search *s, enum search_outcome how)
{
    if (!s->running) /* it died before its first step */
        search_begin(s);
    s->running = false;
    count(s, how);
    count_trace(s, how);
    if (!goes_on(s, how))
        return false;
    const struct search_options *o = &s->options;
    bool worked = o->work && s->stats.steps >= o->work;
    if (o->executions && s->stats.executions >= o->executions)
        s->stats.limits |= SEARCH_LIMIT_EXECUTIONS;
    else if (s->few.on || (!worked && !s->few.hurry))
        return true;
    else
        s->stats.limits |= worked ? SEARCH_LIMIT_WORK : 0;
    return !(s->stats.limits & SEARCH_LIMIT_EXECUTIONS) && few_begin(s);
}

void search_hurry(struct search *s)
{
    s->few.hurry = s->options.few > 0;
}

bool search_toil(struct search *s, uint32_t steps)
{
    s->stats.steps += steps;
    s->toil += steps;
    if (s->toil <= TOIL_MOST * (uint64_t)s->cap)
        return true;
    s->stats.limits |= SEARCH_LIMIT_STEPS;
    return false;
}

const struct op_step *search_steps(const struct search *s, uint32_t *n)
{
    *n = s->at;
    return s->step;
}

struct search_print search_print(const struct search *s)
{
    return s->print;
}

const struct op_step *search_best(const struct search *s, uint32_t *n,
                                  struct search_switches *switches)
{
    *n = s->minimise.failed ? s->minimise.n : 0;
    *switches = s->minimise.cost;
    return s->minimise.best;
}

bool search_improved(const struct search *s)
{
    return s->minimise.news;
}

struct search_switches search_switches(const struct search *s)
{
    return s->switches;
}

static bool traces_exact(const struct search *s)
{
    if (s->options.count_traces)
        return !s->prints.full && !s->arena.full;
    return is_tree(s->mode) && s->mode != SEARCH_DFS && !s->arena.full;
}

void search_stats(const struct search *s, struct search_stats *stats)
{
    *stats = s->stats;
    stats->traces = s->options.count_traces ? s->prints.n : s->tree_traces;
    stats->traces_exact = traces_exact(s);
    if (s->arena.full)
        stats->limits |= SEARCH_LIMIT_MEMORY;
    if (s->few.on)
        stats->limits &= ~(unsigned)SEARCH_LIMIT_PREEMPTIONS;
    stats->limits |= s->few.limits;
    stats->covered = s->few.covered;
    stats->complete = is_tree(s->mode) && stats->exhausted && !stats->limits;
    double part = is_tree(s->mode) && !s->few.on ? tree_part(s) : 0;
    if (stats->exhausted)
        part = 1;
    if (part > 0)
        stats->estimate = (double)(stats->executions - s->before) / part;
}
