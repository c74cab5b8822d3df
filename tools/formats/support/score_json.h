/* The score as JSON; docs/json.md describes the keys.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_SCORE_JSON_H
#define LOCKSTEP_FORMATS_SUPPORT_SCORE_JSON_H

#include "model/report.h"

#include <jansson.h>

/* A new reference. */
json_t *score_json(const struct score *s);

#endif
