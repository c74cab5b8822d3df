/* Markdown that reads well as text.
 * SPDX-License-Identifier: MIT */
#include "cli/markdown.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static size_t columns_of(const char *s)
{
    return str_columns(s, strlen(s));
}

/* 0 if there is no text below the heading. */
static size_t width_of(const struct markdown_table *t, size_t column)
{
    size_t head = columns_of(t->cells.v[column]), width = 0;
    for (size_t i = t->columns + column; i < t->cells.n; i += t->columns) {
        size_t n = columns_of(t->cells.v[i]);
        width = n > width ? n : width;
    }
    return width > 0 && head > width ? head : width;
}

static void print_cell(const char *text, char fill, size_t width, FILE *out)
{
    if (width == 0)
        return;
    fprintf(out, "| %s", text);
    for (size_t n = columns_of(text); n < width; n++)
        fputc(fill, out);
    fputc(' ', out);
}

void markdown_print_table(const struct markdown_table *t, FILE *out)
{
    size_t *widths = mem_new(t->columns, sizeof *widths);
    for (size_t c = 0; c < t->columns; c++)
        widths[c] = width_of(t, c);
    for (size_t row = 0; row < t->cells.n; row += t->columns) {
        for (size_t c = 0; c < t->columns; c++)
            print_cell(t->cells.v[row + c], ' ', widths[c], out);
        fputs("|\n", out);
        for (size_t c = 0; row == 0 && c < t->columns; c++)
            print_cell("", '-', widths[c], out);
        if (row == 0)
            fputs("|\n", out);
    }
    free(widths);
}

char *markdown_escape(const char *text)
{
    struct buf b = {0};
    bool code = false;
    for (const char *p = text; *p; p++) {
        if (*p == '`')
            code = !code;
        if (*p == '|' || (!code && strchr("\\*<[]", *p)))
            buf_adds(&b, "\\");
        buf_add(&b, *p == '\n' ? " " : p, 1);
    }
    return buf_take(&b);
}
