/* Parts of a finding as JSON; docs/json.md describes the keys.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_FINDING_JSON_H
#define LOCKSTEP_FORMATS_SUPPORT_FINDING_JSON_H

#include "model/finding.h"

#include <jansson.h>

/* A new reference. */
json_t *access_json(const struct access *a);

#endif
