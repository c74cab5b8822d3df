/* Colours and paths of what people read.
 * SPDX-License-Identifier: MIT */
#include "formats/support/style.h"

#include "base/str.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

const char *style(bool color, enum tone t)
{
    static const char *const codes[] = {"\033[0m",  "\033[32m", "\033[31m",
                                        "\033[33m", "\033[2m",  "\033[1m"};
    return color ? codes[t] : "";
}

static bool is_control(const char *s, size_t n)
{
    unsigned char c = (unsigned char)*s;
    if (n == 1)
        return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
    return c == 0xc2 && (unsigned char)s[1] < 0xa0;
}

void style_text(const char *s, FILE *out)
{
    while (s && *s) {
        size_t n = str_utf8(s);
        bool plain = n > 0 && !is_control(s, n);
        if (plain)
            fwrite(s, 1, n, out);
        for (size_t i = 0; !plain && i < (n ? n : 1); i++)
            fprintf(out, "\\x%02x", (unsigned char)s[i]);
        s += n ? n : 1;
    }
}

size_t style_width(const char *s)
{
    size_t width = 0;
    while (*s) {
        size_t n = str_utf8(s), bytes = n ? n : 1;
        bool plain = n > 0 && !is_control(s, n);
        width += plain ? 1 : bytes * strlen("\\x1b");
        s += bytes;
    }
    return width;
}

const char *style_path(const char *path)
{
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        return path;
    size_t n = strlen(here);
    return strncmp(path, here, n) == 0 && path[n] == '/' ? path + n + 1 : path;
}
