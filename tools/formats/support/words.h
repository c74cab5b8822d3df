/* The words by which reports speak of outcomes, findings and accesses: plain
 * text that is still to be escaped.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_WORDS_H
#define LOCKSTEP_FORMATS_SUPPORT_WORDS_H

#include "model/report.h"

/* What is said of an outcome: with room, and without. */
struct outcome_word {
    const char *word;
    char letter;
};

struct outcome_word words_outcome(const struct result *r);

/* What searches of schedules claim of the fixes, as a sentence, or NULL where
 * there was none. */
char *words_claims(const struct report *report);

/* That word, or "k/n" of a bug that was flagged in k of n runs; owned by the
 * caller, as all below. */
char *words_result(const struct result *r);

/* "data race on `x`", or what the detector says of another kind; object may be
 * NULL. */
char *words_finding(const struct finding *f, const char *object);

/* "previous write in work(), T1" */
char *words_access(const struct access *a);

/* "class/name:variant under detector" */
char *words_cell(const struct result *r);

/* What the gate says of a result that differs, a line each. */
void words_gate(const struct report *report, const struct result *r,
                struct strv *out);

/* The same as one text. If it says nothing of a result that differs and has no
 * findings either: the note, or the outcome; else "". */
char *words_gate_text(const struct report *report, const struct result *r);

/* The same for a place that must have some text: that of the first finding. */
char *words_failure(const struct report *report, const struct result *r);

#endif
