/* Pictures as a whole.
 * SPDX-License-Identifier: MIT */
#include "bench/page.h"

#include "base/str.h"
#include "bench/svg.h"

#include <errno.h>

#define TITLE_LINES 3
#define NOTE_LINES 8

/* Every colour has a contrast of at least 4.5 to 1 to its ground (WCAG 2.2,
 * 1.4.3). Text is drawn without a size of its own, so that this sheet alone has
 * them. The name of the class keeps the rules to this picture where it is a
 * part of a page. */
static const char style[] =
    "<style>\n"
    ".lockstep{max-width:100%;height:auto}\n"
    ".lockstep text{font-family:system-ui,-apple-system,\"Segoe UI\","
    "sans-serif;fill:#1c1c1c}\n"
    ".lockstep .title{font-size:18px;font-weight:bold}\n"
    ".lockstep .label,.lockstep .head{font-size:15px}\n"
    ".lockstep .head{font-weight:bold}\n"
    ".lockstep .tick{font-size:14px}\n"
    ".lockstep .note{font-size:13px}\n"
    ".lockstep .middle{text-anchor:middle}\n"
    ".lockstep .end{text-anchor:end}\n"
    ".lockstep .ground{fill:#fff}\n"
    ".lockstep path{fill:none}\n"
    ".lockstep .grid{stroke:#dcdcdc}\n"
    ".lockstep .axis{stroke:#1c1c1c}\n"
    ".lockstep .line{stroke:currentColor;stroke-width:1.8;"
    "stroke-linejoin:round}\n"
    ".lockstep .range{stroke:currentColor;stroke-width:1.6}\n"
    ".lockstep .mark{fill:currentColor;stroke:#fff;stroke-width:1.6;"
    "paint-order:stroke}\n"
    ".lockstep .hollow{fill:#fff;stroke:currentColor;stroke-width:1.8}\n"
    ".lockstep .bar{fill:currentColor;fill-opacity:.45;"
    "stroke:currentColor}\n"
    ".lockstep .over{stroke:#1c1c1c;stroke-width:1.6}\n"
    ".lockstep .ref{color:#1c1c1c}\n"
    ".lockstep .c0{color:#1d5fa6}\n"
    ".lockstep .c1{color:#ad3f0c}\n"
    ".lockstep .c2{color:#17744a}\n"
    ".lockstep .c3{color:#873a8c}\n"
    ".lockstep .c4{color:#725600}\n"
    ".lockstep .c5{color:#4a4a4a}\n"
    "@media (prefers-color-scheme:dark){\n"
    ".lockstep text{fill:#ececec}\n"
    ".lockstep .ground{fill:#16191d}\n"
    ".lockstep .grid{stroke:#3b4046}\n"
    ".lockstep .axis,.lockstep .over{stroke:#ececec}\n"
    ".lockstep .mark{stroke:#16191d}\n"
    ".lockstep .hollow{fill:#16191d}\n"
    ".lockstep .ref{color:#ececec}\n"
    ".lockstep .c0{color:#7fb7f2}\n"
    ".lockstep .c1{color:#f2946a}\n"
    ".lockstep .c2{color:#63d2a2}\n"
    ".lockstep .c3{color:#dba3e0}\n"
    ".lockstep .c4{color:#dcbd55}\n"
    ".lockstep .c5{color:#c4c4c4}\n"
    "}\n"
    "</style>\n";

static void add_lines(struct page *p, const char *text, const char *class,
                      double size, double width, size_t most)
{
    struct strv lines = {0};
    svg_wrap(text, size * width, PAGE_WIDTH - 2 * PAGE_MARGIN, most, &lines);
    for (size_t i = 0; i < lines.n; i++) {
        p->y += size * 1.3;
        svg_text(&p->body, PAGE_MARGIN, p->y, class, lines.v[i]);
    }
    strv_fini(&lines);
}

void page_begin(struct page *p, const char *title)
{
    *p = (struct page){.title = title, .y = PAGE_MARGIN / 2};
    add_lines(p, title, "title", PAGE_TITLE, PAGE_BOLD, TITLE_LINES);
}

void page_note(struct page *p, const char *text)
{
    add_lines(p, text, "note", PAGE_NOTE, 1, NOTE_LINES);
}

static void add_head(struct buf *out, const struct page *p)
{
    struct buf size = {0};
    buf_adds(&size, "width=\"");
    svg_number(&size, PAGE_WIDTH);
    buf_adds(&size, "\" height=\"");
    svg_number(&size, p->y + PAGE_MARGIN);
    buf_adds(&size, "\"");
    buf_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lockstep\" "
             "role=\"img\" %s viewBox=\"0 0 ",
             buf_str(&size));
    svg_number(out, PAGE_WIDTH);
    buf_adds(out, " ");
    svg_number(out, p->y + PAGE_MARGIN);
    buf_adds(out, "\">\n");
    svg_title(out, p->title);
    buf_adds(out, "\n<desc>");
    svg_escape(out, buf_str(&p->story));
    buf_adds(out, "</desc>\n");
    buf_adds(out, style);
    buf_addf(out, "<rect %s class=\"ground\"/>\n", buf_str(&size));
    buf_fini(&size);
}

enum err page_end(struct page *p, FILE *out)
{
    struct buf all = {0};
    add_head(&all, p);
    buf_add(&all, buf_str(&p->body), p->body.len);
    buf_adds(&all, "</svg>\n");
    errno = 0;
    bool written =
        fwrite(all.data, 1, all.len, out) == all.len && fflush(out) == 0;
    enum err e = written ? ERR_OK : errno ? err_from_errno(errno) : ERR_IO;
    buf_fini(&all);
    buf_fini(&p->body);
    buf_fini(&p->story);
    return e;
}
