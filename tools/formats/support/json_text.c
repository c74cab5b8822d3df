/* Text of unknown origin as JSON.
 * SPDX-License-Identifier: MIT */
#include "formats/support/json_text.h"

#include "base/str.h"

json_t *json_text(const char *s)
{
    if (!s)
        return json_null();
    json_t *t = json_string(s);
    if (t)
        return t;
    struct buf mended = {0};
    while (*s) {
        size_t n = str_utf8(s);
        if (n > 0)
            buf_add(&mended, s, n);
        else
            buf_addf(&mended, "\\x%02x", (unsigned char)*s);
        s += n ? n : 1;
    }
    t = json_string(buf_str(&mended));
    buf_fini(&mended);
    return t;
}
