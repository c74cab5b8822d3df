/* A picture as a whole: title, what is drawn, footnote, one below the other,
 * with the style sheet and a description for those who do not see it.
 *
 * The width is fixed; a browser scales the picture down to what there is, and
 * the fonts are large enough for 400 pixels. Colours follow the reader's
 * choice of light or dark; none is needed to tell things apart. The font is the
 * reader's own.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_PAGE_H
#define LOCKSTEP_BENCH_PAGE_H

#include "base/buf.h"
#include "base/err.h"

#include <stdio.h>

#define PAGE_WIDTH 540.0
#define PAGE_MARGIN 14.0

/* Sizes of fonts, as in the style sheet. */
#define PAGE_TITLE 18.0
#define PAGE_LABEL 15.0
#define PAGE_TICK 14.0
#define PAGE_NOTE 13.0

/* Bold text is so much wider. */
#define PAGE_BOLD 1.15

/* Classes c0 to c5 have a colour each. */
#define PAGE_COLORS 6

struct page {
    const char *title; /* borrowed */
    struct buf story;  /* the description, plain text */
    struct buf body;   /* elements */
    double y;          /* where the next thing may begin */
};

/* Draws the title. page_end is owed. */
void page_begin(struct page *p, const char *title);

/* Draws wrapped lines of class "note". */
void page_note(struct page *p, const char *text);

/* Writes the whole to out, flushed, and frees the page. */
enum err page_end(struct page *p, FILE *out);

#endif
