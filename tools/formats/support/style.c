/* Colours and paths of what people read.
 * SPDX-License-Identifier: MIT */
#include "formats/support/style.h"

#include "formats/support/escape.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

const char *style(bool color, enum tone t)
{
    static const char *const codes[] = {"\033[0m",  "\033[32m", "\033[31m",
                                        "\033[33m", "\033[2m",  "\033[1m"};
    return color ? codes[t] : "";
}

void style_text(const char *s, FILE *out)
{
    struct buf b = {0};
    escape_mend(&b, s, s ? strlen(s) : 0);
    fwrite(buf_str(&b), 1, b.len, out);
    buf_fini(&b);
}

size_t style_width(const char *s)
{
    struct buf b = {0};
    size_t width = 0;
    escape_mend(&b, s, strlen(s));
    for (size_t i = 0; i < b.len; i++)
        width += ((unsigned char)b.data[i] & 0xc0) != 0x80;
    buf_fini(&b);
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
