/* Parts of a finding as JSON.
 * SPDX-License-Identifier: MIT */
#include "formats/support/finding_json.h"

#include "formats/support/json_text.h"

static json_t *number_or_null(int n)
{
    return n > 0 ? json_integer(n) : json_null();
}

json_t *access_json(const struct access *a)
{
    const struct frame *f = access_place(a);
    return json_pack(
        "{s:s, s:b, s:o, s:o, s:o, s:o, s:o}", "role", role_id(a->role),
        "previous", a->previous, "file", json_text(f ? f->file : NULL), "line",
        number_or_null(f ? f->line : 0), "col", number_or_null(f ? f->col : 0),
        "function", json_text(f ? f->function : NULL), "thread",
        json_text(a->thread));
}
