/* Follows the chains of what an operation touches.
 * SPDX-License-Identifier: MIT */
#include "explore/search/walk.h"

_Static_assert(HISTORY_BUCKETS == 1 << 12, "walk_bucket takes 12 bits");

/* Moves a cursor back to the next link that conflicts. */
static void settle(const struct walk *w, struct walk_cursor *c)
{
    if (c->noted)
        c->at = walk_settle(c->at, &c->noted->touch, c->granule);
    else
        while (c->at && !notes_conflict(w->noted, w->touches, c->at->noted, 1))
            c->at = c->at->prev;
}

static void add_cursor(struct walk *w, const struct noted *noted,
                       uintptr_t granule, struct link *at)
{
    struct walk_cursor *c = &w->cursor[w->cursors++];
    *c = (struct walk_cursor){.noted = noted, .at = at, .granule = granule};
    settle(w, c);
}

/* Whether cursors can do it, one for each granule and one for wide touches. */
static bool fits(const struct noted *noted, unsigned touches)
{
    unsigned granules = 1;
    for (unsigned i = 0; i < touches; i++) {
        if (noted[i].touch.size > WALK_NARROW)
            return false;
        granules += walk_granules(&noted[i].touch);
        if (granules > WALK_CURSORS)
            return false;
    }
    return true;
}

static void start(struct walk *w, const struct history *h,
                  const struct noted *noted, unsigned touches, uint32_t index)
{
    w->h = h;
    w->noted = noted;
    w->touches = touches;
    w->cursors = 0;
    w->index = index;
    w->linear = !fits(noted, touches);
}

void walk_from_event(struct walk *w, const struct history *h,
                     const struct event *e)
{
    start(w, h, e->noted, e->touches, e->index);
    if (w->linear)
        return;
    if (e->wide)
        add_cursor(w, NULL, 0, e->wide);
    for (unsigned i = 0; i < e->n_links; i++) {
        struct link *before = e->links[i].prev;
        while (before && before->event == e)
            before = before->prev;
        add_cursor(w, e->links[i].noted, e->links[i].granule, before);
    }
}

void walk_from_end(struct walk *w, const struct history *h,
                   const struct noted *noted, unsigned touches)
{
    start(w, h, noted, touches, h->n);
    if (w->linear)
        return;
    if (h->wide)
        add_cursor(w, NULL, 0, h->wide);
    for (unsigned i = 0; i < touches; i++) {
        uintptr_t granule = walk_granule(&noted[i].touch);
        unsigned n = walk_granules(&noted[i].touch);
        for (unsigned k = 0; k < n; k++)
            add_cursor(w, &noted[i], granule + k,
                       h->bucket[walk_bucket(granule + k)]);
    }
}

static bool covers(const struct walk_cursor *c)
{
    return c->noted &&
           walk_covers(&c->at->noted->touch, &c->noted->touch, c->granule);
}

static struct event *next_of_all(struct walk *w)
{
    while (w->index > 0) {
        struct event *e = w->h->event[--w->index];
        if (notes_conflict(w->noted, w->touches, e->noted, e->touches))
            return e;
    }
    return NULL;
}

static void step_back(struct walk *w, struct walk_cursor *c,
                      const struct event *e)
{
    c->covered = false;
    while (c->at && c->at->event == e) {
        c->covered |= covers(c);
        c->at = c->at->prev;
        settle(w, c);
    }
}

void walk_back_to(struct walk *w, uint32_t index)
{
    if (w->linear)
        w->index = w->index < index ? w->index : index;
    for (unsigned i = 0; i < w->cursors; i++) {
        struct walk_cursor *c = &w->cursor[i];
        while (c->at && c->at->event->index >= index) {
            c->at = c->at->prev;
            settle(w, c);
        }
    }
}

struct event *walk_next(struct walk *w)
{
    if (w->linear)
        return next_of_all(w);
    struct event *latest = NULL;
    for (unsigned i = 0; i < w->cursors; i++) {
        const struct link *l = w->cursor[i].at;
        if (l && (!latest || l->event->index > latest->index))
            latest = l->event;
    }
    if (latest)
        for (unsigned i = 0; i < w->cursors; i++)
            step_back(w, &w->cursor[i], latest);
    return latest;
}

void walk_past(struct walk *w)
{
    for (unsigned i = 0; i < w->cursors; i++)
        if (w->cursor[i].covered)
            w->cursor[i].at = NULL;
}
