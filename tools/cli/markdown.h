/* Markdown that reads well as text.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_MARKDOWN_H
#define LOCKSTEP_CLI_MARKDOWN_H

#include "base/str.h"

#include <stdio.h>

/* The cells of a table, row by row, the headings first. cells are Markdown. */
struct markdown_table {
    size_t columns; /* at least one */
    struct strv cells;
};

/* Prints the table, padded; a column without any text is left out. */
void markdown_print_table(const struct markdown_table *t, FILE *out);

/* Plain text as Markdown for a cell: what would mean something is escaped, but
 * for `code`. Owned by the caller. */
char *markdown_escape(const char *text);

#endif
