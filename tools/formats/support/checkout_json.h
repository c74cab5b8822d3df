/* What was checked out, as JSON.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_CHECKOUT_JSON_H
#define LOCKSTEP_FORMATS_SUPPORT_CHECKOUT_JSON_H

#include "model/report.h"

#include <jansson.h>

/* A new reference; null where there was no commit. */
json_t *checkout_json(const struct checkout *c);

#endif
