/* Findings that are known and do not fail a run: a JSON file that people keep
 * beside their sources.
 *
 *   {"lockstep_baseline": 1,
 *    "findings": [{"fingerprint": "...", "kind": "data-race",
 *      "one_sided": false, "message": "...", "detectors": ["drd"],
 *      "places": [{"file": "a.c", "function": "f", "code": "n++;"}],
 *      "reason": null}]}
 *
 * A finding is known if an entry has its kind and the same places; where one of
 * the two knows a single place only, the other must have it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_BASELINE_H
#define LOCKSTEP_MODEL_BASELINE_H

#include "base/diag.h"
#include "base/err.h"
#include "model/merged.h"

struct baseline_entry {
    char *fingerprint;
    enum kind kind;
    bool one_sided;
    char *message;
    char *reason; /* why it is accepted, or NULL */
    struct strv detectors;
    struct landmarks landmarks;
    bool seen; /* a finding that was looked up is this one */
};

/* Zero-initialise. */
struct baseline {
    VEC(struct baseline_entry) entries;
};

/* Adds the entries of a baseline, or of the `findings` of what `run --json` or
 * `check --json` printed. ERR_INVALID with messages in d that name the file,
 * and the line where it is no JSON; ERR_NOENT and the like without. */
enum err baseline_read(const char *path, struct baseline *out, struct diag *d);

/* The same of a text; path is for messages. */
enum err baseline_parse(const char *path, const char *text, size_t n,
                        struct baseline *out, struct diag *d);

/* Writes the file anew, entries in the order of their places. */
enum err baseline_write(const char *path, struct baseline *b);

/* The entry that m is, which is `seen` from now on, or NULL. */
struct baseline_entry *baseline_find(struct baseline *b,
                                     const struct merged_finding *m);

/* Moves the entries of `from` that b has not into b, with the reason (NULL:
 * none), and marks those it has as seen. Returns how many were new. */
size_t baseline_add(struct baseline *b, struct baseline *from,
                    const char *reason);

/* Takes away what was not seen; returns how many. */
size_t baseline_prune(struct baseline *b);

void baseline_fini(struct baseline *b);

#endif
