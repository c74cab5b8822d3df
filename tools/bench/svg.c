/* SVG as text.
 * SPDX-License-Identifier: MIT */
#include "bench/svg.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"
#define ELLIPSIS "\xE2\x80\xA6"

static bool space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* What XML 1.0 (production 2) has no place for, the control characters that it
 * only discourages, and what overrides the direction of text. */
static bool forbidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c & 0xfffe) == 0xfffe ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static const char *entity(uint32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return space(c) ? " " : forbidden(c) ? REPLACEMENT : NULL;
    }
}

void svg_escape(struct buf *out, const char *text)
{
    while (*text) {
        size_t n = str_utf8(text);
        const char *other = entity(str_code_point(text, n));
        if (other)
            buf_adds(out, other);
        else
            buf_add(out, text, n);
        text += n ? n : 1;
    }
}

void svg_number(struct buf *out, double x)
{
    assert(isfinite(x) && fabs(x) < 1e9);
    long hundredths = lround(100 * x);
    long rest = labs(hundredths % 100);
    buf_addf(out, "%s%ld", hundredths < 0 ? "-" : "", labs(hundredths / 100));
    if (rest)
        buf_addf(out, rest % 10 ? ".%02ld" : ".%ld",
                 rest % 10 ? rest : rest / 10);
}

/* Advance widths in hundredths of the size. */
static double advance(uint32_t c)
{
    static const unsigned char ascii[] = {
        32,  40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34,
        64,  64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
        100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
        60,  79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50,
        50,  61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61,
        63,  63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84};
    if (space(c))
        return ascii[0];
    if (c > ' ' && c < 0x7f)
        return ascii[c - ' '];
    if (c >= 0x2070 && c < 0x20a0) /* digits above and below */
        return 45;
    return c >= 0x1f000 ? 140 : c >= 0x1100 || forbidden(c) ? 105 : 84;
}

double svg_width(const char *text, double size)
{
    double width = 0;
    while (*text) {
        size_t n = str_utf8(text);
        width += advance(str_code_point(text, n)) * size / 100;
        text += n ? n : 1;
    }
    return width;
}

/* How many bytes of text fit. */
static size_t fitting(const char *text, double size, double width)
{
    size_t fits = 0;
    while (text[fits]) {
        size_t n = str_utf8(text + fits);
        width -= advance(str_code_point(text + fits, n)) * size / 100;
        if (width < 0)
            break;
        fits += n ? n : 1;
    }
    return fits;
}

char *svg_cut(const char *text, double size, double width)
{
    if (svg_width(text, size) <= width)
        return str_dup(text);
    double rest = width - svg_width(ELLIPSIS, size);
    return str_fmt("%.*s" ELLIPSIS, (int)fitting(text, size, rest), text);
}

/* How many bytes of text make the next line: up to the last blank that lets it
 * fit, or a part of a word that never would. */
static size_t line_end(const char *text, double size, double width)
{
    size_t fits = fitting(text, size, width);
    if (!text[fits])
        return fits;
    size_t n = fits;
    while (n > 0 && !space((unsigned char)text[n]))
        n--;
    return n ? n : fits ? fits : strlen(text);
}

void svg_wrap(const char *text, double size, double width, size_t most,
              struct strv *lines)
{
    for (size_t made = 0; made < most; made++) {
        while (space((unsigned char)*text))
            text++;
        if (!*text)
            return;
        size_t n = line_end(text, size, width), end = n;
        while (end > 0 && space((unsigned char)text[end - 1]))
            end--;
        if (made + 1 == most)
            strv_take(lines, svg_cut(text, size, width));
        else
            strv_take(lines, str_ndup(text, end));
        text += n;
    }
}

static void attribute(struct buf *out, const char *name, double x)
{
    buf_addf(out, " %s=\"", name);
    svg_number(out, x);
    buf_adds(out, "\"");
}

static void class(struct buf *out, const char *classes)
{
    buf_addf(out, " class=\"%s\"", classes);
}

void svg_text(struct buf *out, double x, double y, const char *classes,
              const char *text)
{
    buf_adds(out, "<text");
    attribute(out, "x", x);
    attribute(out, "y", y);
    class(out, classes);
    buf_adds(out, ">");
    svg_escape(out, text);
    buf_adds(out, "</text>\n");
}

void svg_line(struct buf *out, double x1, double y1, double x2, double y2,
              const char *classes)
{
    buf_adds(out, "<path d=\"");
    svg_step(out, "M", x1, y1);
    svg_step(out, "L", x2, y2);
    buf_adds(out, "\"");
    class(out, classes);
    buf_adds(out, "/>\n");
}

void svg_rect(struct buf *out, double x, double y, double width, double height,
              const char *classes)
{
    buf_adds(out, "<rect");
    attribute(out, "x", x);
    attribute(out, "y", y);
    attribute(out, "width", width);
    attribute(out, "height", height);
    class(out, classes);
    buf_adds(out, "/>\n");
}

void svg_title(struct buf *out, const char *text)
{
    buf_adds(out, "<title>");
    svg_escape(out, text);
    buf_adds(out, "</title>");
}

void svg_step(struct buf *out, const char *command, double x, double y)
{
    buf_adds(out, command);
    svg_number(out, x);
    buf_adds(out, " ");
    svg_number(out, y);
}
