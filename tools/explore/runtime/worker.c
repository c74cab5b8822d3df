/* Starts executions and judges how they end.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/worker.h"

#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/early.h"
#include "explore/runtime/exits.h"
#include "explore/runtime/fd.h"
#include "explore/runtime/file.h"
#include "explore/runtime/heap.h"
#include "explore/runtime/keys.h"
#include "explore/runtime/marks.h"
#include "explore/runtime/object.h"
#include "explore/runtime/point.h"
#include "explore/runtime/process.h"
#include "explore/runtime/race.h"
#include "explore/runtime/replay.h"
#include "explore/runtime/signals.h"
#include "explore/runtime/snapshot.h"
#include "explore/runtime/stream.h"
#include "explore/runtime/tell.h"
#include "explore/runtime/threads.h"

#include <errno.h>
#include <string.h>

enum { SPURIOUS = 1 }; /* wake-ups in one execution, if there are any */

int __real_main(int argc, char **argv, char **environment);

static const struct program *program(void)
{
    return *(const struct program **)LAYOUT_PROGRAM;
}

static void main_thread(void *unused)
{
    (void)unused;
    const struct program *p = program();
    exits_normally(__real_main(p->argc, p->argv, p->environment), 0);
}

static void reset(void)
{
    struct state *s = state();
    for (uint32_t i = 0; i < s->threads_used; i++)
        if (s->threads[i].used)
            fiber_seen(&s->threads[i].fiber, i);
    for (uint32_t i = 0; i < s->threads_used; i++)
        s->threads[i].used = false;
    heap_reset(s->threads_used);
    s->threads_used = s->live = 0;
    s->timeouts_left = (int32_t)s->shared->config.timeouts;
    s->spurious_left = SPURIOUS;
    s->exiting = s->exit_called = s->shared->hit = s->crowd = false;
    s->exit_code = 0;
    s->exit_handlers_count = s->kept_handlers;
    s->random = 1;
    s->outcome = SEARCH_ENDED;
    memset(s->view.live, 0, sizeof s->view.live);
    s->shared->steps_count = 0;
    s->shared->output_count = 0;
    fd_reset();
    process_reset();
    signals_reset();
    stream_reset();
    file_reset();
    keys_reset();
    object_reset();
    early_restore();
    race_reset();
    access_reset();
    snapshot_restore();
    errno = 0;
}

/* What the first execution without a bug has printed tells that it ran to its
 * end, and did not just stop. */
static void keep_output(void)
{
    struct shared *m = state()->shared;
    if (m->bugs_count > 0 || m->printed_count > 0)
        return;
    memcpy(m->printed, m->output, m->output_count);
    m->printed_count = m->output_count;
}

/* One execution, from its start to its end. */
static void execute(void)
{
    struct state *s = state();
    reset();
    s->shared->in_execution = true;
    if (s->replaying)
        replay_begin();
    if (!threads_start_main(main_thread)) {
        doubt(DOUBT_THREADS, "no thread can be had");
        return;
    }
    s->running = true;
    s->root.fs = fiber_here();
    fiber_switch(&s->root, &s->current->fiber);
    if (!s->replaying)
        search_begin(s->search);
    if (s->running)
        point_first();
    if (s->telling)
        tell_end();
    s->running = false;
    marks_end();
    s->shared->in_execution = false;
    if (s->outcome == SEARCH_ENDED && !s->exit_called)
        exits_check(0, 0); /* all threads ended by themselves */
    if (s->outcome == SEARCH_ENDED)
        keep_output();
}

static void count(void)
{
    struct state *s = state();
    struct search_stats n;
    search_stats(s->search, &n);
    struct shared_stats *all = &s->shared->stats;
    all->traces = n.traces;
    all->traces_exact = n.traces_exact;
    all->blocked = n.blocked;
    all->estimate = n.estimate;
    all->max_threads = n.threads;
    all->max_steps = n.longest;
    all->limits = n.limits;
    all->covered = n.covered;
    all->steps = s->steps_before + n.steps;
    s->shared->exhausted = n.exhausted && !s->cut;
    s->shared->complete = n.complete;
    if (s->shared->restart) { /* what it ends is not what is to be done */
        s->shared->exhausted = s->shared->complete = false;
        all->covered = 0;
        all->limits |= SEARCH_LIMIT_EXECUTIONS;
    }
}

static const enum search_mode modes[] = {
    [EXPLORE_RANDOM] = SEARCH_RANDOM, [EXPLORE_PCT] = SEARCH_PCT,
    [EXPLORE_DFS] = SEARCH_DFS,       [EXPLORE_SLEEP] = SEARCH_SLEEP,
    [EXPLORE_SOURCE] = SEARCH_SOURCE, [EXPLORE_DPOR] = SEARCH_DPOR,
    [EXPLORE_AUTO] = SEARCH_AUTO,     [EXPLORE_MINIMISE] = SEARCH_MINIMISE,
};

/* Threads keep the numbers that they had in an earlier search. */
static void number_threads(void)
{
    const struct shared *m = state()->shared;
    for (uint32_t i = 1; i < m->slots_count; i++)
        search_thread(state()->search, m->slots[i].parent, m->slots[i].child);
}

/* What is left of a bound that holds for all searches together. */
static uint64_t left(uint64_t bound, uint64_t used)
{
    return bound > used ? bound - used : bound ? 1 : 0;
}

