/* Threads of which none can go on: who waits in a circle, for a lock that
 * nobody will give back, or for what nobody is left to do. In the kinds and the
 * roles of the watchdog, which sees the same in a program that hangs.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/explored_bug.h"

#include "base/buf.h"
#include "base/str.h"

struct stuck {
    const char *detector;
    const struct explored_found *bug;
    struct findings *out;
};

static const struct explored_at *place_of(const struct stuck *s, int thread)
{
    for (size_t i = 0; i < s->bug->places.n; i++)
        if (s->bug->places.v[i].thread == thread)
            return &s->bug->places.v[i];
    return NULL;
}

static bool joins(const struct explored_at *at)
{
    return str_eq(at->does, "joins");
}

static bool is_lock(const struct explored_at *at)
{
    return at->waits_for >= 0 && !joins(at);
}

/* A condition, a semaphore, a barrier: someone else must do something. */
static bool is_event(const struct explored_at *at)
{
    static const char *const does[] = {
        "wakes up from condition", "waits for semaphore", "leaves barrier",
        "reads from descriptor", "writes to descriptor"};
    for (size_t i = 0; i < sizeof does / sizeof *does; i++)
        if (str_eq(does[i], at->does))
            return true;
    return false;
}

static struct finding *add(const struct stuck *s, enum kind kind,
                           const char *native, const struct explored_at *at)
{
    struct finding *f = findings_add(s->out, s->detector, kind, native);
    f->object = str_dup(at->object);
    return f;
}

static void tell(struct finding *f, const struct explored_at *at,
                 struct buf *text)
{
    explored_access(f, at, ROLE_WAITS);
    explored_holder(f, at);
    buf_addf(text, "%s%s", text->len ? "; " : "", at->text ? at->text : "");
}

/* The first who waits in a circle, or NULL. */
static const struct explored_at *circle(const struct stuck *s)
{
    for (size_t i = 0; i < s->bug->places.n; i++) {
        const struct explored_at *from = &s->bug->places.v[i], *at = from;
        for (size_t n = 0; at && n < s->bug->places.n; n++) {
            at = at->waits_for < 0 ? NULL : place_of(s, at->waits_for);
            if (at == from)
                return from;
        }
    }
    return NULL;
}

static void tell_circle(const struct stuck *s, const struct explored_at *from)
{
    struct buf text = {0};
    const struct explored_at *at = from;
    struct finding *f = add(s, KIND_DEADLOCK, "circle", from);
    do {
        tell(f, at, &text);
        at = place_of(s, at->waits_for);
    } while (at && at != from);
    f->message = buf_take(&text);
}

/* The holder has ended. */
static const struct explored_at *orphan(const struct stuck *s)
{
    for (size_t i = 0; i < s->bug->places.n; i++) {
        const struct explored_at *at = &s->bug->places.v[i];
        if (is_lock(at) && !place_of(s, at->waits_for))
            return at;
    }
    return NULL;
}

static void tell_one(const struct stuck *s, enum kind kind, const char *native,
                     const struct explored_at *at)
{
    struct buf text = {0};
    struct finding *f = add(s, kind, native, at);
    tell(f, at, &text);
    f->message = buf_take(&text);
}

static const struct explored_at *locked_out_by(const struct stuck *s,
                                               const struct explored_at *at)
{
    for (size_t i = 0; i < s->bug->places.n; i++)
        if (is_lock(&s->bug->places.v[i]) &&
            s->bug->places.v[i].waits_for == at->thread)
            return &s->bug->places.v[i];
    return NULL;
}

/* Who could end the wait may be the one that is locked out meanwhile. */
static void tell_hold_and_wait(const struct stuck *s,
                               const struct explored_at *at,
                               const struct explored_at *other)
{
    struct buf text = {0};
    struct finding *f = add(s, KIND_DEADLOCK, "hold-and-wait", at);
    tell(f, at, &text);
    tell(f, other, &text);
    f->message = buf_take(&text);
}

static bool same_wait(const struct explored_at *a, const struct explored_at *b)
{
    return str_eq(a->does, b->does) && str_eq(a->object, b->object) &&
           a->frame.line == b->frame.line;
}

/* One finding for all that wait at the same place. */
static void tell_event(const struct stuck *s, size_t index)
{
    const struct explored_ats *l = &s->bug->places;
    const struct explored_at *at = &l->v[index];
    size_t others = 0;
    for (size_t i = 0; i < index; i++)
        if (is_event(&l->v[i]) && same_wait(&l->v[i], at))
            return;
    struct finding *f = add(s, KIND_LOST_WAKEUP, "lost-wakeup", at);
    explored_access(f, at, ROLE_WAITS);
    for (size_t i = index + 1; i < l->n; i++)
        if (is_event(&l->v[i]) && same_wait(&l->v[i], at)) {
            explored_access(f, &l->v[i], ROLE_WAITS);
            others++;
        }
    f->message =
        others ? str_fmt("%s, and so do %zu more; nobody is left to end that",
                         at->text ? at->text : "", others)
               : str_fmt("%s; nobody is left to end that",
                         at->text ? at->text : "");
}

static bool tell_events(const struct stuck *s)
{
    size_t before = s->out->n;
    for (size_t i = 0; i < s->bug->places.n; i++) {
        const struct explored_at *at = &s->bug->places.v[i];
        const struct explored_at *other = locked_out_by(s, at);
        if (is_event(at) && other)
            tell_hold_and_wait(s, at, other);
        else if (is_event(at))
            tell_event(s, i);
    }
    return s->out->n > before;
}

/* All but those who only wait for the end of the others. */
static void tell_rest(const struct stuck *s)
{
    struct buf text = {0};
    const struct explored_ats *l = &s->bug->places;
    size_t joining = 0;
    for (size_t i = 0; i < l->n; i++)
        joining += joins(&l->v[i]);
    struct finding *f =
        findings_add(s->out, s->detector, KIND_DEADLOCK, "stuck");
    for (size_t i = 0; i < l->n; i++) {
        if (joins(&l->v[i]) && joining < l->n)
            continue;
        tell(f, &l->v[i], &text);
        if (!f->object)
            f->object = str_dup(l->v[i].object);
    }
    f->message = buf_take(&text);
}

void explored_stuck(const char *detector, const struct explored_found *bug,
                    struct findings *out)
{
    const struct stuck s = {detector, bug, out};
    const struct explored_at *at = circle(&s);
    if (at) {
        tell_circle(&s, at);
        return;
    }
    if ((at = orphan(&s)))
        tell_one(&s, KIND_DEADLOCK, "owner-ended", at);
    else if (!tell_events(&s))
        tell_rest(&s);
}
