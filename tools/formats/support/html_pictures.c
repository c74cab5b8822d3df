/* Pictures on the page, as images: nothing in them can run or fetch anything.
 * SPDX-License-Identifier: MIT */
#include "formats/support/base64.h"
#include "formats/support/html_page.h"

#include <stdlib.h>
#include <string.h>

/* The text of the first <title>, still escaped as it is in the picture; NULL
 * if there is none. Owned by the caller. */
static char *title_of(const char *svg)
{
    const char *from = strstr(svg, "<title>");
    const char *to = from ? strchr(from + 7, '<') : NULL;
    return to ? str_ndup(from + 7, (size_t)(to - from) - 7) : NULL;
}

/* The few entities that svg writers need. */
static char *plain(const char *xml)
{
    static const char *const entities[][2] = {{"&lt;", "<"},    {"&gt;", ">"},
                                              {"&quot;", "\""}, {"&#39;", "'"},
                                              {"&apos;", "'"},  {"&amp;", "&"}};
    struct buf b = {0};
    while (*xml) {
        size_t i = 0, n = sizeof entities / sizeof *entities;
        while (i < n && !str_starts(xml, entities[i][0]))
            i++;
        buf_add(&b, i < n ? entities[i][1] : xml, 1);
        xml += i < n ? strlen(entities[i][0]) : 1;
    }
    return buf_take(&b);
}

static void add_picture(struct page *p, const char *svg)
{
    char *title = title_of(svg);
    buf_adds(&p->b, "<figure><img alt=\"");
    html_words(p, plain(title ? title : "A picture"));
    buf_adds(&p->b, "\" src=\"data:image/svg+xml;base64,");
    base64_add(&p->b, svg, strlen(svg));
    buf_adds(&p->b, "\"></figure>\n");
    free(title);
}

void html_pictures(struct page *p)
{
    const struct strv *l = p->options->pictures;
    if (!l || l->n == 0)
        return;
    buf_adds(&p->b, "<section id=section-speed>\n<h2>What concurrency "
                    "buys</h2>\n<div class=pictures>\n");
    for (size_t i = 0; i < l->n; i++)
        add_picture(p, l->v[i]);
    buf_adds(&p->b, "</div>\n</section>\n");
}
