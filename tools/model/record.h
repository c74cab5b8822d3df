/* What is measured of a case, as the text of its manifest: the lists `plain`
 * and `expect`, written anew and put in the place of the old ones.
 *
 * An entry that takes the place of an old one keeps the comments above it, and
 * its text as it stands but for the values that changed; only where a key comes
 * or goes, or the prose differs, is it written anew. So a record that says what
 * the manifest says gives the same bytes.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_RECORD_H
#define LOCKSTEP_MODEL_RECORD_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/vec.h"
#include "model/manifest.h"

/* Index of the manifest's entry whose place this one takes, or RECORD_NEW. */
#define RECORD_NEW (-1)

struct plain_record {
    struct plain is; /* borrows all it points to */
    int from;
};

struct expect_record {
    struct expectation is; /* borrows; its detectors are those below */
    struct strv detectors;
    int from;
};

/* In the order in which they are to stand. Each `from` but RECORD_NEW is there
 * once at most. */
struct record {
    VEC(struct plain_record) plain;
    VEC(struct expect_record) expect;
};

void record_fini(struct record *r);

/* The texts of the two lists with their keys ("" for one without entries), and
 * of the whole manifest with both in place. */
struct record_text {
    struct buf plain, expect, whole;
};

/* Fills out from text, of n bytes and a NUL, that m was read from. ERR_OK, or
 * ERR_UNSUPPORTED with a message in d when the manifest is written in a way
 * that cannot be changed in place: `whole` is empty then. record_text_fini is
 * owed either way. */
enum err record_write(const struct record *r, const struct manifest *m,
                      const char *file, const char *text, size_t n,
                      struct record_text *out, struct diag *d);
void record_text_fini(struct record_text *t);

#endif
