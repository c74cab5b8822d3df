/* The parts of the page that the format html writes. All append to page.b; text
 * of unknown origin goes through html_text only.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_HTML_PAGE_H
#define LOCKSTEP_FORMATS_SUPPORT_HTML_PAGE_H

#include "formats/support/groups.h"
#include "formats/support/html_raw.h"
#include "formats/support/places.h"
#include "formats/support/programs.h"

struct page {
    const struct report *report;
    const struct format_options *options;
    struct places places;
    struct programs programs;
    struct raw_reports raws; /* in parallel to the results */
    size_t raw_most;         /* bytes that are shown of each */
    size_t raw_left;         /* of the page that they may still take */
    struct buf b;
};

/* In an element, or in an attribute in double quotes. Of a very long text only
 * the start is shown. */
void html_text(struct page *p, const char *s);

/* The same, and frees s. */
void html_words(struct page *p, char *s);

/* id="..." or href="#..." of a case; of a line of one of its programs, from 1,
 * or of another file; of the raw reports of a result. */
enum html_end { HTML_ID, HTML_LINK };
void html_case_anchor(struct page *p, enum html_end e,
                      const struct scenario_case *c);
void html_line_anchor(struct page *p, enum html_end e, const struct result *r,
                      int line);
void html_file_anchor(struct page *p, enum html_end e, const struct result *r,
                      const char *file, int line);
void html_raw_anchor(struct page *p, enum html_end e, const struct result *r);

/* A class of the style sheet. */
const char *html_tone(const struct result *bug, const struct result *fix);

void html_matrix(struct page *p);
void html_score(struct page *p);
void html_changes(struct page *p);
void html_pictures(struct page *p);

/* One case, with its programs[0, n). */
void html_case(struct page *p, const struct program *programs, size_t n);
void html_findings(struct page *p, const struct groups *l);
/* What is around those places that no source above shows. */
void html_excerpts(struct page *p, const struct groups *l);
void html_sources(struct page *p, const struct program *programs, size_t n);
void html_raw(struct page *p, const struct result *r);

#endif
