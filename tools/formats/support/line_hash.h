/* The hashes by which GitHub code scanning knows a line again after others have
 * moved it: the `primaryLocationLineHash` of github/codeql-action
 * (src/fingerprints.ts), which describes it as follows. Of each line, the first
 * 100 characters from its start on - blanks and tabs left out, line ends made
 * '\n', U+FFFF for the end of the file, then zeros - are the digits, in base 37
 * and modulo 2^64, of a number; it is followed by how many lines up to this one
 * have the same number.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_LINE_HASH_H
#define LOCKSTEP_FORMATS_SUPPORT_LINE_HASH_H

#include "base/str.h"

/* Adds "1f0a...:1" for each line of a UTF-8 text of n bytes that ends with a
 * NUL at text[n]. Lines end with '\n', '\r' or both; what follows the last end
 * is one too. */
void line_hashes(const char *text, size_t n, struct strv *out);

#endif
