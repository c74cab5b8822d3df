/* The little of SVG that charts need, as text: escaping, numbers, elements, and
 * how wide a text will be in a font that is not known.
 *
 * Coordinates are in pixels and finite; classes are literals (bench/page.c has
 * the style sheet). Text may be anything, also what is no UTF-8.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_SVG_H
#define LOCKSTEP_BENCH_SVG_H

#include "base/str.h"

/* Appends text so that it is itself in an element or an attribute. What XML
 * forbids, what is no UTF-8, and what turns the direction of a line around
 * becomes U+FFFD; white space becomes a blank. */
void svg_escape(struct buf *out, const char *text);

/* Appends x with at most two decimals. */
void svg_number(struct buf *out, double x);

/* The width of a text in pixels, in a font of size pixels: that of DejaVu Sans,
 * which is about as wide as Verdana, and wider than the other usual ones. */
double svg_width(const char *text, double size);

/* The text, or its start and an ellipsis where it is wider; owned by the
 * caller. */
char *svg_cut(const char *text, double size, double width);

/* Adds the text as at most `most` lines; the last is cut. */
void svg_wrap(const char *text, double size, double width, size_t most,
              struct strv *lines);

void svg_text(struct buf *out, double x, double y, const char *classes,
              const char *text);
void svg_line(struct buf *out, double x1, double y1, double x2, double y2,
              const char *classes);
void svg_rect(struct buf *out, double x, double y, double width, double height,
              const char *classes);

/* <title>text</title>: what is read out, and shown under the pointer. */
void svg_title(struct buf *out, const char *text);

/* One step of the d of a path: "M", "L" and so on, and a place. */
void svg_step(struct buf *out, const char *command, double x, double y);

#endif
