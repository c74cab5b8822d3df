/* Makes findings of sparse's lines.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/sparse_text.h"

#include "detectors/support/report.h"
#include "detectors/support/rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What follows "context imbalance in 'FUNCTION' - " (sparse.c of sparse). */
static const struct rule rules[] = {
    {"wrong count at exit", NULL, NULL, KIND_LOCK_LEAK, AID_NONE},
    {"different lock contexts for basic block", NULL, NULL, KIND_LOCK_LEAK,
     AID_NONE},
    {"unexpected unlock", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {0},
};

/* Errors after which sparse reads on as if nothing were: neither the lanes of a
 * vector nor what a processor has instructions for is locked. */
static const char *const passed_over[] = {
    "cannot dereference this type",
    "cast from unknown type",
    "undefined identifier '__builtin_",
};

static bool is_passed_over(const char *words)
{
    for (size_t i = 0; i < sizeof passed_over / sizeof *passed_over; i++)
        if (str_starts(words, passed_over[i]))
            return true;
    return false;
}

#define IMBALANCE "context imbalance in '"

/* One line, parted: FILE:LINE:COLUMN: SEVERITY: words. */
struct line {
    char *file;
    int line, col;
    const char *severity, *words; /* into the text of the line */
};

/* A number and the colon behind it; NULL if there is none. */
static const char *number(const char *s, int *value)
{
    long n = 0;
    const char *p = s;
    for (; isdigit((unsigned char)*p) && n < 100000000; p++)
        n = 10 * n + (*p - '0');
    *value = (int)n;
    return p > s && *p == ':' ? p + 1 : NULL;
}

/* The file's name may itself have colons: the place is what is followed by two
 * numbers. */
static bool part(const char *text, struct line *out)
{
    for (const char *colon = strchr(text, ':'); colon;
         colon = strchr(colon + 1, ':')) {
        const char *rest = number(colon + 1, &out->line);
        rest = rest ? number(rest, &out->col) : NULL;
        if (!rest || *rest != ' ')
            continue;
        out->severity = rest + 1;
        out->words = strstr(rest, ": ");
        if (!out->words)
            return false;
        out->words += 2;
        out->file = str_ndup(text, (size_t)(colon - text));
        return true;
    }
    return false;
}

/* "context imbalance in 'f' - unexpected unlock" */
static void add_finding(const char *detector, const struct line *l,
                        struct findings *findings)
{
    const char *function = l->words + strlen(IMBALANCE);
    const char *end = strstr(function, "' - ");
    if (!end || findings->n >= REPORT_MAX_FINDINGS)
        return;
    struct finding *f =
        rule_add(findings, detector, rules, end + strlen("' - "), l->words);
    struct access *a = rule_place(f, ROLE_LOCKS, l->file, l->line, l->col);
    a->stack.v[0].function = str_ndup(function, (size_t)(end - function));
}

static void read_line(const char *detector, const char *text,
                      struct findings *findings, char **why)
{
    struct line l = {0};
    if (!part(text, &l))
        return;
    if (str_starts(l.severity, "error:") && !*why && !is_passed_over(l.words))
        *why = str_fmt("the source cannot be read: %s:%d: %s",
                       str_basename(l.file), l.line, l.words);
    else if (str_starts(l.severity, "warning:") &&
             str_starts(l.words, IMBALANCE))
        add_finding(detector, &l, findings);
    free(l.file);
}

enum err sparse_text_parse(const char *detector, const char *text, size_t n,
                           struct findings *findings, char **problem)
{
    const char *line;
    size_t at = 0, len;
    char *why = NULL;
    while (report_line(text, n, &at, &line, &len)) {
        char *copy = report_text(line, len);
        read_line(detector, copy, findings, &why);
        free(copy);
    }
    if (!why && at < n)
        why = str_dup("its report is cut off");
    if (why)
        *problem = why;
    return why ? ERR_INVALID : ERR_OK;
}
