/* Search, shrink, keep, replay.
 * SPDX-License-Identifier: MIT */
#include "explore/explore.h"

#include "explore/bug_words.h"
#include "explore/names.h"
#include "explore/search/search.h"
#include "explore/session.h"
#include "explore/small.h"
#include "explore/team.h"
#include "explore/torn.h"
#include "explore/trace.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARENA ((size_t)1 << 30)

/* Of the search for an outcome: it does the same every time. */
enum {
    OUTCOME_EXECUTIONS = 10000,
    OUTCOME_WORK = 5000000,
    OUTCOME_CHANCE = 100
};
#define OUTCOME_LEAST 1.0 /* seconds */

/* The bug that was sought; NULL if it did not show. */
static const struct bug *shown(const struct shared *m)
{
    for (uint32_t i = 0; i < m->bugs_count; i++)
        if (m->bugs[i].kind == m->sought.kind)
            return &m->bugs[i];
    return NULL;
}

/* Runs the trace once more, and takes the story from that. */
static enum err retell(const struct trace *t, size_t most, struct bug *bug,
                       struct explored_bug *out, char **output)
{
    struct session s;
    struct strv argv = {0};
    enum err e = session_init(&s, 0);
    if (e != ERR_OK)
        return e;
    strv_add(&argv, t->program);
    strv_add_all(&argv, &t->arguments);
    const struct session_spec spec = {
        .argv = (const char *const *)argv.v, .cwd = t->cwd, .seconds = 60};
    trace_load(t, s.shared);
    s.shared->config.tell = true;
    s.shared->config.print = output != NULL;
    e = session_run(&s, &spec);
    if (e == ERR_OK && shown(s.shared)) {
        struct places *p = NULL;
        *bug = *shown(s.shared);
        places_open(t->program, 0, &p);
        out->replayed = true;
        story_of(s.shared, bug, p, most, &out->story);
        bug_words(s.shared, bug, p, out);
        torn_places(s.shared, bug, p, out);
        places_close(p);
    }
    if (e == ERR_OK && output) {
        *output = s.output;
        s.output = NULL;
    }
    strv_fini(&argv);
    session_fini(&s);
    return e;
}

static void keep_trace(const struct trace *t, const struct explore_options *o,
                       size_t number, struct explored_bug *out)
{
    char *path =
        str_fmt("%s/%s-%s-%ld-%zu.trace", o->out, str_basename(t->program),
                t->bug, (long)getpid(), number);
    if (fs_mkdirs(o->out) == ERR_OK && trace_write(t, path) == ERR_OK)
        out->trace = path;
    else
        free(path);
}

static void make_small(const struct shared *m, const struct bug *b,
                       const struct session_spec *spec, struct trace *t,
                       struct explored_bug *out)
{
    struct trace small = {0};
    out->small = small_schedule(m, b, spec, &small, &out->preemptions);
    if (!out->small)
        return;
    trace_fini(t);
    *t = small;
}

static void tell_bug(const struct shared *m, const struct bug *b,
                     const struct explore_options *o,
                     const struct session_spec *spec, struct explored *all)
{
    struct explored_bug out = {
        .kind = b->kind, .code = b->code, .execution = b->execution};
    struct trace t = {0};
    struct bug again = *b;
    if (trace_of(m, b, spec->argv, spec->cwd, &t) == ERR_OK && b->kept) {
        if (!o->as_found)
            make_small(m, b, spec, &t, &out);
        keep_trace(&t, o, all->bugs.n + 1, &out);
        retell(&t, o->story_most, &again, &out, NULL);
    }
    out.text = str_dup(again.text);
    if (!out.replayed) {
        struct places *p = NULL;
        places_open(spec->argv[0], 0, &p);
        bug_words(m, b, p, &out);
        places_close(p);
    }
    out.steps = t.steps.n;
    trace_fini(&t);
    vec_push(&all->bugs, out);
}

/* Where the loop is that made executions too long. */
static void add_loop(const struct shared *m, const char *program,
                     struct strv *why)
{
    struct places *p = NULL;
    struct code_place c;
    if (!m->loop_pc || !(m->stats.limits & SEARCH_LIMIT_STEPS))
        return;
    places_open(program, 0, &p);
    if (p && places_code(p, m->loop_pc, &c))
        strv_addf(why, "thread %u goes round at %s:%d%s", m->loop_thread,
                  str_basename(c.file), c.line,
                  m->loop_alone ? ", while no other can go on" : "");
    places_close(p);
}

static void judge(const struct team *t, const struct explore_options *o,
                  const struct session_spec *spec, struct explored *out)
{
    const struct shared *m = t->s[t->winner].shared;
    out->verdict = claim_of(m, &out->why);
    if (out->verdict == EXPLORED_BOUNDED || out->verdict == EXPLORED_NOT_FOUND)
        add_loop(m, spec->argv[0], &out->why);
    out->stats = t->stats;
    out->exhausted = m->exhausted;
    out->complete = m->complete && !m->doubts;
    out->seconds = t->wall;
    if (m->printed_count)
        out->printed = str_ndup(m->printed, m->printed_count);
    for (uint32_t i = 0; i < m->bugs_count; i++)
        tell_bug(m, &m->bugs[i], o, spec, out);
}

