/* ThreadSanitizer on programs that someone else builds: who can be judged, what
 * the user has said in TSAN_OPTIONS, and his suppressions.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_TSAN_OWN_H
#define LOCKSTEP_DETECTORS_SUPPORT_TSAN_OWN_H

#include "detectors/support/tsan.h"

/* As detector's unfit. */
const char *tsan_unfit(const struct tsan *t, const struct program *p);

/* Adds what TSAN_OPTIONS of the caller's environment says but for suppressions,
 * and that the exit code is to be the program's own. */
void tsan_own_options(struct strv *options);

/* The one file of suppressions that the runtime takes: the project's; or, where
 * the user has some (files, or those that TSAN_OPTIONS names: for his own
 * programs only, files being not NULL), all of them joined in
 * report_dir/suppressions. NULL: there are none. Owned by the caller. */
char *tsan_suppressions(const char *id, const struct detector_env *env,
                        const struct strv *files, const char *report_dir);

/* As detector's suppressed. */
void tsan_suppressed(const struct run_output *o, struct suppressed_list *out);

/* Adds what one report says of matched suppressions. */
void tsan_suppressed_text(const char *text, size_t n,
                          struct suppressed_list *out);

#endif
