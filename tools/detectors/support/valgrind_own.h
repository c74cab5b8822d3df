/* Valgrind on programs that someone else builds: who can be judged, and what
 * suppressions kept back.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_VALGRIND_OWN_H
#define LOCKSTEP_DETECTORS_SUPPORT_VALGRIND_OWN_H

#include "detectors/support/valgrind.h"

/* As detector's unfit. */
const char *valgrind_unfit(const struct valgrind *v, const struct program *p);

/* As detector's hint. */
const char *valgrind_hint(const struct program *p);

/* As detector's suppressed. Valgrind's own suppressions, which it always uses,
 * do not count. */
void valgrind_suppressed(const struct run_output *o,
                         struct suppressed_list *out);

/* Adds the <suppcounts> of one report. */
void valgrind_suppressed_xml(const char *text, size_t n,
                             struct suppressed_list *out);

#endif
