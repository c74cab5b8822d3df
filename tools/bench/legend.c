/* Legends.
 * SPDX-License-Identifier: MIT */
#include "bench/legend.h"

#include "bench/mark.h"
#include "bench/svg.h"

#include <math.h>
#include <stdlib.h>

#define SAMPLE 36.0 /* width of the line that is shown */
#define GAP 8.0
#define ROW 22.0
#define ROOM (PAGE_WIDTH - 2 * PAGE_MARGIN)

static double column_width(const struct chart *c)
{
    double widest = 0;
    for (size_t i = 0; i < c->n_series; i++)
        widest = fmax(widest, svg_width(c->series[i].name, PAGE_TICK));
    return fmin(SAMPLE + GAP + widest + 2 * GAP, ROOM);
}

static void sample_line(struct buf *out, const char *dashes, const char *class,
                        double x, double y)
{
    buf_adds(out, "<path d=\"");
    svg_step(out, "M", x, y);
    svg_step(out, "L", x + SAMPLE, y);
    buf_addf(out, "\" class=\"%s\"%s/>\n", class, dashes);
}

static void add_name(struct page *p, const char *name, double x, double y)
{
    char *cut =
        svg_cut(name, PAGE_TICK, PAGE_WIDTH - PAGE_MARGIN - x - SAMPLE - GAP);
    svg_text(&p->body, x + SAMPLE + GAP, y + PAGE_TICK / 3, "tick", cut);
    free(cut);
}

static void add_series(struct page *p, const struct chart_series *s,
                       bool joined, double x, double y)
{
    buf_addf(&p->body, "<g class=\"c%u\">\n", s->mark % PAGE_COLORS);
    if (joined)
        sample_line(&p->body, mark_dashes(s->mark), "line", x, y);
    mark_draw(&p->body, s->mark, s->hollow, x + SAMPLE / 2, y, NULL);
    buf_adds(&p->body, "</g>\n");
    add_name(p, s->name, x, y);
}

void legend_draw(struct page *p, const struct chart *c, bool joined)
{
    for (size_t i = 0; i < c->n_references; i++) {
        sample_line(&p->body, mark_reference_dashes((unsigned)i), "line ref",
                    PAGE_MARGIN, p->y + ROW / 2);
        add_name(p, c->references[i].name, PAGE_MARGIN, p->y + ROW / 2);
        p->y += ROW;
    }
    double width = column_width(c);
    size_t columns = (size_t)fmax(1, floor((ROOM + 2 * GAP) / width));
    for (size_t i = 0; i < c->n_series; i++) {
        double row = floor((double)i / (double)columns);
        add_series(p, &c->series[i], joined,
                   PAGE_MARGIN + (double)(i % columns) * width,
                   p->y + ROW * (row + 0.5));
    }
    p->y += ROW * ceil((double)c->n_series / (double)columns);
}
