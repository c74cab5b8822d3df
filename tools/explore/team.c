/* Threads that wait for searches, and when to stop those.
 * SPDX-License-Identifier: MIT */
#include "explore/team.h"

#include "base/guarded.h"
#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct member {
    struct running *all;
    struct session *s;
    struct session_spec spec;
    pthread_t thread;
    bool started;
    bool ended; /* under the lock */
    enum err result;
};

struct running {
    pthread_mutex_t lock;
    struct member *v;
    size_t n;
    const struct session_spec *spec;
};

/* The execution up to which all have to come. */
static uint64_t goal(const struct running *r) REQUIRES(r->lock)
{
    uint64_t most = UINT64_MAX;
    for (size_t i = 0; i < r->n; i++) {
        const struct shared *m = r->v[i].s->shared;
        if (m->over && m->bugs_count && m->bugs[0].execution < most)
            most = m->bugs[0].execution;
    }
    if (r->v[0].ended && r->v[0].s->shared->stats.executions < most)
        most = r->v[0].s->shared->stats.executions;
    return most;
}

static void add(struct shared_stats *to, const struct shared_stats *n)
{
    to->executions += n->executions;
    to->steps += n->steps;
    to->workers += n->workers;
    if (to->max_steps < n->max_steps)
        to->max_steps = n->max_steps;
    if (to->max_threads < n->max_threads)
        to->max_threads = n->max_threads;
    if (to->traces < n->traces)
        to->traces = n->traces;
    to->traces_exact = false;
}

/* Traces that several saw are not counted twice: the most of one is a bound. A
 * tree that was covered has them all. */
static struct shared_stats sum(const struct running *r)
{
    const struct shared *first = r->v[0].s->shared;
    struct shared_stats all = first->stats;
    for (size_t i = 1; i < r->n; i++)
        add(&all, &r->v[i].s->shared->stats);
    if (first->complete && first->stats.traces_exact) {
        all.traces = first->stats.traces;
        all.traces_exact = true;
    }
    return all;
}

static void watch(const struct shared_stats *stats, bool bug, double seconds,
                  void *arg)
{
    struct member *me = arg;
    struct running *r = me->all;
    pthread_mutex_lock(&r->lock);
    if (stats->executions >= goal(r))
        me->s->shared->stop = true;
    if (me == r->v && r->spec->progress) {
        struct shared_stats all = sum(r);
        r->spec->progress(&all, bug, seconds, r->spec->progress_arg);
    }
    pthread_mutex_unlock(&r->lock);
}

static void *run(void *arg)
{
    struct member *me = arg;
    me->result = session_run(me->s, &me->spec);
    pthread_mutex_lock(&me->all->lock);
    me->ended = true;
    pthread_mutex_unlock(&me->all->lock);
    return NULL;
}

static bool by_chance(enum explore_mode m)
{
    return m == EXPLORE_RANDOM || m == EXPLORE_PCT;
}

/* What the i-th of n does. */
static struct shared_config share(const struct shared_config *config, size_t i,
                                  size_t n)
{
    struct shared_config c = *config;
    if (by_chance(config->mode) && config->executions)
        c.executions =
            config->executions / n + (i < config->executions % n ? 1 : 0);
    if (i == 0)
        return c;
    if (!by_chance(config->mode))
        c.mode = i % 2 ? EXPLORE_RANDOM : EXPLORE_PCT;
    c.seed += i * 0x9e3779b97f4a7c15u;
    return c;
}

static size_t useful(size_t jobs, const struct shared_config *c)
{
    if (!by_chance(c->mode) && c->mode != EXPLORE_AUTO)
        return 1;
    if (by_chance(c->mode) && c->executions && c->executions < jobs)
        jobs = (size_t)c->executions;
    return jobs < TEAM_MOST ? jobs : TEAM_MOST;
}

static void wait_for_all(struct running *r)
{
    for (size_t i = 1; i < r->n; i++) {
        struct member *m = &r->v[i];
        m->started = pthread_create(&m->thread, NULL, run, m) == 0;
    }
    run(&r->v[0]);
    for (size_t i = 1; i < r->n; i++)
        if (r->v[i].started)
            pthread_join(r->v[i].thread, NULL);
}

/* The earliest bug. */
static size_t find_winner(const struct running *r)
{
    size_t best = 0;
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < r->n; i++) {
        const struct shared *m = r->v[i].s->shared;
        if (m->bugs_count && m->bugs[0].execution < least) {
            least = m->bugs[0].execution;
            best = i;
        }
    }
    return best;
}

/* What one has doubts about nobody may claim. */
static void gather(struct running *r)
{
    struct shared *first = r->v[0].s->shared;
    for (size_t i = 1; i < r->n; i++) {
        const struct shared *m = r->v[i].s->shared;
        first->learned |= m->learned;
        if (m->doubts & ~first->doubts && !first->names_count) {
            first->names_count = m->names_count;
            memcpy(first->names, m->names, sizeof m->names);
        }
        first->doubts |= m->doubts;
    }
}

static enum err conclude(struct team *t, struct running *r)
{
    t->winner = find_winner(r);
    t->stats = sum(r);
    gather(r);
    for (size_t i = 0; i < r->n; i++)
        if (t->wall < r->v[i].s->wall)
            t->wall = r->v[i].s->wall;
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i].result != ERR_OK && (i == 0 || r->v[i].started)) {
            t->winner = i;
            return r->v[i].result;
        }
    return ERR_OK;
}

enum err team_run(struct team *t, size_t jobs, size_t arena,
                  const struct shared_config *config,
                  const struct session_spec *spec)
{
    size_t wanted = useful(jobs ? jobs : 1, config);
    struct running r = {.lock = PTHREAD_MUTEX_INITIALIZER, .spec = spec};
    t->s = mem_new(wanted, sizeof *t->s);
    r.v = mem_new(wanted, sizeof *r.v);
    enum err e = ERR_OK;
    while (t->n < wanted && (e = session_init(&t->s[t->n], arena)) == ERR_OK)
        t->n++;
    r.n = t->n;
    for (size_t i = 0; i < r.n; i++) {
        t->s[i].shared->config = share(config, i, r.n);
        r.v[i] = (struct member){.all = &r, .s = &t->s[i], .spec = *spec};
        r.v[i].spec.progress = watch;
        r.v[i].spec.progress_arg = &r.v[i];
    }
    if (r.n > 0) { /* fewer will do */
        wait_for_all(&r);
        e = conclude(t, &r);
    }
    free(r.v);
    return e;
}

void team_fini(struct team *t)
{
    for (size_t i = 0; i < t->n; i++)
        session_fini(&t->s[i]);
    free(t->s);
    *t = (struct team){0};
}
