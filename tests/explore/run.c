/* Runs searches over the simulated machine.
 * SPDX-License-Identifier: MIT */
#include "run.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = 64 << 20 };

const struct search_options run_modes[] = {
    {.mode = SEARCH_DFS, .count_traces = true},
    {.mode = SEARCH_SLEEP, .count_traces = true},
    {.mode = SEARCH_SOURCE, .count_traces = true},
    {.mode = SEARCH_DPOR, .count_traces = true},
};
const char *const run_mode_names[] = {"dfs", "sleep", "source", "dpor"};

static bool can_do(struct sim *sim, struct op_step step)
{
    struct op_step ways[SIM_THREADS * SIM_CHOICES];
    size_t n = sim_ways(sim, ways, SIM_THREADS * SIM_CHOICES);
    for (size_t i = 0; i < n; i++)
        if (ways[i].thread == step.thread && ways[i].choice == step.choice)
            return true;
    return false;
}

/* One execution: how it ended. */
static enum search_outcome once(struct run *r, struct search *s,
                                struct sim *sim, struct course *course)
{
    struct op_step step;
    search_begin(s);
    while (!sim_over(sim)) {
        switch (search_pick(s, &step)) {
        case SEARCH_STUCK:
            return SEARCH_ENDED_STUCK;
        case SEARCH_ENOUGH:
            return SEARCH_ENDED_EARLY;
        case SEARCH_DIVERGED:
            return SEARCH_ENDED_DIVERGED;
        case SEARCH_GO:
            break;
        }
        if (course && !can_do(sim, step)) {
            r->crashed = true;
            return SEARCH_ENDED_CAP;
        }
        if (course)
            course_step(course, step);
        else
            sim_step(sim, step);
    }
    return SEARCH_ENDED;
}

void run_search(struct run *r, const struct sim_program *p,
                const struct search_options *o, uint64_t most, bool keep)
{
    static void *arena;
    struct sim *sim = mem_new(1, sizeof *sim);
    struct course *course = keep ? mem_new(1, sizeof *course) : NULL;
    if (!arena)
        arena = malloc(ARENA);
    *r = (struct run){0};
    struct search_options options = *o;
    options.executions = most;
    options.steps = keep ? ORACLE_EVENTS : 0;
    struct search *s = search_new(arena, ARENA, &options, &sim->view);
    size_t full = 0;
    bool more = s;
    while (more) {
        if (keep)
            course_start(course, sim, p);
        else
            sim_start(sim, p);
        enum search_outcome how = once(r, s, sim, course);
        if (keep && how <= SEARCH_ENDED_STUCK) {
            traces_add(&r->traces, course);
            full++;
        }
        more = search_end(s, how);
    }
    if (s)
        search_stats(s, &r->stats);
    traces_sort(&r->traces);
    r->twice = full - r->traces.n;
    r->prints = r->stats.traces;
    free(course);
    free(sim);
}

void run_fini(struct run *r)
{
    traces_fini(&r->traces);
}

const char *run_differs(const struct run *r, const struct oracle *o,
                        bool strict)
{
    static char why[160];
    if (r->crashed)
        return "a step that cannot be done";
    if (r->traces.n != o->traces.n || r->prints != o->traces.n) {
        snprintf(why, sizeof why, "%zu traces, %zu by print, not %zu",
                 r->traces.n, r->prints, o->traces.n);
        return why;
    }
    for (size_t i = 0; i < r->traces.n; i++)
        if (memcmp(&r->traces.v[i].id, &o->traces.v[i].id,
                   sizeof o->traces.v[i].id) ||
            r->traces.v[i].state != o->traces.v[i].state ||
            r->traces.v[i].stuck != o->traces.v[i].stuck)
            return "another trace, or another end of it";
    if (!r->stats.complete)
        return "not complete";
    snprintf(why, sizeof why, "%zu traces twice, %llu runs blocked", r->twice,
             (unsigned long long)r->stats.blocked);
    return strict && (r->twice || r->stats.blocked) ? why : NULL;
}
