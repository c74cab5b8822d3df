/* Charts of bars: a row each, with the name on its left and the figure on its
 * right, so that neither ever lies over a bar.
 * SPDX-License-Identifier: MIT */
#include "bench/chart.h"
#include "bench/mark.h"
#include "bench/page.h"
#include "bench/scale.h"
#include "bench/story.h"
#include "bench/svg.h"

#include <math.h>
#include <stdlib.h>

#define ROW 22.0
#define THICK 13.0
#define GAP 10.0
#define NAMES 190.0 /* at most, of the column of names */
#define TICKS 5

struct rows {
    const struct bar_chart *c;
    struct page page;
    struct scale scale;
    double names, figures; /* widths of the columns */
    double top;
};

/* The next bar of the chart whose value can be told; false at the end. Begins
 * with zeros. */
struct cursor {
    size_t group, bar;
    const struct bar *at;
};

static bool next(const struct bar_chart *c, struct cursor *k)
{
    for (; k->group < c->n; k->group++, k->bar = 0)
        while (k->bar < c->groups[k->group].n) {
            k->at = &c->groups[k->group].bars[k->bar++];
            if (scale_shows(false, k->at->value))
                return true;
        }
    return false;
}

static void widen(double *low, double *high, bool log, double v)
{
    if (!scale_shows(log, v))
        return;
    *low = fmin(*low, v);
    *high = fmax(*high, v);
}

static bool span(struct rows *r)
{
    double low = INFINITY, high = -INFINITY;
    bool log = r->c->axis.log;
    struct cursor k = {0};
    while (next(r->c, &k)) {
        widen(&low, &high, log, k.at->value);
        if (!story_interval(k.at->low, k.at->high))
            continue;
        widen(&low, &high, log, k.at->low);
        widen(&low, &high, log, k.at->high);
    }
    if (low > high)
        return false;
    scale_span_nice(&r->scale, log, low, high);
    return true;
}

/* The figure of a bar without the unit, which the axis tells. */
static char *figure(const struct bar *b)
{
    static const struct chart_axis plain = {.label = ""};
    struct buf text = {0};
    story_figure(&text, &plain, b->value, b->low, b->high);
    return buf_take(&text);
}

static void measure(struct rows *r)
{
    struct cursor k = {0};
    for (size_t i = 0; i < r->c->n; i++)
        r->names = fmax(
            r->names, svg_width(r->c->groups[i].name, PAGE_LABEL * PAGE_BOLD));
    while (next(r->c, &k)) {
        char *text = figure(k.at);
        r->names = fmax(r->names, svg_width(k.at->name, PAGE_TICK));
        r->figures = fmax(r->figures, svg_width(text, PAGE_TICK));
        free(text);
    }
    r->names = fmin(r->names, NAMES);
    r->scale.start = PAGE_MARGIN + r->names + GAP;
    r->scale.end = PAGE_WIDTH - PAGE_MARGIN - r->figures - GAP;
}

static void draw_rect(struct rows *r, const struct bar *b, double y)
{
    double zero = scale_at(&r->scale, 0);
    double at = scale_at(&r->scale, b->value);
    svg_rect(&r->page.body, fmin(zero, at), y - THICK / 2, fabs(at - zero),
             THICK, "bar");
}

static void draw_bar(struct rows *r, const struct bar *b, double y)
{
    struct buf *out = &r->page.body;
    bool log = r->scale.log;
    buf_addf(out, "<g class=\"c%u\">\n", b->color % PAGE_COLORS);
    if (!log)
        draw_rect(r, b, y);
    if (story_interval(b->low, b->high) && scale_shows(log, b->value))
        mark_interval(out, y, scale_at(&r->scale, b->low),
                      scale_at(&r->scale, b->high), true, "over");
    if (log && scale_shows(log, b->value))
        mark_draw(out, b->color, false, scale_at(&r->scale, b->value), y, NULL);
    buf_adds(out, "</g>\n");
}

static void draw_row(struct rows *r, const struct bar *b)
{
    double y = r->page.y + ROW / 2;
    char *name = svg_cut(b->name, PAGE_TICK, r->names);
    char *text = figure(b);
    svg_text(&r->page.body, PAGE_MARGIN, y + PAGE_TICK / 3, "tick", name);
    svg_text(&r->page.body, PAGE_WIDTH - PAGE_MARGIN, y + PAGE_TICK / 3,
             "tick end", text);
    draw_bar(r, b, y);
    r->page.y += ROW;
    free(name);
    free(text);
}

static void draw_group(struct rows *r, const struct bar_group *g)
{
    char *name =
        svg_cut(g->name, PAGE_LABEL * PAGE_BOLD, PAGE_WIDTH - 2 * PAGE_MARGIN);
    r->page.y += 24;
    svg_text(&r->page.body, PAGE_MARGIN, r->page.y, "head", name);
    r->page.y += 4;
    free(name);
    for (size_t i = 0; i < g->n; i++)
        if (scale_shows(false, g->bars[i].value))
            draw_row(r, &g->bars[i]);
}

/* The grid lies below the rows, whose height is known only when they are drawn:
 * see draw. */
static void add_grid(struct rows *r, struct buf *out)
{
    struct ticks ticks = {0};
    scale_ticks(&r->scale, TICKS, &ticks);
    double taken = 0;
    for (size_t i = 0; i < ticks.n; i++) {
        double x = scale_at(&r->scale, ticks.v[i].value);
        double half = svg_width(ticks.v[i].label, PAGE_TICK) / 2;
        bool zero = !r->scale.log && ticks.v[i].value == 0;
        svg_line(out, x, r->top, x, r->page.y + 4, zero ? "axis" : "grid");
        if (x - half < taken || x + half > PAGE_WIDTH)
            continue;
        taken = x + half + 6;
        svg_text(out, x, r->page.y + 20, "tick middle", ticks.v[i].label);
    }
    ticks_fini(&ticks);
}

static void draw_axis(struct rows *r)
{
    char *name = story_axis(&r->c->axis);
    char *cut = svg_cut(name, PAGE_LABEL, PAGE_WIDTH - 2 * PAGE_MARGIN);
    r->page.y += 41;
    svg_text(&r->page.body, PAGE_WIDTH / 2, r->page.y, "label middle", cut);
    r->page.y += 6;
    free(name);
    free(cut);
}

static void draw(struct rows *r)
{
    struct buf before = r->page.body, rows = {0};
    r->page.body = (struct buf){0};
    r->top = r->page.y + 12;
    r->page.y += 4;
    for (size_t i = 0; i < r->c->n; i++)
        if (r->c->groups[i].n)
            draw_group(r, &r->c->groups[i]);
    rows = r->page.body;
    r->page.body = before;
    add_grid(r, &r->page.body);
    buf_add(&r->page.body, buf_str(&rows), rows.len);
    buf_fini(&rows);
    draw_axis(r);
}

enum err bar_chart_write(const struct bar_chart *c, FILE *out)
{
    struct rows r = {.c = c};
    if (!span(&r))
        return ERR_INVALID;
    page_begin(&r.page, c->title);
    measure(&r);
    draw(&r);
    if (c->footnote)
        page_note(&r.page, c->footnote);
    story_bars(&r.page.story, c);
    return page_end(&r.page, out);
}
