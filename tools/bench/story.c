/* Pictures in words.
 * SPDX-License-Identifier: MIT */
#include "bench/story.h"

#include "base/str.h"
#include "bench/scale.h"

#include <stdlib.h>

char *story_axis(const struct chart_axis *a)
{
    return a->unit ? str_fmt("%s (%s)", a->label, a->unit) : str_dup(a->label);
}

bool story_interval(double low, double high)
{
    return low < high && scale_shows(false, low) && scale_shows(false, high);
}

static void add_number(struct buf *out, char *owned)
{
    buf_adds(out, owned);
    free(owned);
}

void story_figure(struct buf *out, const struct chart_axis *a, double value,
                  double low, double high)
{
    add_number(out, scale_figure(value));
    if (a->unit)
        buf_addf(out, " %s", a->unit);
    if (!story_interval(low, high))
        return;
    buf_adds(out, " (");
    add_number(out, scale_figure(low));
    buf_adds(out, " to ");
    add_number(out, scale_figure(high));
    buf_adds(out, ")");
}

static void add_x(struct buf *out, const struct chart_axis *a, double x)
{
    buf_addf(out, "%s ", a->label);
    add_number(out, scale_whole(x));
    if (a->unit)
        buf_addf(out, " %s", a->unit);
    buf_adds(out, ", ");
}

char *story_point(const struct chart *c, const struct chart_series *s,
                  const struct chart_point *p)
{
    struct buf b = {0};
    buf_addf(&b, "%s: ", s->name);
    add_x(&b, &c->x, p->x);
    buf_addf(&b, "%s ", c->y.label);
    story_figure(&b, &c->y, p->y, p->low, p->high);
    return buf_take(&b);
}

static void add_points(struct buf *out, const struct chart *c, const char *name,
                       const struct chart_point *points, size_t n)
{
    const char *between = "";
    buf_addf(out, " %s: ", name);
    for (size_t i = 0; i < n; i++) {
        const struct chart_point *p = &points[i];
        if (!scale_shows(c->x.log, p->x) || !scale_shows(c->y.log, p->y))
            continue;
        buf_adds(out, between);
        add_number(out, scale_whole(p->x));
        buf_adds(out, ": ");
        story_figure(out, &c->y, p->y, p->low, p->high);
        between = ", ";
    }
    buf_adds(out, ".");
}

static void add_axis(struct buf *out, const char *which,
                     const struct chart_axis *a)
{
    char *name = story_axis(a);
    buf_addf(out, "%s: %s%s.", which, name, a->log ? ", logarithmic" : "");
    free(name);
}

void story_chart(struct buf *out, const struct chart *c)
{
    add_axis(out, "Across", &c->x);
    add_axis(out, " Upwards", &c->y);
    for (size_t i = 0; i < c->n_references; i++)
        add_points(out, c, c->references[i].name, c->references[i].points,
                   c->references[i].n);
    for (size_t i = 0; i < c->n_series; i++)
        add_points(out, c, c->series[i].name, c->series[i].points,
                   c->series[i].n);
}

void story_bars(struct buf *out, const struct bar_chart *c)
{
    add_axis(out, "Bars", &c->axis);
    for (size_t i = 0; i < c->n; i++) {
        const struct bar_group *g = &c->groups[i];
        buf_addf(out, " %s:", g->name);
        for (size_t k = 0; k < g->n; k++) {
            if (!scale_shows(false, g->bars[k].value))
                continue;
            buf_addf(out, " %s ", g->bars[k].name);
            story_figure(out, &c->axis, g->bars[k].value, g->bars[k].low,
                         g->bars[k].high);
            buf_adds(out, ";");
        }
    }
}
