/* Charts of points over two axes.
 * SPDX-License-Identifier: MIT */
#include "bench/chart.h"

#include "bench/legend.h"
#include "bench/mark.h"
#include "bench/page.h"
#include "bench/scale.h"
#include "bench/story.h"
#include "bench/svg.h"

#include <math.h>
#include <stdlib.h>

#define HEIGHT 300.0
#define INSIDE 12.0 /* between the frame and the outermost points */
#define TICKS 7
#define BESIDE 11.0 /* between points that stand side by side, at most */
#define DENSE 50.0  /* points over so many pixels are not joined */

struct plot {
    const struct chart *c;
    struct page page;
    struct scale x, y;
    double left, right, top, bottom;
    double step; /* between points side by side */
};

static bool shown(const struct chart *c, const struct chart_point *p)
{
    return scale_shows(c->x.log, p->x) && scale_shows(c->y.log, p->y);
}

struct range {
    double low, high;
};

static void widen(struct range *r, bool log, double v)
{
    if (!scale_shows(log, v))
        return;
    r->low = fmin(r->low, v);
    r->high = fmax(r->high, v);
}

static bool cover(const struct chart *c, const struct chart_point *points,
                  size_t n, struct range *x, struct range *y)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const struct chart_point *p = &points[i];
        if (!shown(c, p))
            continue;
        any = true;
        widen(x, c->x.log, p->x);
        widen(y, c->y.log, p->y);
        if (!story_interval(p->low, p->high))
            continue;
        widen(y, c->y.log, p->low);
        widen(y, c->y.log, p->high);
    }
    return any;
}

/* Chooses what the axes span; false if there is nothing to show. */
static bool span(struct plot *p)
{
    const struct chart *c = p->c;
    struct range x = {INFINITY, -INFINITY}, y = x;
    bool any = false;
    for (size_t i = 0; i < c->n_series; i++)
        if (cover(c, c->series[i].points, c->series[i].n, &x, &y))
            any = true;
    if (!any)
        return false;
    for (size_t i = 0; i < c->n_references; i++)
        cover(c, c->references[i].points, c->references[i].n, &x, &y);
    scale_span(&p->x, c->x.log, x.low, x.high);
    scale_span_nice(&p->y, c->y.log, y.low, y.high);
    return true;
}

/* The smallest share of the axis between two points of a series. */
static double closest(const struct plot *p)
{
    struct scale unit = p->x;
    unit.start = 0;
    unit.end = 1;
    double least = 1;
    for (size_t i = 0; i < p->c->n_series; i++) {
        const struct chart_series *s = &p->c->series[i];
        for (size_t k = 1; k < s->n; k++) {
            double gap = scale_at(&unit, s->points[k].x) -
                         scale_at(&unit, s->points[k - 1].x);
            if (gap > 1e-6)
                least = fmin(least, gap);
        }
    }
    return least;
}

/* Half the width that the points of one x take, most of which is room for them:
 * with w for that width, at most 0.7 of what closest() leaves of the plot. */
static double spread(struct plot *p)
{
    if (!p->c->beside || p->c->n_series < 2)
        return 0;
    double room = p->right - p->left - 2 * INSIDE;
    double share = 0.7 * closest(p);
    double width = share * room / (1 + share);
    p->step = fmin(BESIDE, width / (double)p->c->n_series);
    return p->step * (double)(p->c->n_series - 1) / 2;
}

static double aside(const struct plot *p, size_t series)
{
    return p->step * ((double)series - (double)(p->c->n_series - 1) / 2);
}

static void find_ticks(const struct scale *s, const struct chart_axis *a,
                       struct ticks *out)
{
    if (a->n_ticks)
        scale_ticks_at(s, a->ticks, a->n_ticks, out);
    else
        scale_ticks(s, TICKS, out);
}

/* Labels that would touch the one before are left out, here and below; their
 * ticks stay. */
static void y_ticks(struct plot *p, const struct ticks *ticks)
{
    double taken = INFINITY;
    for (size_t i = 0; i < ticks->n; i++) {
        double y = scale_at(&p->y, ticks->v[i].value);
        svg_line(&p->page.body, p->left, y, p->right, y, "grid");
        if (y > taken)
            continue;
        taken = y - 1.2 * PAGE_TICK;
        svg_text(&p->page.body, p->left - 6, y + PAGE_TICK / 3, "tick end",
                 ticks->v[i].label);
    }
}

static void y_axis(struct plot *p)
{
    struct ticks ticks = {0};
    find_ticks(&p->y, &p->c->y, &ticks);
    double widest = 0;
    for (size_t i = 0; i < ticks.n; i++)
        widest = fmax(widest, svg_width(ticks.v[i].label, PAGE_TICK));
    p->left = PAGE_MARGIN + widest + 8;
    y_ticks(p, &ticks);
    ticks_fini(&ticks);
}

