/* Executions of a given schedule: replay, guided, and minimise.
 * SPDX-License-Identifier: MIT */
#include "explore/search/inside.h"

#include <string.h>

static enum search_answer replay(struct search *s, struct op_step *step)
{
    if (s->at >= s->options.scheduled)
        return SEARCH_DIVERGED;
    *step = s->options.schedule[s->at];
    if (!way_open(s, step->thread, step->choice))
        return SEARCH_DIVERGED;
    took(s, *step);
    return SEARCH_GO;
}

static enum search_answer guide(struct search *s, const struct op_step *given,
                                uint32_t n, struct op_step *step)
{
    while (s->planned < n) {
        *step = given[s->planned++];
        if (way_open(s, step->thread, step->choice)) {
            took(s, *step);
            return SEARCH_GO;
        }
    }
    any_way(s, step);
    took(s, *step);
    return SEARCH_GO;
}

enum search_answer given_pick(struct search *s, struct op_step *step)
{
    look(s);
    if (no_bits(s->enabled))
        return SEARCH_STUCK;
    if (s->mode == SEARCH_REPLAY)
        return replay(s, step);
    if (s->mode == SEARCH_GUIDED)
        return guide(s, s->options.schedule, s->options.scheduled, step);
    return guide(s, s->minimise.tried, s->minimise.n_tried, step);
}

bool minimise_init(struct search *s)
{
    struct minimise *m = &s->minimise;
    size_t bytes = s->cap * sizeof *m->best;
    if (s->options.scheduled > s->cap)
        return false;
    *m = (struct minimise){.best = arena_push(&s->arena, bytes),
                           .tried = arena_push(&s->arena, bytes),
                           .brief = s->options.brief,
                           .n_tried = s->options.scheduled};
    if (m->best && m->tried && m->n_tried)
        memcpy(m->tried, s->options.schedule, m->n_tried * sizeof *m->tried);
    return m->best && m->tried;
}

bool minimise_goes_on(struct search *s, enum search_outcome how)
{
    s->minimise.news = false;
    if (how == SEARCH_ENDED_BUG)
        minimise_failed(&s->minimise, s->step, s->at, s->switches);
    if (!s->minimise.failed)
        return false; /* nothing to go on from */
    s->stats.exhausted = !minimise_next(&s->minimise);
    return !s->stats.exhausted;
}
