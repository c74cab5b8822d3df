/* Colours and paths of what people read.
 * SPDX-License-Identifier: MIT */
#include "formats/support/style.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

const char *style(bool color, enum tone t)
{
    static const char *const codes[] = {"\033[0m",  "\033[32m", "\033[31m",
                                        "\033[33m", "\033[2m",  "\033[1m"};
    return color ? codes[t] : "";
}

const char *style_path(const char *path)
{
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        return path;
    size_t n = strlen(here);
    return strncmp(path, here, n) == 0 && path[n] == '/' ? path + n + 1 : path;
}
