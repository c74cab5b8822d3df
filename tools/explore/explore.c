/* Search, shrink, keep, replay.
 * SPDX-License-Identifier: MIT */
#include "explore/explore.h"

#include "explore/bug_words.h"
#include "explore/names.h"
#include "explore/session.h"
#include "explore/trace.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARENA ((size_t)1 << 30)
#define SMALL_ARENA ((size_t)64 << 20)

/* A smaller schedule is looked for among those with few preemptions. */
enum { SMALL_BOUND = 3, SMALL_EXECUTIONS = 20000 };
#define SMALL_SECONDS 1.5

static bool same_bug(const struct bug *a, const struct bug *b)
{
    if (a->kind != b->kind || a->code != b->code)
        return false;
    if (a->kind != BUG_RACE)
        return true;
    uint64_t low = a->places[0].pc, high = a->places[1].pc;
    return (b->places[0].pc == low && b->places[1].pc == high) ||
           (b->places[0].pc == high && b->places[1].pc == low);
}

/* What the search learned holds for every other run of the program. */
static void inherit(struct shared *to, const struct shared *from)
{
    to->config = from->config;
    to->learned = from->learned;
    to->fork_each = from->fork_each;
    to->visible_count = from->visible_count;
    memcpy(to->visible, from->visible, sizeof to->visible);
}

/* A session like `from` that searches with at most so many preemptions. */
static bool try_bound(const struct shared *from, const struct bug *b,
                      const struct session_spec *spec, int bound,
                      struct session *s)
{
    struct session_spec small = {
        .argv = spec->argv, .cwd = spec->cwd, .seconds = SMALL_SECONDS};
    if (session_init(s, SMALL_ARENA) != ERR_OK)
        return false;
    inherit(s->shared, from);
    s->shared->config.mode = EXPLORE_DFS;
    s->shared->config.preemptions = bound;
    s->shared->config.executions = SMALL_EXECUTIONS;
    s->shared->config.count_traces = false;
    s->shared->config.keep_going = false;
    if (session_run(s, &small) == ERR_OK && s->shared->bugs_count &&
        same_bug(&s->shared->bugs[0], b) && s->shared->bugs[0].steps_count)
        return true;
    session_fini(s);
    return false;
}

static void make_small(const struct shared *m, const struct bug *b,
                       const struct session_spec *spec, struct trace *t,
                       struct explored_bug *out)
{
    for (int bound = 0; bound <= SMALL_BOUND && !out->small; bound++) {
        struct session s;
        if (!try_bound(m, b, spec, bound, &s))
            continue;
        trace_fini(t);
        trace_of(s.shared, &s.shared->bugs[0], spec->argv, spec->cwd, t);
        out->small = true;
        out->preemptions = (unsigned)bound;
        session_fini(&s);
    }
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
    if (e == ERR_OK && s.shared->bugs_count) {
        struct places *p = NULL;
        *bug = s.shared->bugs[0];
        places_open(t->program, 0, &p);
        out->replayed = true;
        story_of(s.shared, bug, p, most, &out->story, &out->left_out);
        bug_words(s.shared, bug, p, out);
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

static void tell_bug(const struct shared *m, const struct bug *b,
                     const struct explore_options *o,
                     const struct session_spec *spec, struct explored *all)
{
    struct explored_bug out = {.kind = b->kind,
                               .code = b->code,
                               .text = str_dup(b->text),
                               .execution = b->execution};
    struct trace t = {0};
    struct bug again;
    if (trace_of(m, b, spec->argv, spec->cwd, &t) == ERR_OK && b->steps_count) {
        if (!o->as_found)
            make_small(m, b, spec, &t, &out);
        keep_trace(&t, o, all->bugs.n + 1, &out);
        retell(&t, o->story_most, &again, &out, NULL);
    }
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

static void judge(const struct session *s, const struct explore_options *o,
                  const struct session_spec *spec, struct explored *out)
{
    const struct shared *m = s->shared;
    out->verdict = claim_of(m, &out->why);
    out->stats = m->stats;
    out->exhausted = m->exhausted;
    out->complete = m->complete && !m->doubts;
    out->seconds = s->wall;
    for (uint32_t i = 0; i < m->bugs_count; i++)
        tell_bug(m, &m->bugs[i], o, spec, out);
}

enum err explore_run(const struct explore_options *o, const char *const *argv,
                     struct explored *out, struct diag *d)
{
    struct session s;
    const struct session_spec spec = {.argv = argv,
                                      .cwd = o->cwd,
                                      .seconds = o->seconds,
                                      .progress = o->progress,
                                      .progress_arg = o->progress_arg};
    *out = (struct explored){0};
    enum err e = session_init(&s, ARENA);
    if (e != ERR_OK) {
        diag_add(d, "no memory can be shared with the program");
        return e;
    }
    s.shared->config = o->config;
    e = session_run(&s, &spec);
    if (e == ERR_OK)
        judge(&s, o, &spec, out);
    else if (e != ERR_CANCELLED)
        diag_add(d, "%s cannot be explored: %s", argv[0],
                 s.failure ? s.failure : err_text(e));
    session_fini(&s);
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
        }
        vec_fini(&b->places);
        story_fini(&b->story);
        free(b->text);
        free(b->trace);
    }
    vec_fini(&e->bugs);
    strv_fini(&e->why);
}
