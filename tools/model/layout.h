/* Where a list of a manifest and its entries stand in the text, to the byte, so
 * that they can be changed without a touch to the rest. Internal to the model.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_LAYOUT_H
#define LOCKSTEP_MODEL_LAYOUT_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

/* The bytes [from, to) of a text. */
struct span {
    size_t from, to;
};

/* The value of one key of an entry, if it ends where one can tell: not one in
 * block style. */
struct value_layout {
    char *key;
    struct span at;
};

/* Whole lines: the comments above an entry, and the entry from its "- ". */
struct entry_layout {
    struct span comments, lines;
    VEC(struct value_layout) values;
};

struct list_layout {
    struct span all;  /* whole lines, from that of the key; empty at the end of
                       * the text if there is no such key */
    struct span head; /* those before the first entry's, of a list that is in
                       * block style; else empty */
    size_t indent;    /* of the dashes */
    VEC(struct entry_layout) entries; /* none in flow style */
};

/* Finds the list under a key of the manifest, which must be good and end with a
 * NUL at text[n].
 * ERR_UNSUPPORTED when its keys do not each begin a line. layout_fini is owed
 * either way. */
enum err layout_read(const char *text, size_t n, const char *key,
                     struct list_layout *out);
void layout_fini(struct list_layout *l);

/* The value of a key of an entry, or NULL; borrowed. */
const struct span *layout_value(const struct entry_layout *e, const char *key);

#endif
