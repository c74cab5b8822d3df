/* Source: GCC manual, Function Attributes and Function Specific Option Pragmas.
 * SPDX-License-Identifier: MIT */
#include "explore/preprocessed.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

static const char *after_blanks(const char *p)
{
    return p + strspn(p, " \t\n\v\f");
}

static size_t word(const char *p)
{
    size_t n = 0;
    while (isalnum((unsigned char)p[n]) || p[n] == '_' || p[n] == '$')
        n++;
    return n;
}

/* Behind the string or the character that begins here. */
static const char *behind_quote(const char *p)
{
    char quote = *p++;
    while (*p && *p != quote && *p != '\n')
        p += p[0] == '\\' && p[1] ? 2 : 1;
    return p + (*p == quote);
}

static bool is_optimize(const char *p, size_t n)
{
    return (n == 8 && strncmp(p, "optimize", n) == 0) ||
           (n == 12 && strncmp(p, "__optimize__", n) == 0);
}

/* The words `GCC optimize` after `#pragma`; `_Pragma` has become one. */
static bool is_pragma(const char *p)
{
    static const char *const words[] = {"pragma", "GCC", "optimize"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        p += strspn(p, " \t");
        size_t n = word(p);
        if (n != strlen(words[i]) || strncmp(p, words[i], n) != 0)
            return false;
        p += n;
    }
    return true;
}

bool preprocessed_optimises(const char *text)
{
    int depth = 0, attribute = 0; /* of brackets; in which one stands */
    bool expected = false;        /* the brackets of __attribute__ */
    for (const char *p = after_blanks(text); *p; p = after_blanks(p)) {
        size_t n = word(p);
        bool opens = *p == '(' || *p == '[';
        if (*p == '#' && is_pragma(p + 1))
            return true;
        if (attribute && is_optimize(p, n))
            return true;
        if (*p == '"' || *p == '\'') {
            p = behind_quote(p);
            continue;
        }
        if (opens && !attribute && (expected || str_starts(p, "[[")))
            attribute = depth + 1;
        depth += opens - (*p == ')' || *p == ']');
        if (depth < attribute)
            attribute = 0;
        expected = (n == 13 && strncmp(p, "__attribute__", n) == 0) ||
                   (n == 11 && strncmp(p, "__attribute", n) == 0);
        p += n ? n : 1;
    }
    return false;
}
