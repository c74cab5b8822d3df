/* "thread 2 waits for mutex `lock`, which thread 1 holds since main.c:12".
 * SPDX-License-Identifier: MIT */
#include "explore/bug_words.h"

#include "explore/names.h"
#include "explore/story_words.h"

#include <stdlib.h>
#include <string.h>

static bool is_stuck(enum bug_kind k)
{
    return k == BUG_DEADLOCK || k == BUG_LOST_WAKEUP || k == BUG_LIVELOCK;
}

static const char *waiting_text(unsigned verb)
{
    switch (verb) {
    case EVENT_LOCK:
    case EVENT_TIMEDLOCK:
        return "waits for mutex";
    case EVENT_WAKE:
        return "waits on condition";
    case EVENT_RDLOCK:
        return "waits to read-lock";
    case EVENT_WRLOCK:
        return "waits to write-lock";
    case EVENT_SPIN_LOCK:
        return "waits for spin lock";
    case EVENT_BARRIER_LEAVE:
        return "waits at barrier";
    case EVENT_SEM_WAIT:
        return "waits for semaphore";
    case EVENT_ONCE:
        return "waits for once-control";
    case EVENT_JOIN:
        return "waits for the end of";
    case EVENT_STREAM:
        return "waits for stream";
    case EVENT_POLL:
    case EVENT_SIGNAL_WAIT:
        return "waits for";
    case EVENT_FD_READ:
        return "waits to read from descriptor";
    case EVENT_FD_WRITE:
        return "waits to write to descriptor";
    default:
        return "spins on";
    }
}

/* What the thread did; the object follows where there is one. */
static const char *doing_text(enum bug_kind kind, unsigned verb)
{
    if (kind == BUG_CRASH || kind == BUG_ASSERTION)
        return "dies";
    if (is_stuck(kind))
        return waiting_text(verb);
    return verb == EVENT_NONE ? "does it" : event_text((enum event_kind)verb);
}

static void add_holder(struct buf *b, const struct bug_place *at,
                       struct places *p)
{
    struct code_place c;
    if (at->holder < 0 || at->verb == EVENT_JOIN)
        return;
    buf_addf(b, ", which thread %d holds", at->holder);
    if (p && places_code(p, at->holder_pc, &c))
        buf_addf(b, " since %s:%d", str_basename(c.file), c.line);
}

void bug_words_place(const struct bug *b, const struct bug_place *at,
                     struct places *p, struct explored_bug *out)
{
    struct explored_place l = {.thread = at->thread,
                               .verb = (enum event_kind)at->verb,
                               .holder = at->holder};
    struct buf text = {0};
    struct code_place c;
    char *object = story_object(p, (enum event_kind)at->verb, at->address);
    bool stuck = is_stuck(b->kind);
    bool dies = b->kind == BUG_CRASH || b->kind == BUG_ASSERTION;
    buf_addf(&text, "thread %u %s", at->thread, doing_text(b->kind, at->verb));
    if (object && !dies)
        buf_addf(&text, "%s %s", at->verb == EVENT_NONE ? " with" : "", object);
    if (stuck)
        add_holder(&text, at, p);
    l.text = buf_take(&text);
    if (p && places_code(p, at->pc, &c)) {
        l.file = str_dup(c.file);
        l.function = str_dup(c.function);
        l.line = c.line;
    }
    if (p && stuck && at->holder_pc && places_code(p, at->holder_pc, &c)) {
        l.held_file = str_dup(c.file);
        l.held_line = c.line;
    }
    if (object && *object == '`')
        l.object = str_ndup(object + 1, strlen(object) - 2);
    free(object);
    vec_push(&out->places, l);
}

void bug_words(const struct shared *s, const struct bug *b, struct places *p,
               struct explored_bug *out)
{
    (void)s;
    for (uint32_t i = 0; i < b->places_count; i++)
        bug_words_place(b, &b->places[i], p, out);
}