/* Of those as well that few preemptions may take. */
static uint64_t few(const struct shared *m)
{
    const struct shared_config *c = &m->config;
    if (c->mode != EXPLORE_AUTO || !c->few)
        return 0;
    return c->work ? left(2 * c->work, m->stats.steps) -
                         left(c->work, m->stats.steps)
                   : UINT64_MAX;
}

static bool new_search(void)
{
    struct state *s = state();
    struct shared *m = s->shared;
    const struct shared_config *c = &m->config;
    struct op_step schedule[SHARED_STEPS];
    for (uint32_t i = 0; i < m->replay_count; i++)
        schedule[i] = (struct op_step){(uint8_t)m->replay[i].thread,
                                       (uint8_t)m->replay[i].choice};
    struct search_options o = {
        .mode = modes[c->mode],
        .seed = c->seed,
        .executions = left(c->executions, m->stats.executions),
        .work = left(c->work, m->stats.steps),
        .steps = (uint32_t)c->max_steps,
        .depth = c->depth,
        .bounded = c->mode == EXPLORE_DFS && c->preemptions >= 0,
        .preemptions = c->preemptions < 0 ? 0 : (uint32_t)c->preemptions,
        .random = c->random,
        .pct = c->pct,
        .few = few(m),
        .count_traces = c->count_traces,
        .schedule = schedule,
        .scheduled = m->replay_count,
        .brief = bug_is_brief(m->sought.kind)};
    s->steps_before = m->stats.steps;
    s->search = search_new(m->arena, m->size - sizeof *m, &o, &s->view);
    m->search = (uint64_t)s->search;
    if (s->search)
        number_threads();
    return s->search != NULL;
}

/* The bug that is sought showed by the simplest schedule yet. */
static void keep_simplest(void)
{
    struct shared *m = state()->shared;
    struct search_switches cost;
    uint32_t n;
    search_best(state()->search, &n, &cost);
    struct bug *b = &m->bugs[0];
    if (n == 0 || !search_improved(state()->search))
        return;
    *b = m->sought;
    m->bugs_count = 1;
    m->kept_count = 0;
    b->preemptions = cost.preemptions;
    bug_keep_schedule(b);
}

static bool end(enum search_outcome how)
{
    struct state *s = state();
    if (s->shared->config.mode != EXPLORE_MINIMISE)
        return search_end(s->search, how);
    bool more = search_end(s->search, s->shared->hit ? SEARCH_ENDED_BUG
                                                     : SEARCH_ENDED_CAP);
    keep_simplest();
    return more;
}

/* The search starts over, for more is known of what has to be seen. */
static bool again(void)
{
    struct state *s = state();
    const struct shared_config *c = &s->shared->config;
    count();
    struct shared_stats *n = &s->shared->stats;
    if ((c->executions && n->executions >= c->executions) ||
        (c->work && n->steps >= (c->few ? 2 * c->work : c->work)))
        return false; /* it stays to be done: nothing was finished */
    s->shared->restart = false;
    n->restarts++;
    return new_search();
}

/* Takes up the search of the worker before this one. */
static bool take_up(void)
{
    struct state *s = state();
    struct shared *m = s->shared;
    s->view.refresh = point_refresh;
    if (!m->search)
        return new_search();
    s->search = (struct search *)m->search;
    search_attach(s->search, &s->view);
    if (!m->in_execution)
        return true;
    m->in_execution = false;
    m->stats.executions++;
    bool more = end(SEARCH_ENDED_BUG);
    return m->restart ? again() : more;
}

/* Two runs of one schedule differed: there is state that a restart in the same
 * process does not put back. From now on each has a process of its own; if they
 * still differ, the program is to blame. */
static bool diverged(void)
{
    struct state *s = state();
    struct shared *m = s->shared;
    if (m->fork_each) {
        doubt(DOUBT_DIVERGED, "");
        return false;
    }
    m->fork_each = true;
    m->restart = true;
    return again();
}

static bool step(void)
{
    struct state *s = state();
    struct shared *m = s->shared;
    execute();
    m->stats.executions++;
    if (m->hurry)
        search_hurry(s->search);
    if (s->outcome == SEARCH_ENDED_DIVERGED)
        return diverged();
    bool more = end(s->outcome);
    if (s->stop || m->stop)
        return false;
    if (m->restart)
        return again();
    return more;
}

void worker_run(const struct program *p)
{
    struct state *s = state();
    struct shared *m = s->shared;
    *(const struct program **)LAYOUT_PROGRAM = p;
    exits_catch_faults();
    bool more = take_up();
    if (early_refusal()) {
        doubt(DOUBT_UNMODELLED, early_refusal());
        m->stop = true;
    }
    if (!s->search)
        doubt(DOUBT_SEARCH, "");
    uint64_t n = 0;
    while (more && !m->stop) {
        more = step();
        if (++n % 64 == 0)
            count();
        if (m->fork_each)
            break;
    }
    if (s->search)
        count();
    m->finished = !more || m->stop;
}

void worker_replay(const struct program *p)
{
    struct state *s = state();
    *(const struct program **)LAYOUT_PROGRAM = p;
    s->replaying = true;
    s->telling = s->shared->config.tell;
    if (!s->shared->config.trap)
        exits_catch_faults();
    execute();
    s->shared->stats.executions++;
    s->shared->finished = true;
}
