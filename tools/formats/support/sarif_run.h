/* What a run in SARIF says of itself: the tool, its state, what was checked
 * out. SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_SARIF_RUN_H
#define LOCKSTEP_FORMATS_SUPPORT_SARIF_RUN_H

#include "formats/support/places.h"

#include <jansson.h>

/* The run of d, a new reference, with references to rules and results. */
json_t *sarif_run(const struct report *r, const struct detector_report *d,
                  const struct places *places, json_t *rules, json_t *results);

#endif
