/* What a path of the server stands for.
 * SPDX-License-Identifier: MIT */
#include "bench/server/page.h"

#include "base/str.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const ids[] = {
#define TROUBLE_ID(name, id) id,
    TROUBLE_LIST(TROUBLE_ID)
#undef TROUBLE_ID
};

enum trouble trouble_by_id(const char *id, size_t length)
{
    for (int t = 0; t < TROUBLE_NONE; t++)
        if (strlen(ids[t]) == length && memcmp(ids[t], id, length) == 0)
            return (enum trouble)t;
    return TROUBLE_NONE;
}

/* The whole number at text, which must end at `end`; false if there is none or
 * it is too large. */
static bool number(const char *text, const char *end, uint64_t largest,
                   uint64_t *out)
{
    char *stop;
    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    unsigned long long n = strtoull(text, &stop, 10);
    if (errno || !str_eq(stop, end) || n > largest)
        return false;
    *out = n;
    return true;
}

static bool album(const char *path, uint64_t *size)
{
    const char *dash = strrchr(path, '-');
    return str_starts(path, "/album/") && dash &&
           number(dash + 1, ".jpg", PAGE_LARGEST, size);
}

struct page page_of(const char *path)
{
    struct page unknown = {TROUBLE_NONE, 404, 0, NULL};
    struct page p = {TROUBLE_NONE, 200, 0, NULL};
    uint64_t status;
    if (number(path + (*path == '/'), "", PAGE_LARGEST, &p.size) ||
        album(path, &p.size))
        return p;
    if (str_starts(path, "/truncated/") &&
        number(path + 11, "", PAGE_LARGEST, &p.size))
        p.trouble = TROUBLE_TRUNCATED;
    else if (str_starts(path, "/drip/") &&
             number(path + 6, "", PAGE_LARGEST, &p.size))
        p.trouble = TROUBLE_DRIP;
    else if (str_eq(path, "/reset"))
        p.trouble = TROUBLE_RESET;
    else if (str_eq(path, "/stall"))
        p.trouble = TROUBLE_STALL;
    else if (str_starts(path, "/status/") &&
             number(path + 8, "", 599, &status) && status >= 400)
        p = (struct page){TROUBLE_STATUS, (unsigned)status, 0, NULL};
    else if (str_starts(path, "/redirect/"))
        p = (struct page){TROUBLE_NONE, 302, 0, path + 10};
    else
        return unknown;
    return p;
}

char page_byte(uint64_t size, uint64_t at)
{
    return (char)('a' + (size + at) % 26);
}

void page_fill(uint64_t size, uint64_t at, char *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = page_byte(size, at + i);
}
