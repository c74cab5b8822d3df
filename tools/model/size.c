/* Numbers of elements as people write them.
 * SPDX-License-Identifier: MIT */
#include "model/size.h"

static bool read_digits(const char **text, uint64_t *out)
{
    const char *p = *text;
    uint64_t x = 0;
    for (; *p >= '0' && *p <= '9' && x <= SIZE_LIMIT; p++)
        x = 10 * x + (uint64_t)(*p - '0');
    bool any = p > *text;
    *text = p;
    *out = x;
    return any;
}

bool size_read(const char *text, uint64_t *out)
{
    uint64_t x, exponent = 0;
    if (!read_digits(&text, &x))
        return false;
    if (*text == 'e') {
        text++;
        if (!read_digits(&text, &exponent))
            return false;
    }
    for (; exponent > 0 && x > 0 && x <= SIZE_LIMIT; exponent--)
        x *= 10;
    if (*text || x < 1 || x > SIZE_LIMIT)
        return false;
    *out = x;
    return true;
}
