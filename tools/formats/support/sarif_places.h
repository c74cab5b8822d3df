/* Locations and code flows of SARIF.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_SARIF_PLACES_H
#define LOCKSTEP_FORMATS_SUPPORT_SARIF_PLACES_H

#include "formats/support/places.h"

#include <jansson.h>

/* All give new references. */

/* A location object; message may be NULL. */
json_t *sarif_location(const struct spot *s, const char *function,
                       const char *message);

/* The accesses of f that are inside the repository but the one with the index
 * primary, with their index + 1 as id. */
json_t *sarif_related(struct places *p, const struct result *r,
                      const struct finding *f, size_t primary);

/* One code flow: a thread flow for each thread of f, its accesses in order, the
 * earlier of a race before the later. NULL if fewer than two are inside. */
json_t *sarif_code_flows(struct places *p, const struct result *r,
                         const struct finding *f);

#endif
