/* Events filtered: what a reader need know of them.
 * SPDX-License-Identifier: MIT */
#include "explore/story.h"

#include "explore/story_words.h"

#include <stdlib.h>

static uint64_t first_kept(const struct shared *s)
{
    return s->events_count > SHARED_EVENTS ? s->events_count - SHARED_EVENTS
                                           : 0;
}

static const struct event *event_at(const struct shared *s, uint64_t i)
{
    return &s->events[i % SHARED_EVENTS];
}

/* Who touched 8 bytes: sorted by place, to be looked up. */
struct use {
    uint64_t key;
    int thread; /* -1: several */
    bool written;
};

VEC_TYPE(uses, struct use);

static int by_key(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* One entry for each place, from one for each access. */
static void merge(struct uses *u)
{
    size_t n = 0;
    qsort(u->v, u->n, sizeof *u->v, by_key);
    for (size_t i = 0; i < u->n; i++) {
        if (n == 0 || u->v[n - 1].key != u->v[i].key) {
            u->v[n++] = u->v[i];
            continue;
        }
        struct use *one = &u->v[n - 1];
        if (one->thread != u->v[i].thread)
            one->thread = -1;
        one->written = one->written || u->v[i].written;
    }
    u->n = n;
}

/* While there is but one thread, nothing is shared. */
static uint64_t first_shared(const struct shared *s)
{
    for (uint64_t i = first_kept(s); i < s->events_count; i++)
        if (event_at(s, i)->kind == EVENT_CREATE)
            return i;
    return first_kept(s);
}

static void collect(const struct shared *s, struct uses *u)
{
    for (uint64_t i = first_shared(s); i < s->events_count; i++) {
        const struct event *e = event_at(s, i);
        struct use use = {e->address / 8, e->thread, event_writes(e->kind)};
        if (event_is_access(e->kind))
            vec_push(u, use);
    }
    if (u->n)
        merge(u);
}

static bool is_shared(const struct uses *u, uint64_t address)
{
    struct use key = {.key = address / 8};
    const struct use *found =
        u->n ? bsearch(&key, u->v, u->n, sizeof *u->v, by_key) : NULL;
    return found && found->thread < 0 && found->written;
}

static bool of_bug(const struct event *e, const struct bug *b)
{
    for (uint32_t i = 0; i < b->places_count; i++)
        if (e->address / 8 == b->places[i].address / 8)
            return true;
    return false;
}

static bool matters(const struct event *e, const struct uses *u,
                    const struct bug *b)
{
    bool access = event_is_access(e->kind);
    if (access && (b->kind == BUG_RACE || b->kind == BUG_FREED ||
                   b->kind == BUG_DOUBLE_FREE))
        return of_bug(e, b);
    if (access)
        return b->kind != BUG_DEADLOCK && is_shared(u, e->address);
    return e->kind != EVENT_BARRIER_LEAVE && e->kind != EVENT_NONE;
}

/* An event that matters. */
struct told {
    const struct event *event;
    bool breaks; /* it, or one since the last that matters */
    bool kept;
};

VEC_TYPE(tale, struct told);

/* Those of one thread in a row. */
struct stretch {
    size_t first, n;
    bool near; /* it interrupts, or is interrupted, or is one of the last */
};

VEC_TYPE(stretches, struct stretch);

enum {
    NEAR_ENDS = 4, /* steps kept at each end of a stretch that is near */
    FAR_ENDS = 2,
    LAST_STRETCHES = 4, /* are near, and */
    FEW_STRETCHES = 30, /* all are kept if there are no more */
};

static void find_told(const struct shared *s, const struct bug *b,
                      struct tale *out)
{
    struct uses u = {0};
    bool breaks = false;
    collect(s, &u);
    for (uint64_t i = first_kept(s); i < s->events_count; i++) {
        const struct event *e = event_at(s, i);
        breaks = breaks || e->breaks;
        if (!matters(e, &u, b))
            continue;
        struct told t = {e, breaks, false};
        vec_push(out, t);
        breaks = false;
    }
    vec_fini(&u);
}

static unsigned thread_of(const struct tale *t, const struct stretch *s)
{
    return t->v[s->first].event->thread;
}

static void find_stretches(struct tale *t, struct stretches *out)
{
    for (size_t i = 0; i < t->n;) {
        struct stretch s = {.first = i, .n = 1};
        while (i + s.n < t->n &&
               t->v[i + s.n].event->thread == t->v[i].event->thread)
            s.n++;
        t->v[i].breaks = t->v[i].breaks && i > 0;
        for (size_t k = 1; k < s.n; k++)
            t->v[i + k].breaks = false;
        i += s.n;
        vec_push(out, s);
    }
}

/* Around each interruption: who is interrupted, by whom, and where that one
 * goes on. */
static void find_near(const struct tale *t, struct stretches *s)
{
    for (size_t i = 0; i < s->n; i++) {
        if (i + LAST_STRETCHES >= s->n)
            s->v[i].near = true;
        if (!t->v[s->v[i].first].breaks)
            continue;
        s->v[i].near = s->v[i - 1].near = true;
        size_t k = i + 1;
        while (k < s->n && thread_of(t, &s->v[k]) != thread_of(t, &s->v[i - 1]))
            k++;
        if (k < s->n)
            s->v[k].near = true;
    }
}

static void keep_ends(struct tale *t, const struct stretch *s)
{
    size_t ends = s->near ? NEAR_ENDS : FAR_ENDS;
    bool cut = s->n > 2 * ends + 1;
    for (size_t i = 0; i < s->n; i++)
        t->v[s->first + i].kept = !cut || i < ends || i + ends >= s->n;
}

/* What is to be told of it, at most so many. */
static void fold(struct tale *t, size_t most)
{
    struct stretches s = {0};
    size_t kept = 0;
    find_stretches(t, &s);
    find_near(t, &s);
    for (size_t i = 0; i < s.n; i++)
        if (s.v[i].near || s.n <= FEW_STRETCHES)
            keep_ends(t, &s.v[i]);
    for (size_t i = t->n; i-- > 0;) {
        t->v[i].kept = t->v[i].kept && kept < most;
        kept += t->v[i].kept;
    }
    vec_fini(&s);
}

static void add_line(const struct told *t, const struct told *before,
                     struct places *p, struct story_lines *out)
{
    const struct event *e = t->event;
    struct code_place c;
    struct story_line l = {.thread = e->thread, .verb = e->kind};
    l.object = story_object(p, e->kind, e->address);
    l.value = story_value(e);
    l.switches = before && before->event->thread != e->thread;
    l.breaks = t->breaks;
    l.early = e->early;
    if (p && places_code(p, e->pc, &c)) {
        l.file = str_dup(c.file);
        l.function = str_dup(c.function);
        l.line = c.line;
    }
    vec_push(out, l);
}

void story_of(const struct shared *s, const struct bug *b, struct places *p,
              size_t most, struct story_lines *out)
{
    struct tale t = {0};
    struct story_line gap = {0};
    find_told(s, b, &t);
    fold(&t, most);
    for (size_t i = 0; i < t.n; i++) {
        const struct told *before = i ? &t.v[i - 1] : NULL;
        if (t.v[i].kept) {
            add_line(&t.v[i], before, p, out);
            out->v[out->n - 1].left_out = gap.left_out;
            out->v[out->n - 1].left_switches = gap.left_switches;
            gap = (struct story_line){0};
            continue;
        }
        gap.left_out++;
        gap.left_switches +=
            before && before->event->thread != t.v[i].event->thread;
    }
    vec_fini(&t);
}

void story_fini(struct story_lines *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->v[i].object);
        free(l->v[i].value);
        free(l->v[i].file);
        free(l->v[i].function);
    }
    vec_fini(l);
}