static void x_ticks(struct plot *p)
{
    struct buf *out = &p->page.body;
    struct ticks ticks = {0};
    find_ticks(&p->x, &p->c->x, &ticks);
    double taken = 0;
    for (size_t i = 0; i < ticks.n; i++) {
        double x = scale_at(&p->x, ticks.v[i].value);
        double half = svg_width(ticks.v[i].label, PAGE_TICK) / 2;
        svg_line(out, x, p->bottom, x, p->bottom + 5, "axis");
        if (p->x.log)
            svg_line(out, x, p->top, x, p->bottom, "grid");
        if (x - half < taken || x + half > PAGE_WIDTH)
            continue;
        taken = x + half + 6;
        svg_text(out, x, p->bottom + 21, "tick middle", ticks.v[i].label);
    }
    ticks_fini(&ticks);
}

static void axis_name(struct plot *p, const struct chart_axis *a, double x,
                      double width, const char *classes)
{
    char *name = story_axis(a);
    char *cut = svg_cut(name, PAGE_LABEL, width);
    svg_text(&p->page.body, x, p->page.y, classes, cut);
    free(name);
    free(cut);
}

static void axes(struct plot *p)
{
    p->page.y += 24;
    axis_name(p, &p->c->y, PAGE_MARGIN, PAGE_WIDTH - 2 * PAGE_MARGIN, "label");
    p->top = p->page.y + 14;
    p->bottom = p->top + HEIGHT;
    p->right = PAGE_WIDTH - PAGE_MARGIN;
    p->y.start = p->bottom;
    p->y.end = p->top;
    y_axis(p);
    double half = spread(p);
    p->x.start = p->left + INSIDE + half;
    p->x.end = p->right - INSIDE - half;
    x_ticks(p);
    double zero = p->c->y.log ? p->bottom : scale_at(&p->y, 0);
    svg_line(&p->page.body, p->left, zero, p->right, zero, "axis");
    p->page.y = p->bottom + 42;
    axis_name(p, &p->c->x, (p->left + p->right) / 2, p->right - p->left,
              "label middle");
    p->page.y += 10;
}

/* The line through the points, level by `level` at both sides of each. */
static void path(struct plot *p, const struct chart_point *points, size_t n,
                 double off, double level, const char *classes,
                 const char *dashes)
{
    struct buf *out = &p->page.body;
    const char *command = "M";
    buf_adds(out, "<path d=\"");
    for (size_t i = 0; i < n; i++) {
        if (!shown(p->c, &points[i]))
            continue;
        double x = scale_at(&p->x, points[i].x) + off;
        double y = scale_at(&p->y, points[i].y);
        svg_step(out, command, x - level, y);
        command = "L";
        if (level > 0)
            svg_step(out, command, x + level, y);
    }
    buf_addf(out, "\" class=\"%s\"%s/>\n", classes, dashes);
}

static void references(struct plot *p)
{
    double level = p->step > 0 ? fabs(aside(p, 0)) + INSIDE : 0;
    for (size_t i = 0; i < p->c->n_references; i++)
        path(p, p->c->references[i].points, p->c->references[i].n, 0, level,
             "line ref", mark_reference_dashes((unsigned)i));
}

/* Where many points stand side by side, lines between them would tell nothing
 * and cross each other. */
static bool joined(const struct plot *p)
{
    return 2 * fabs(aside(p, 0)) <= DENSE;
}

static void lines(struct plot *p)
{
    for (size_t i = 0; i < p->c->n_series; i++) {
        const struct chart_series *s = &p->c->series[i];
        buf_addf(&p->page.body, "<g class=\"c%u\">\n", s->mark % PAGE_COLORS);
        path(p, s->points, s->n, aside(p, i), 0, "line", mark_dashes(s->mark));
        buf_adds(&p->page.body, "</g>\n");
    }
}

static void points(struct plot *p, const struct chart_series *s, double off)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct chart_point *v = &s->points[i];
        if (!shown(p->c, v))
            continue;
        double x = scale_at(&p->x, v->x) + off;
        if (story_interval(v->low, v->high))
            mark_interval(&p->page.body, x, scale_at(&p->y, v->low),
                          scale_at(&p->y, v->high), false, "range");
        char *told = story_point(p->c, s, v);
        mark_draw(&p->page.body, s->mark, s->hollow, x, scale_at(&p->y, v->y),
                  told);
        free(told);
    }
}

static void all_points(struct plot *p)
{
    for (size_t i = 0; i < p->c->n_series; i++) {
        const struct chart_series *s = &p->c->series[i];
        buf_addf(&p->page.body, "<g class=\"c%u\">\n", s->mark % PAGE_COLORS);
        points(p, s, aside(p, i));
        buf_adds(&p->page.body, "</g>\n");
    }
}

enum err chart_write(const struct chart *c, FILE *out)
{
    struct plot p = {.c = c};
    if (!span(&p))
        return ERR_INVALID;
    page_begin(&p.page, c->title);
    axes(&p);
    references(&p);
    if (joined(&p))
        lines(&p);
    all_points(&p);
    legend_draw(&p.page, c, joined(&p));
    if (c->footnote)
        page_note(&p.page, c->footnote);
    story_chart(&p.page.story, c);
    return page_end(&p.page, out);
}
