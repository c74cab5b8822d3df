/* Shapes, dashes and intervals.
 * SPDX-License-Identifier: MIT */
#include "bench/mark.h"

#include "bench/svg.h"

#include <math.h>

#define CORNERS 12
#define END 3.5 /* half the width of the end of an interval */

/* Corners around the middle in units of the radius; circles have none. */
static const struct shape {
    int n;
    struct {
        double x, y;
    } at[CORNERS];
} shapes[MARK_SHAPES] = {
    {.n = 0},
    {4, {{-0.85, -0.85}, {0.85, -0.85}, {0.85, 0.85}, {-0.85, 0.85}}},
    {3, {{0, -1.15}, {1.1, 0.85}, {-1.1, 0.85}}},
    {4, {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}}},
    {3, {{0, 1.15}, {1.1, -0.85}, {-1.1, -0.85}}},
    {4, {{-1.2, -1.2}, {1.2, -1.2}, {-1.2, 1.2}, {1.2, 1.2}}},
    {4, {{-1.2, -1.2}, {-1.2, 1.2}, {1.2, -1.2}, {1.2, 1.2}}},
    {10,
     {{0, -1.4},
      {0.35, -0.48},
      {1.33, -0.43},
      {0.57, 0.19},
      {0.82, 1.13},
      {0, 0.6},
      {-0.82, 1.13},
      {-0.57, 0.19},
      {-1.33, -0.43},
      {-0.35, -0.48}}},
    {12,
     {{-0.4, -1.2},
      {0.4, -1.2},
      {0.4, -0.4},
      {1.2, -0.4},
      {1.2, 0.4},
      {0.4, 0.4},
      {0.4, 1.2},
      {-0.4, 1.2},
      {-0.4, 0.4},
      {-1.2, 0.4},
      {-1.2, -0.4},
      {-0.4, -0.4}}},
    {12,
     {{0, -0.6},
      {0.6, -1.2},
      {1.2, -0.6},
      {0.6, 0},
      {1.2, 0.6},
      {0.6, 1.2},
      {0, 0.6},
      {-0.6, 1.2},
      {-1.2, 0.6},
      {-0.6, 0},
      {-1.2, -0.6},
      {-0.6, -1.2}}},
    {4, {{-1.3, -0.45}, {1.3, -0.45}, {1.3, 0.45}, {-1.3, 0.45}}},
    {4, {{-0.45, -1.3}, {0.45, -1.3}, {0.45, 1.3}, {-0.45, 1.3}}},
};

static void circle(struct buf *out, double x, double y)
{
    buf_adds(out, "<circle cx=\"");
    svg_number(out, x);
    buf_adds(out, "\" cy=\"");
    svg_number(out, y);
    buf_adds(out, "\" r=\"");
    svg_number(out, MARK_RADIUS);
}

static void corners(struct buf *out, const struct shape *s, double x, double y)
{
    buf_adds(out, "<polygon points=\"");
    for (int i = 0; i < s->n; i++)
        svg_step(out, i ? " " : "", x + s->at[i].x * MARK_RADIUS,
                 y + s->at[i].y * MARK_RADIUS);
}

void mark_draw(struct buf *out, unsigned mark, bool hollow, double x, double y,
               const char *told)
{
    const struct shape *s = &shapes[mark % MARK_SHAPES];
    const char *element = s->n ? "polygon" : "circle";
    if (s->n)
        corners(out, s, x, y);
    else
        circle(out, x, y);
    buf_addf(out, "\" class=\"%s\"", hollow ? "hollow" : "mark");
    if (!told) {
        buf_adds(out, "/>\n");
        return;
    }
    buf_adds(out, ">");
    svg_title(out, told);
    buf_addf(out, "</%s>\n", element);
}

const char *mark_dashes(unsigned mark)
{
    static const char *const dashes[] = {"", " stroke-dasharray=\"7 3\"",
                                         " stroke-dasharray=\"2 3\"",
                                         " stroke-dasharray=\"9 3 2 3\""};
    return dashes[(mark + mark / MARK_SHAPES) %
                  (sizeof dashes / sizeof *dashes)];
}

const char *mark_reference_dashes(unsigned number)
{
    static const char *const dashes[] = {" stroke-dasharray=\"14 5\"",
                                         " stroke-dasharray=\"14 4 2 4 2 4\"",
                                         " stroke-dasharray=\"1 3\""};
    return dashes[number % (sizeof dashes / sizeof *dashes)];
}

static void step(struct buf *out, const char *command, double x, double y,
                 bool across)
{
    svg_step(out, command, across ? y : x, across ? x : y);
}

void mark_interval(struct buf *out, double x, double low, double high,
                   bool across, const char *classes)
{
    buf_adds(out, "<path d=\"");
    step(out, "M", x - END, low, across);
    step(out, "L", x + END, low, across);
    step(out, "M", x, low, across);
    step(out, "L", x, high, across);
    step(out, "M", x - END, high, across);
    step(out, "L", x + END, high, across);
    buf_addf(out, "\" class=\"%s\"/>\n", classes);
}
