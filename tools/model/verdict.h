/* The words of a verdict: what is recorded, what was measured, how well.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_VERDICT_H
#define LOCKSTEP_MODEL_VERDICT_H

#include <stdbool.h>

/* How well a finding tells of the bug, worst first. */
#define GRADE_LIST(X)                                                          \
    X(NONE, "none")             /* nothing was found */                        \
    X(WRONG_KIND, "wrong-kind") /* another kind of mistake */                  \
    X(ELSEWHERE, "elsewhere")   /* the kind, at no labelled place */           \
    X(FUNCTION, "function")     /* in the function of a site, not its line */  \
    X(PARTIAL, "partial")       /* one of two accesses at its site */          \
    X(EXACT, "exact")           /* every access at its site */

/* What a manifest records. */
#define VERDICT_LIST(X)                                                        \
    X(FLAGGED, "flagged")         /* in every run */                           \
    X(SOMETIMES, "sometimes")     /* in some runs, at a rate */                \
    X(MISSED, "missed")           /* in no run */                              \
    X(CLEAN, "clean")             /* a fix without a finding */                \
    X(FALSE_ALARM, "false-alarm") /* a fix with findings, in every run */      \
    X(CRASHES, "crashes")         /* it dies under the detector, in every run */

/* What was measured. */
#define OUTCOME_LIST(X)                                                        \
    X(FLAGGED, "flagged")           /* the bug, at its place, in every run */  \
    X(SOMETIMES, "sometimes")       /* in some of the runs */                  \
    X(MISSED, "missed")             /* it ran; nothing at the bug's place */   \
    X(CLEAN, "clean")               /* a fix that ran without a finding */     \
    X(FALSE_ALARM, "false-alarm")   /* a fix with a finding */                 \
    X(HANG, "hang")                 /* blocked for ever, not flagged */        \
    X(TIMEOUT, "timeout")           /* busy until the time-out, not flagged */ \
    X(CRASHES, "crashes")           /* died under it: no verdict */            \
    X(NO_TOKEN, "no-token")         /* did not end as its manifest says */     \
    X(BUILD_FAILED, "build-failed") /* the source does not compile */          \
    X(ERROR, "error")               /* the detector broke: no verdict */       \
    X(UNSUPPORTED, "unsupported")   /* the detector cannot judge the model */  \
    X(SKIPPED, "skipped")           /* the detector is not installed */        \
    X(CANCELLED, "cancelled")       /* interrupted before it ran */

/* What, beside the code itself, it takes to see the bug. */
#define AID_LIST(X)                                                            \
    X(NONE, "none")                                                            \
    X(ANNOTATION, "annotation") /* the source tells what guards what */

/* What a search of schedules claims of a program in which it found nothing:
 * never more than was shown, worst first. */
#define CLAIM_LIST(X)                                                          \
    X(NONE, "none") /* there is a finding, or nothing was searched */          \
    X(NOT_FOUND, "not-found") /* it was cut short */                           \
    X(BOUNDED, "bounded")     /* all was tried but for a bound or a doubt */   \
    X(VERIFIED, "verified")   /* no schedule fails, under its terms */

#define VERDICT_ENUM(name, id) VERDICT_##name,
#define GRADE_ENUM(name, id) GRADE_##name,
#define OUTCOME_ENUM(name, id) OUTCOME_##name,
#define AID_ENUM(name, id) AID_##name,
#define CLAIM_ENUM(name, id) CLAIM_##name,
enum verdict { VERDICT_LIST(VERDICT_ENUM) };
enum grade { GRADE_LIST(GRADE_ENUM) };
enum outcome { OUTCOME_LIST(OUTCOME_ENUM) };
enum aid { AID_LIST(AID_ENUM) };
enum claimed { CLAIM_LIST(CLAIM_ENUM) };
#undef VERDICT_ENUM
#undef GRADE_ENUM
#undef OUTCOME_ENUM
#undef AID_ENUM
#undef CLAIM_ENUM

const char *verdict_id(enum verdict v);
const char *grade_id(enum grade g);
const char *outcome_id(enum outcome o);
const char *aid_id(enum aid a);
const char *claimed_id(enum claimed c);

/* A detector that says so has reported something. */
bool verdict_reports(enum verdict v);

/* The detector gave a verdict on the program: it ran as it should. */
bool outcome_judged(enum outcome o);

#endif
