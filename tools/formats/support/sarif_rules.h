/* The rules of a run in SARIF: each kind of finding that the run has.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_SARIF_RULES_H
#define LOCKSTEP_FORMATS_SUPPORT_SARIF_RULES_H

#include "formats/support/kind_help.h"

#include <jansson.h>

/* The index of the rule in the array rules, to which it is added if it is not
 * there. */
size_t sarif_rule(json_t *rules, const struct kind_help *help);

#endif
