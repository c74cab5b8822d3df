/* Sources and raw reports, read once, and their lines.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_SOURCE_H
#define LOCKSTEP_FORMATS_SUPPORT_SOURCE_H

#include "base/vec.h"
#include "formats/format.h"

/* Larger files are not read: no source is. */
#define SOURCE_MOST ((size_t)16 << 20)

struct source {
    char *path;
    bool there; /* it could be read */
    struct buf text;
    VEC(size_t) starts; /* of the lines */
    struct strv hashes; /* of the lines, once asked for */
};

/* Zero-initialise but for options, which are borrowed. */
struct sources {
    const struct format_options *options;
    VEC(struct source *) all;
};

void sources_fini(struct sources *s);

/* Appends a file's content as the options say; ERR_INVALID if it is larger than
 * SOURCE_MOST. */
enum err source_read(const struct format_options *o, const char *path,
                     struct buf *out);

/* The file, or NULL if it cannot be read. Owned by s. */
struct source *sources_get(struct sources *s, const char *path);

/* The text of a line (from 1) and how many bytes it has without its end; NULL
 * if there is no such line. */
const char *source_line(const struct source *f, int line, size_t *n);

/* It has no byte that is 0, as programs have. */
bool source_is_text(const struct source *f);

/* What GitHub knows the line by, or NULL. */
const char *source_hash(struct source *f, int line);

#endif
