/* Text of unknown origin as JSON.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_JSON_TEXT_H
#define LOCKSTEP_FORMATS_SUPPORT_JSON_TEXT_H

#include <jansson.h>

/* s as a string, each byte that is no UTF-8 as "\xff", so that nothing is
 * dropped; null for NULL. A new reference. */
json_t *json_text(const char *s);

#endif
