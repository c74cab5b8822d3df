/* Bugs into shared memory, with the schedule that led there.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/bug.h"

#include "explore/runtime/access.h"
#include "explore/runtime/object.h"
#include "explore/runtime/point.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void doubt(enum doubt why, const char *name)
{
    struct shared *m = state()->shared;
    __atomic_fetch_or(&m->doubts, 1u << why, __ATOMIC_RELAXED);
    if (!*name)
        return;
    for (uint32_t i = 0; i < m->names_count; i++)
        if (strcmp(m->names[i], name) == 0)
            return;
    if (m->names_count < SHARED_NAMES)
        strncpy(m->names[m->names_count++], name, SHARED_TEXT - 1);
}

/* The same bug: of one kind at the same places. */
static bool same(const struct bug *a, const struct bug *b)
{
    if (a->kind != b->kind || a->code != b->code ||
        a->places_count != b->places_count)
        return false;
    for (uint32_t i = 0; i < a->places_count; i++)
        if (a->places[i].pc != b->places[i].pc)
            return false;
    return true;
}

static bool is_pair(enum bug_kind k)
{
    return k == BUG_RACE || k == BUG_FREED || k == BUG_DOUBLE_FREE;
}

static bool is_sought(const struct bug *b)
{
    const struct bug *w = &state()->shared->sought;
    if (b->kind != w->kind || (w->places_count && b->code != w->code))
        return false;
    if (w->places_count == 0)
        return true;
    uint64_t pc = b->places[0].pc, other = b->places[1].pc;
    if (is_pair(b->kind))
        return (pc == w->places[0].pc && other == w->places[1].pc) ||
               (pc == w->places[1].pc && other == w->places[0].pc);
    return (b->kind != BUG_ASSERTION && b->kind != BUG_MISUSE) ||
           pc == w->places[0].pc;
}

/* The program can fail in spite of these: they may not even matter. */
static bool is_weak(enum bug_kind k)
{
    return k == BUG_RACE || k == BUG_LEAK;
}

static bool is_end(const struct bug *b)
{
    const struct shared_config *c = &state()->shared->config;
    if (c->sought)
        return is_sought(b);
    return !c->keep_going && !(c->outcome && is_weak(b->kind));
}

static bool is_told(const struct bug *b)
{
    const struct shared_config *c = &state()->shared->config;
    if (c->mode == EXPLORE_MINIMISE)
        return false;
    if (c->sought && c->mode != EXPLORE_REPLAY)
        return is_sought(b);
    return !(c->outcome && is_weak(b->kind));
}

static struct bug *place_for(const struct bug *b, bool end)
{
    struct shared *m = state()->shared;
    for (uint32_t i = 0; i < m->bugs_count; i++)
        if (same(&m->bugs[i], b))
            return NULL;
    if (m->bugs_count < SHARED_BUGS)
        return &m->bugs[m->bugs_count++];
    return end ? &m->bugs[SHARED_BUGS - 1] : NULL;
}

bool bug_keep(const struct bug *b)
{
    struct shared *m = state()->shared;
    bool end = is_end(b);
    if (m->config.trap && end)
        __builtin_trap(); /* gdb stops here: `up` leads to the bug */
    m->hit = m->hit || (m->config.sought && end);
    m->over = m->over || (end && m->config.mode != EXPLORE_MINIMISE);
    state()->stop = state()->stop || m->over;
    struct bug *kept = is_told(b) ? place_for(b, end) : NULL;
    if (kept) {
        *kept = *b;
        kept->execution = m->stats.executions + 1;
        kept->visible = m->visible_now;
        kept->learned = m->learned;
        bug_keep_schedule(kept);
    }
    return end;
}

static void keep_parked(struct bug *b)
{
    const struct state *s = state();
    for (uint32_t i = 0; i < SHARED_THREADS; i++) {
        const struct thread *t = &s->threads[i];
        bool parked = op_is_live(&s->view, i) && t != s->current;
        b->parked[i] = parked ? t->hooks : 0;
    }
}

void bug_keep_schedule(struct bug *b)
{
    struct shared *m = state()->shared;
    uint32_t room = 2 * SHARED_STEPS - m->kept_count;
    if (m->steps_count > room)
        return;
    b->steps_first = m->kept_count;
    b->steps_count = m->steps_count;
    memcpy(&m->kept[m->kept_count], m->steps,
           m->steps_count * sizeof *m->steps);
    m->kept_count += m->steps_count;
    keep_parked(b);
    b->kept = true;
}

void bug_found(const struct bug *b, bool ends)
{
    if (bug_keep(b) || ends)
        point_end(SEARCH_ENDED_BUG);
}

static struct bug_place place_of(const struct race_record *r, uint64_t address)
{
    return (struct bug_place){.pc = r->pc,
                              .address = address,
                              .thread = r->thread,
                              .size = (uint32_t)__builtin_popcount(r->mask),
                              .holder = -1,
                              .verb = r->kind};
}

static void pair(enum bug_kind kind, uint64_t address,
                 const struct race_record *old, const struct race_record *now,
                 bool ends)
{
    struct bug b = {.kind = kind, .places_count = 2};
    b.places[0] = place_of(now, address);
    b.places[1] = place_of(old, address);
    access_reveal(address);
    bug_found(&b, ends);
}

void bug_race(uint64_t address, const struct race_record *old,
              const struct race_record *now)
{
    pair(BUG_RACE, address, old, now, false);
}

void bug_freed(uint64_t address, const struct race_record *old,
               const struct race_record *now)
{
    enum bug_kind kind = now->kind == EVENT_FREE ? BUG_DOUBLE_FREE : BUG_FREED;
    pair(kind, address, old, now, true);
}

static struct bug_place here(uint64_t pc)
{
    const struct thread *t = state()->current;
    return (struct bug_place){.pc = pc,
                              .thread = t->id,
                              .holder = -1,
                              .verb = (uint8_t)t->pending.kind};
}

void bug_misuse(const char *what, uint64_t object, uint64_t pc)
{
    struct bug b = {.kind = BUG_MISUSE, .places_count = 1};
    b.places[0] = here(pc);
    b.places[0].address = object;
    strncpy(b.text, what, SHARED_TEXT - 1);
    bug_found(&b, true);
    point_end(SEARCH_ENDED_BUG);
}

void bug_left_locked(const struct object *o)
{
    struct bug b = {.kind = BUG_LOCK_LEAK, .places_count = 1};
    b.places[0] = here(o->owner_pc);
    b.places[0].address = o->address;
    b.places[0].verb = o->kind == OBJECT_MUTEX    ? EVENT_LOCK
                       : o->kind == OBJECT_RWLOCK ? EVENT_WRLOCK
                                                  : EVENT_SPIN_LOCK;
    bug_found(&b, true);
    point_end(SEARCH_ENDED_BUG);
}

void bug_now(enum bug_kind kind, int code, uint64_t pc, const char *format, ...)
{
    struct bug b = {.kind = kind, .code = code, .places_count = 1};
    va_list ap;
    va_start(ap, format);
    vsnprintf(b.text, sizeof b.text, format, ap);
    va_end(ap);
    b.places[0] = here(pc);
    bug_keep(&b);
}
