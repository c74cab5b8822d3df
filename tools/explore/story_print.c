/* Lines of a story, cut and folded.
 * SPDX-License-Identifier: MIT */
#include "explore/story_print.h"

#include "explore/names.h"

#include <stdlib.h>
#include <string.h>

enum {
    COLUMNS = 80,
    MARGIN = 9,     /* mark and thread */
    MOST_WHAT = 40, /* columns of what is done */
    LEAST_SOURCE = 10,
};

struct printing {
    const struct story_lines *l;
    size_t what, place; /* widths */
    bool color;
    struct buf *out;
};

static void add_what(const struct story_line *l, struct buf *what)
{
    buf_addf(what, "%s", event_text((enum event_kind)l->verb));
    if (l->object)
        buf_addf(what, " %s", l->object);
    if (l->value)
        buf_addf(what, ": %s", l->value);
}

static void add_place(const struct story_line *l, struct buf *place)
{
    if (l->file)
        buf_addf(place, "%s:%d", str_basename(l->file), l->line);
}

static void measure(struct printing *p)
{
    for (size_t i = 0; i < p->l->n; i++) {
        struct buf what = {0}, place = {0};
        add_what(&p->l->v[i], &what);
        add_place(&p->l->v[i], &place);
        if (p->what < what.len)
            p->what = what.len;
        if (p->place < place.len)
            p->place = place.len;
        buf_fini(&what);
        buf_fini(&place);
    }
    if (p->what > MOST_WHAT)
        p->what = MOST_WHAT;
}

static const char *paint(const struct printing *p, const char *code)
{
    return p->color ? code : "";
}

/* What fits of it, from that column on. */
static void add_source(struct printing *p, const struct story_line *l,
                       size_t column)
{
    if (column + 2 + LEAST_SOURCE > COLUMNS)
        return;
    size_t room = COLUMNS - column - 2;
    char *text = places_line(l->file, l->line);
    size_t n = strlen(text);
    if (n > room)
        memcpy(text + room - 3, "...", 4);
    if (n)
        buf_addf(p->out, "  %s%s%s", paint(p, "\033[2m"), text,
                 paint(p, "\033[0m"));
    free(text);
}

static void add_mark(struct printing *p, const struct story_line *l)
{
    if (l->breaks)
        buf_addf(p->out, "  %s!%s", paint(p, "\033[1;31m"),
                 paint(p, "\033[0m"));
    else
        buf_adds(p->out, l->switches ? "  >" : "   ");
    buf_addf(p->out, " T%-3u ", l->thread);
}

static void print_line(struct printing *p, const struct story_line *l)
{
    struct buf what = {0}, place = {0};
    add_what(l, &what);
    add_place(l, &place);
    add_mark(p, l);
    if (place.len) {
        buf_addf(p->out, "%-*s  %s", (int)p->what, buf_str(&what),
                 buf_str(&place));
        size_t wide = what.len > p->what ? what.len : p->what;
        size_t column = MARGIN + wide + 2 + place.len;
        for (; place.len < p->place && wide == p->what; place.len++, column++)
            buf_adds(p->out, " ");
        add_source(p, l, column);
        while (p->out->data[p->out->len - 1] == ' ')
            p->out->data[--p->out->len] = '\0';
    } else {
        buf_adds(p->out, buf_str(&what));
    }
    buf_adds(p->out, "\n");
    buf_fini(&what);
    buf_fini(&place);
}

static void print_gap(struct printing *p, const struct story_line *l)
{
    buf_addf(p->out, "         ... %zu steps", l->left_out);
    if (l->left_switches)
        buf_addf(p->out, ", %zu switches", l->left_switches);
    else
        buf_addf(p->out, " of T%u", l->thread);
    buf_adds(p->out, "\n");
}

void story_print(const struct story_lines *l, bool color, struct buf *out)
{
    struct printing p = {.l = l, .color = color, .out = out};
    measure(&p);
    for (size_t i = 0; i < l->n; i++) {
        if (l->v[i].left_out)
            print_gap(&p, &l->v[i]);
        print_line(&p, &l->v[i]);
    }
}
