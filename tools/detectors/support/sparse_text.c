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
    {"wrong count at exit", KIND_LOCK_LEAK},
    {"different lock contexts for basic block", KIND_LOCK_LEAK},
    {"unexpected unlock", KIND_LOCK_MISUSE},
    {0},
};

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
                        struct findings *findings, size_t *dropped)
{
    const char *function = l->words + strlen(IMBALANCE);
    const char *end = strstr(function, "' - ");
    if (!end)
        return;
    const char *native = end + strlen("' - ");
    struct finding f = {.detector = str_dup(detector),
                        .kind = rules_kind(rules, native),
                        .native = str_dup(native),
                        .message = str_dup(l->words)};
    struct access *a = accesses_add(&f.accesses, ROLE_LOCKS);
    struct frame *frame = frames_add(&a->stack);
    frame->function = str_ndup(function, (size_t)(end - function));
    frame->file = str_dup(l->file);
    frame->line = l->line;
    frame->col = l->col;
    report_keep(findings, &f, dropped);
}

static void read_line(const char *detector, const char *text,
                      struct findings *findings, size_t *dropped, char **why)
{
    struct line l = {0};
    if (!part(text, &l))
        return;
    if (str_starts(l.severity, "error:") && !*why)
        *why = str_fmt("sparse cannot read the source: %s:%d: %s",
                       str_basename(l.file), l.line, l.words);
    else if (str_starts(l.severity, "warning:") &&
             str_starts(l.words, IMBALANCE))
        add_finding(detector, &l, findings, dropped);
    free(l.file);
}

enum err sparse_text_parse(const char *detector, const char *text, size_t n,
                           struct findings *findings, char **problem)
{
    const char *line;
    size_t at = 0, len, dropped = 0;
    char *why = NULL;
    while (report_line(text, n, &at, &line, &len)) {
        char *copy = report_text(line, len);
        read_line(detector, copy, findings, &dropped, &why);
        free(copy);
    }
    report_note_dropped(findings, dropped);
    if (!why && at < n)
        why = str_dup("sparse's report is cut off");
    if (why)
        *problem = why;
    return why ? ERR_INVALID : ERR_OK;
}
