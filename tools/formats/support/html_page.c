/* What the parts of the page share: text and anchors.
 * SPDX-License-Identifier: MIT */
#include "formats/support/html_page.h"

#include "formats/support/escape.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of one text that are shown. A detector may say much. */
#define MOST_TEXT ((size_t)8 << 10)

void html_text(struct page *p, const char *s)
{
    size_t n = s ? strlen(s) : 0;
    char *start = n > MOST_TEXT ? str_ndup(s, MOST_TEXT) : NULL;
    escape_attribute(&p->b, start ? start : s);
    if (start)
        buf_addf(&p->b, " [... %zu bytes left out]", n - MOST_TEXT);
    free(start);
}

void html_words(struct page *p, char *s)
{
    html_text(p, s);
    free(s);
}

/* An apostrophe or an ampersand is fine in a URI, but not here. */
static void add_part(struct page *p, const char *s)
{
    struct buf uri = {0};
    escape_uri(&uri, s);
    escape_attribute(&p->b, buf_str(&uri));
    buf_fini(&uri);
}

static void begin(struct page *p, enum html_end e, const char *what,
                  const struct scenario_case *c)
{
    buf_addf(&p->b, e == HTML_ID ? " id=\"%s/" : " href=\"#%s/", what);
    add_part(p, c->id);
}

void html_case_anchor(struct page *p, enum html_end e,
                      const struct scenario_case *c)
{
    begin(p, e, "case", c);
    buf_adds(&p->b, "\"");
}

void html_line_anchor(struct page *p, enum html_end e, const struct result *r,
                      int line)
{
    begin(p, e, "line", r->c);
    buf_adds(&p->b, "/");
    add_part(p, r->variant->name);
    buf_addf(&p->b, "/%d\"", line);
}

void html_file_anchor(struct page *p, enum html_end e, const struct result *r,
                      const char *file, int line)
{
    begin(p, e, "file", r->c);
    buf_adds(&p->b, "/");
    add_part(p, file);
    buf_addf(&p->b, "/%d\"", line);
}

void html_raw_anchor(struct page *p, enum html_end e, const struct result *r)
{
    begin(p, e, "raw", r->c);
    buf_adds(&p->b, "/");
    add_part(p, r->variant->name);
    buf_adds(&p->b, "/");
    add_part(p, r->detector->id);
    buf_adds(&p->b, "\"");
}
