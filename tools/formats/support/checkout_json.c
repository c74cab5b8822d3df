/* What was checked out, as JSON.
 * SPDX-License-Identifier: MIT */
#include "formats/support/checkout_json.h"

#include "formats/support/json_text.h"

json_t *checkout_json(const struct checkout *c)
{
    if (!c->revision)
        return json_null();
    return json_pack("{s:o, s:o, s:o, s:b}", "revision", json_text(c->revision),
                     "branch", json_text(c->branch), "repository",
                     json_text(c->uri), "changed", c->changed);
}
