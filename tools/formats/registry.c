/* Finding a format by its id.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"

const struct format *format_by_id(const char *id)
{
    for (const struct format *const *f = formats; *f; f++)
        if (str_eq((*f)->id, id))
            return *f;
    return NULL;
}
