/* Executions of a given schedule: replay, and guided.
 * SPDX-License-Identifier: MIT */
#include "explore/search/inside.h"

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

static enum search_answer guide(struct search *s, struct op_step *step)
{
    while (s->planned < s->options.scheduled) {
        *step = s->options.schedule[s->planned++];
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
    return s->mode == SEARCH_REPLAY ? replay(s, step) : guide(s, step);
}
