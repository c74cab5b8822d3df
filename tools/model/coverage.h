/* Which of the wanted ids the cases of a corpus have.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_COVERAGE_H
#define LOCKSTEP_MODEL_COVERAGE_H

#include "model/corpus.h"
#include "model/wanted.h"

VEC_TYPE(case_refs, const struct scenario_case *);

/* One id, and the cases that have it, each once, in the corpus's order. */
struct coverage_id {
    char *id;              /* "CWE-362"; else as manifests write it; owned */
    const char *title;     /* NULL: the id says it all */
    const char *source;    /* who named it, or NULL */
    const char *uncovered; /* why no case has it, or NULL */
    int line;              /* in the wanted list */
    struct case_refs cases;
};

VEC_TYPE(coverage_ids, struct coverage_id);

struct coverage_section {
    char *id;                    /* "cert", "cwe", "patterns", or a
                                  * detector's, of its reports; owned */
    char *title;                 /* for people; owned */
    struct coverage_ids wanted;  /* as listed */
    struct coverage_ids besides; /* that cases have and nobody listed */
};

struct coverage {
    VEC(struct coverage_section) sections;
};

/* Fills out, which borrows from corpus and list. A report counts for the
 * detectors and the buggy variant that a manifest records it of. */
void coverage_take(const struct corpus *corpus, const struct wanted *list,
                   struct coverage *out);
void coverage_fini(struct coverage *c);

/* A wanted id has a case, or a reason why there is none, and not both. */
bool coverage_is_met(const struct coverage_id *id);

/* How many of the section's wanted ids have a case. */
size_t coverage_covered(const struct coverage_section *s);

#endif
