/* The first paragraph of a class's README.md.
 * SPDX-License-Identifier: MIT */
#include "model/class_note.h"

#include "base/str.h"

#include <string.h>

static bool is_blank(const char *line, size_t n)
{
    return strspn(line, " \t\r") >= n;
}

static void add_line(struct buf *b, const char *line, size_t n)
{
    size_t from = strspn(line, " \t");
    while (n > from && strchr(" \t\r", line[n - 1]))
        n--;
    if (b->len)
        buf_adds(b, " ");
    buf_add(b, line + from, n - from);
}

char *class_note(const char *text)
{
    struct buf b = {0};
    while (*text) {
        size_t n = strcspn(text, "\n");
        bool ends = is_blank(text, n) || *text == '#';
        if (ends && b.len)
            break;
        if (!ends)
            add_line(&b, text, n);
        text += n + (text[n] == '\n');
    }
    return b.len ? buf_take(&b) : NULL;
}