/* Races and leaks only, and time to go on. */
static bool wants_outcome(const struct shared *m,
                          const struct explore_options *o)
{
    if (!o->outcome || o->as_found || m->config.keep_going || !m->bugs_count)
        return false;
    for (uint32_t i = 0; i < m->bugs_count; i++)
        if (m->bugs[i].kind != BUG_RACE && m->bugs[i].kind != BUG_LEAK)
            return false;
    uint64_t most = o->config.executions;
    return !most || m->stats.executions < most;
}

/* A search that knows what that one learned. */
static void go_on(struct shared *to, const struct shared *from,
                  const struct explore_options *o)
{
    struct shared_config *c = &to->config;
    *c = from->config;
    c->mode = o->config.mode;
    c->outcome = true;
    c->random = c->pct = OUTCOME_CHANCE;
    uint64_t left = c->executions ? c->executions - from->stats.executions : 0;
    c->executions =
        left && left < OUTCOME_EXECUTIONS ? left : OUTCOME_EXECUTIONS;
    c->work = OUTCOME_WORK;
    c->few = false;
    c->max_steps = o->outcome_steps;
    to->learned = from->learned;
    to->fork_each = from->fork_each;
    to->visible_count = from->visible_count;
    memcpy(to->visible, from->visible, sizeof to->visible);
    to->slots_count = from->slots_count;
    memcpy(to->slots, from->slots, sizeof to->slots);
}

static void tell_outcome(const struct session *s,
                         const struct explore_options *o,
                         const struct session_spec *spec, struct explored *out)
{
    const struct shared *m = s->shared;
    out->outcome = (struct explored_outcome){
        .looked = true,
        .complete = m->complete && m->finished && !m->doubts && !m->bugs_count,
        .executions = m->stats.executions,
        .traces = m->stats.traces,
        .seconds = s->wall};
    for (uint32_t i = 0; i < m->bugs_count; i++) {
        tell_bug(m, &m->bugs[i], o, spec, out);
        out->bugs.v[out->bugs.n - 1].outcome = true;
    }
}

static void look_for_outcome(const struct session *from,
                             const struct explore_options *o,
                             const struct session_spec *spec,
                             struct explored *out)
{
    struct session s;
    struct session_spec rest = *spec;
    if (o->seconds > 0 && o->seconds - from->wall > OUTCOME_LEAST)
        rest.seconds = o->seconds - from->wall;
    else if (o->seconds > 0)
        rest.seconds = OUTCOME_LEAST;
    if (session_init(&s, ARENA) != ERR_OK)
        return;
    go_on(s.shared, from->shared, o);
    if (session_run(&s, &rest) == ERR_OK)
        tell_outcome(&s, o, &rest, out);
    session_fini(&s);
}

static void conclude(const struct team *t, const struct explore_options *o,
                     const struct session_spec *spec, struct explored *out)
{
    const struct session *s = &t->s[t->winner];
    judge(t, o, spec, out);
    if (o->searched)
        o->searched(out, o->searched_arg);
    if (wants_outcome(s->shared, o))
        look_for_outcome(s, o, spec, out);
}

enum err explore_run(const struct explore_options *o, const char *const *argv,
                     struct explored *out, struct diag *d)
{
    struct team t = {0};
    const struct session_spec spec = {.argv = argv,
                                      .cwd = o->cwd,
                                      .seconds = o->seconds,
                                      .progress = o->progress,
                                      .progress_arg = o->progress_arg};
    *out = (struct explored){0};
    enum err e = team_run(&t, o->jobs, ARENA, &o->config, &spec);
    if (e == ERR_OK)
        conclude(&t, o, &spec, out);
    else if (t.n == 0)
        diag_add(d, "no memory can be shared with the program");
    else if (e != ERR_CANCELLED)
        diag_add(d, "%s cannot be explored: %s", argv[0],
                 t.s[t.winner].failure ? t.s[t.winner].failure : err_text(e));
    team_fini(&t);
    return e;
}

enum err explore_replay(const char *path, size_t story_most,
                        struct explored *out, char **output, struct diag *d)
{
    struct trace t;
    struct bug bug;
    struct explored_bug told = {0};
    *out = (struct explored){0};
    enum err e = trace_open(path, &t, d);
    if (e == ERR_OK)
        e = retell(&t, story_most, &bug, &told, output);
    if (e == ERR_OK && told.replayed) {
        told.kind = bug.kind;
        told.code = bug.code;
        told.text = str_dup(bug.text);
        told.trace = str_dup(path);
        told.steps = t.steps.n;
        told.replayed = str_eq(bug_id(bug.kind), t.bug);
        vec_push(&out->bugs, told);
    }
    trace_fini(&t);
    return e;
}

void explored_fini(struct explored *e)
{
    for (size_t i = 0; i < e->bugs.n; i++) {
        struct explored_bug *b = &e->bugs.v[i];
        for (size_t j = 0; j < b->places.n; j++) {
            free(b->places.v[j].text);
            free(b->places.v[j].file);
            free(b->places.v[j].function);
            free(b->places.v[j].object);
            free(b->places.v[j].held_file);
        }
        vec_fini(&b->places);
        story_fini(&b->story);
        free(b->text);
        free(b->trace);
    }
    vec_fini(&e->bugs);
    free(e->printed);
    strv_fini(&e->why);
}
