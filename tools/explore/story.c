/* Events filtered, named and printed.
 * SPDX-License-Identifier: MIT */
#include "explore/story.h"

#include "explore/names.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define HEAP_FROM 0x120000000000ull
#define HEAP_TO 0x140000000000ull
#define STACKS_FROM HEAP_TO
#define STACK_SIZE (8ull << 20)
#define STACKS_TO (STACKS_FROM + SHARED_THREADS * STACK_SIZE)

static bool is_access(unsigned kind)
{
    return kind >= EVENT_READ && kind <= EVENT_ATOMIC_UPDATE;
}

static bool writes(unsigned kind)
{
    return kind != EVENT_READ && kind != EVENT_ATOMIC_READ;
}

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
        struct use use = {e->address / 8, e->thread, writes(e->kind)};
        if (is_access(e->kind))
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
    bool access = is_access(e->kind);
    if (access && (b->kind == BUG_RACE || b->kind == BUG_FREED ||
                   b->kind == BUG_DOUBLE_FREE))
        return of_bug(e, b);
    if (access)
        return b->kind != BUG_DEADLOCK && is_shared(u, e->address);
    return e->kind != EVENT_BARRIER_LEAVE;
}

char *story_object(struct places *p, enum event_kind kind, uint64_t address)
{
    if (kind == EVENT_CREATE || kind == EVENT_JOIN || kind == EVENT_DETACH ||
        kind == EVENT_CANCEL)
        return str_fmt("thread %" PRIu64, address);
    if (kind == EVENT_END || kind == EVENT_EXIT || kind == EVENT_YIELD ||
        kind == EVENT_SLEEP || address == 0)
        return NULL;
    if (address >= HEAP_FROM && address < HEAP_TO)
        return str_fmt("a block of the heap (0x%" PRIx64 ")", address);
    if (address >= STACKS_FROM && address < STACKS_TO)
        return str_fmt("the stack of thread %u (0x%" PRIx64 ")",
                       (unsigned)((address - STACKS_FROM) / STACK_SIZE),
                       address);
    char *name = p ? places_variable(p, address) : NULL;
    char *quoted =
        name ? str_fmt("`%s`", name) : str_fmt("0x%" PRIx64, address);
    free(name);
    return quoted;
}

static char *value_of(const struct event *e)
{
    if (e->size == 0 || !is_access(e->kind))
        return NULL;
    unsigned shift = 64 - 8 * e->size;
    int64_t before = (int64_t)(e->before << shift) >> shift;
    int64_t after = (int64_t)(e->after << shift) >> shift;
    if (!writes(e->kind))
        return str_fmt("%" PRId64, before);
    return str_fmt("%" PRId64 " -> %" PRId64, before, after);
}

static void add_line(const struct event *e, const struct event *before,
                     struct places *p, struct story_lines *out)
{
    struct code_place c;
    struct story_line l = {.thread = e->thread, .verb = e->kind};
    l.object = story_object(p, e->kind, e->address);
    l.value = value_of(e);
    l.switches = before && before->thread != e->thread;
    if (p && places_code(p, e->pc, &c)) {
        l.file = str_dup(c.file);
        l.function = str_dup(c.function);
        l.line = c.line;
    }
    vec_push(out, l);
}

void story_of(const struct shared *s, const struct bug *b, struct places *p,
              size_t most, struct story_lines *out, size_t *left_out)
{
    struct uses u = {0};
    size_t all = 0, skip;
    const struct event *before = NULL;
    collect(s, &u);
    for (uint64_t i = first_kept(s); i < s->events_count; i++)
        all += matters(event_at(s, i), &u, b);
    skip = all > most ? all - most : 0;
    *left_out = skip;
    for (uint64_t i = first_kept(s); i < s->events_count; i++) {
        const struct event *e = event_at(s, i);
        if (!matters(e, &u, b))
            continue;
        if (skip > 0)
            skip--;
        else
            add_line(e, before, p, out);
        before = e;
    }
    vec_fini(&u);
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

static void print_line(const struct story_line *l, struct buf *out)
{
    struct buf what = {0};
    buf_addf(&what, "%s", event_text(l->verb));
    if (l->object)
        buf_addf(&what, " %s", l->object);
    if (l->value)
        buf_addf(&what, ": %s", l->value);
    buf_addf(out, "  %s T%-3u %-46s", l->switches ? ">" : " ", l->thread,
             buf_str(&what));
    if (l->file) {
        char *text = places_line(l->file, l->line);
        buf_addf(out, " %s:%d%s%s", str_basename(l->file), l->line,
                 *text ? "  " : "", text);
        free(text);
    }
    while (out->len && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    buf_adds(out, "\n");
    buf_fini(&what);
}

enum { STRETCH_ENDS = 4 };

/* How many lines from i on are of one thread. */
static size_t stretch(const struct story_lines *l, size_t i)
{
    size_t n = 1;
    while (i + n < l->n && l->v[i + n].thread == l->v[i].thread)
        n++;
    return n;
}

void story_print(const struct story_lines *l, size_t left_out, struct buf *out)
{
    if (left_out)
        buf_addf(out, "    ... %zu earlier steps\n", left_out);
    for (size_t i = 0; i < l->n;) {
        size_t n = stretch(l, i);
        bool cut = n > 2 * STRETCH_ENDS + 1;
        size_t head = cut ? STRETCH_ENDS : n;
        for (size_t j = 0; j < head; j++)
            print_line(&l->v[i + j], out);
        if (cut)
            buf_addf(out, "    T%-3u ... %zu more steps\n", l->v[i].thread,
                     n - 2 * STRETCH_ENDS);
        for (size_t j = n - (cut ? STRETCH_ENDS : 0); j < n; j++)
            print_line(&l->v[i + j], out);
        i += n;
    }
}
