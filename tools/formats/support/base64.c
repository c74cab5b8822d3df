/* Base64.
 * SPDX-License-Identifier: MIT */
#include "formats/support/base64.h"

#include <stdio.h>
#include <string.h>

void base64_add(struct buf *out, const void *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *in = bytes;
    for (size_t i = 0; i < n; i += 3) {
        size_t some = n - i < 3 ? n - i : 3;
        unsigned long x = (unsigned long)in[i] << 16;
        x |= some > 1 ? (unsigned long)in[i + 1] << 8 : 0;
        x |= some > 2 ? in[i + 2] : 0;
        char four[4] = {digits[x >> 18], digits[x >> 12 & 63], '=', '='};
        if (some > 1)
            four[2] = digits[x >> 6 & 63];
        if (some > 2)
            four[3] = digits[x & 63];
        buf_add(out, four, sizeof four);
    }
}

void base64_add_hex(struct buf *out, const char *digits)
{
    struct buf bytes = {0};
    unsigned byte;
    for (; sscanf(digits, "%2x", &byte) == 1; digits += 2) {
        unsigned char c = (unsigned char)byte;
        buf_add(&bytes, &c, 1);
    }
    base64_add(out, bytes.data, bytes.len);
    buf_fini(&bytes);
}
