/* Sessions that look for one bug only.
 * SPDX-License-Identifier: MIT */
#include "explore/small.h"

#include <string.h>

#define SMALL_ARENA ((size_t)64 << 20)

/* Of each session. Seconds are the last resort, where time counts at all. */
enum {
    SMALL_EXECUTIONS = 1500,
    SMALL_WORK = 4000000,
    SMALL_SECONDS = 20,
    SMALL_BOUND = 2,
    LONG = 2000, /* steps: depth-first search would see the end only */
};

/* What the search knew when it found the bug, for another run. */
static void inherit(struct shared *to, const struct shared *from,
                    const struct bug *b)
{
    to->config = from->config;
    to->learned = b->learned;
    to->fork_each = from->fork_each;
    to->visible_count = b->visible;
    memcpy(to->visible, from->visible, b->visible * sizeof *to->visible);
    to->slots_count = from->slots_count;
    memcpy(to->slots, from->slots, sizeof to->slots);
    to->replay_count = b->steps_count;
    memcpy(to->replay, from->kept + b->steps_first,
           b->steps_count * sizeof *to->replay);
    to->sought = *b;
    to->config.sought = true;
    to->config.keep_going = to->config.outcome = false;
    to->config.count_traces = false;
    to->config.executions = SMALL_EXECUTIONS;
    to->config.work = SMALL_WORK;
}

/* Whether it found the bug, by a schedule that there was room for; then
 * session_fini is owed. */
static bool look(const struct shared *from, const struct bug *b,
                 const struct session_spec *spec, enum explore_mode mode,
                 int bound, struct session *s)
{
    const struct session_spec small = {
        .argv = spec->argv,
        .cwd = spec->cwd,
        .seconds = spec->seconds > 0 ? SMALL_SECONDS : 0};
    if (session_init(s, SMALL_ARENA) != ERR_OK)
        return false;
    inherit(s->shared, from, b);
    s->shared->config.mode = mode;
    s->shared->config.preemptions = bound;
    if (session_run(s, &small) == ERR_OK && s->shared->bugs_count &&
        s->shared->bugs[0].kept)
        return true;
    session_fini(s);
    return false;
}

/* The same bug with at most so many preemptions, in *s, made simple. */
static bool look_within(const struct shared *m, const struct bug *b,
                        const struct session_spec *spec, int bound,
                        struct session *s)
{
    struct session found;
    if (!look(m, b, spec, EXPLORE_DFS, bound, &found))
        return false;
    const struct shared *f = found.shared;
    bool ok = f->bugs[0].steps_count <= 2 * b->steps_count + 100 &&
              look(f, &f->bugs[0], spec, EXPLORE_MINIMISE, -1, s);
    session_fini(&found);
    return ok;
}

bool small_schedule(const struct shared *m, const struct bug *b,
                    const struct session_spec *spec, struct trace *out,
                    unsigned *preemptions)
{
    struct session best, other;
    bool found = look(m, b, spec, EXPLORE_MINIMISE, -1, &best);
    unsigned most = found ? best.shared->bugs[0].preemptions : SMALL_BOUND + 1;
    if (bug_is_brief(b->kind) || b->steps_count > LONG)
        most = 0;
    for (unsigned bound = 0; bound < most && bound <= SMALL_BOUND; bound++) {
        if (!look_within(m, b, spec, (int)bound, &other))
            continue;
        if (found)
            session_fini(&best);
        best = other;
        found = true;
        break;
    }
    if (!found)
        return false;
    const struct bug *small = &best.shared->bugs[0];
    *preemptions = small->preemptions;
    found = trace_of(best.shared, small, spec->argv, spec->cwd, out) == ERR_OK;
    session_fini(&best);
    return found;
}
