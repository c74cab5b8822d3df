/* What a machine is to be told: the findings, and the results that differ from
 * the record without having one.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_PROBLEMS_H
#define LOCKSTEP_FORMATS_SUPPORT_PROBLEMS_H

#include "formats/support/groups.h"
#include "formats/support/places.h"

/* Where nothing was found though it should have been. */
#define PROBLEM_UNLIKE_RECORD "unlike-record"
/* The same of a program of the user's own: it does not end as it must. */
#define PROBLEM_BAD_END "bad-end"

struct problem {
    const struct result *result;
    const struct finding *finding; /* or NULL */
    const char *rule;              /* id of the kind, or PROBLEM_... */
    bool fails;                    /* the gate */
    struct spot spot;
    size_t primary; /* the access that is at the spot, or SIZE_MAX */
    char *title;    /* one line; owned */
    char *text;     /* all that is to be said, lines; owned */
    struct strv detectors;
};

VEC_TYPE(problems, struct problem);

/* Those that fail the gate, with `all` of the options all. What several
 * detectors say of a program is one problem. */
void problems_find(const struct report *r, const struct format_options *o,
                   struct places *p, struct problems *out);
void problems_fini(struct problems *l);

/* An id that survives when lines move: of rule, file, object and text of the
 * line, in 32 hexadecimal digits. Two of the same problem have the same one,
 * but for nth, from 0. */
char *problem_fingerprint(const struct problem *p, unsigned nth);

#endif
