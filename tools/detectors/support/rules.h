/* What the detectors that read sources share: their rules as kinds, and the
 * words that a compiler needs to read a case.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_RULES_H
#define LOCKSTEP_DETECTORS_SUPPORT_RULES_H

#include "detectors/detector.h"

/* One line of an analyser's table, which ends with an all-NULL one. */
struct rule {
    const char *id;   /* the analyser's name of it; NULL: any */
    const char *says; /* what a message of it has in it; NULL: any */
    const char *name; /* how it is called here; NULL: as its id */
    enum kind kind;
    enum aid thanks_to; /* AID_ANNOTATION: never said of a bare source */
};

/* The first line that fits, or NULL. */
const struct rule *rule_of(const struct rule *table, const char *id,
                           const char *message);

/* Adds a finding without a place: of KIND_OTHER, called by its id, if the table
 * does not know it. Message and names are made harmless. */
struct finding *rule_add(struct findings *l, const char *detector,
                         const struct rule *table, const char *id,
                         const char *message);

/* Adds a place to f. file may be NULL: the place is lost. */
struct access *rule_place(struct finding *f, enum role role, const char *file,
                          int line, int col);

/* Language, threads and headers of t: what gcc and clang need to read it. */
void rule_flags(const struct target *t, struct strv *command);

/* How any analyser is run: it speaks English, and has six times as long as a
 * plain run. */
void rule_launch(struct launch *l);

/* The first line of `text` that has `mark` in it, made harmless; caller frees.
 * NULL if there is none. */
char *rule_line(const char *text, const char *mark);

#endif
