/* Prose and diffs for a terminal.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_PROSE_H
#define LOCKSTEP_CLI_PROSE_H

#include "base/err.h"

#include <stdbool.h>
#include <stdio.h>

/* Prints text, paragraphs parted by empty lines, filled to width columns with
 * each line indented. */
void prose_print(FILE *out, const char *text, int indent, int width);

/* The same, behind head in its first line, at indent if head leaves room. */
void prose_hang(FILE *out, const char *head, const char *text, int indent,
                int width);

/* Prints `diff -u` of two files, named by their last part, in colour. */
enum err prose_diff(FILE *out, const char *from, const char *to, bool color);

#endif
