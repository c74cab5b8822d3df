/* A report on a program of the user's own as JSON; docs/json.md describes it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_OWN_JSON_H
#define LOCKSTEP_CLI_OWN_JSON_H

#include "model/own_report.h"

#include <jansson.h>

/* A new reference. */
json_t *own_json(const struct own_report *r);

#endif
