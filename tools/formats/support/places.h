/* Places of findings, as machines want them: a path from the root of the
 * repository, and a region of one line.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_PLACES_H
#define LOCKSTEP_FORMATS_SUPPORT_PLACES_H

#include "formats/support/repository.h"
#include "formats/support/source.h"

struct places {
    struct repository repository;
    struct sources sources;
};

/* The options are borrowed. places_fini is owed. */
void places_init(struct places *p, const struct report *r,
                 const struct format_options *o);
void places_fini(struct places *p);

/* Columns count characters from 1; end is the one after the last. Where the
 * report has no column, or the line cannot be read, it is the text of the line,
 * or its first column. */
struct spot {
    char *path;            /* from the root; owned */
    struct source *source; /* or NULL; owned by the places */
    int line, column, end;
};

/* The spot of a frame of a result; false, and nothing is owed, if that is
 * outside of the repository. */
bool places_spot(struct places *p, const struct result *r,
                 const struct frame *f, struct spot *out);

/* Where a finding is shown: the first of its accesses that is inside; its index
 * is returned. For a finding that has none, and for NULL, it is the first
 * labelled line of the program, or else its first line, and SIZE_MAX. */
size_t places_primary(struct places *p, const struct result *r,
                      const struct finding *f, struct spot *out);

void spot_fini(struct spot *s);

/* Whether a frame is in the source of the result's program, also if that was
 * compiled in another folder. */
bool place_is_in(const struct result *r, const struct frame *f);

#endif
