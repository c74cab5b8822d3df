/* Labelled lines of a source.
 * SPDX-License-Identifier: MIT */
#include "model/site.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MARK "@site"

static bool is_label_char(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_';
}

static bool is_word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The name before the first '(' of a line that starts a function, or NULL.
 * Declarations end in ';' and directives start with '#'. */
static char *function_of(const char *line, size_t n)
{
    if (n == 0 || !is_word_char(line[0]))
        return NULL;
    const char *open = memchr(line, '(', n);
    if (!open || line[n - 1] == ';')
        return NULL;
    const char *end = open;
    while (end > line && end[-1] == ' ')
        end--;
    const char *start = end;
    while (start > line && is_word_char(start[-1]))
        start--;
    return end > start ? str_ndup(start, (size_t)(end - start)) : NULL;
}

static enum err add_site(struct sites *out, const char *file, int line,
                         const char *function, const char *mark,
                         const char *end, struct diag *d)
{
    const char *p = mark + strlen(MARK);
    while (p < end && *p == ' ')
        p++;
    const char *stop = p;
    while (stop < end && is_label_char(*stop))
        stop++;
    if (stop == p) {
        diag_at(d, file, line,
                "'" MARK "' without a label; write " MARK " <label>");
        return ERR_INVALID;
    }
    char *label = str_ndup(p, (size_t)(stop - p));
    const struct site *first = site_find(out, label);
    if (first) {
        diag_at(d, file, line,
                "label '%s' stands twice, first in line %d; labels are "
                "unique in a file, rename one",
                label, first->line);
        free(label);
        return ERR_INVALID;
    }
    vec_push(out, ((struct site){label, line, str_dup(function)}));
    return ERR_OK;
}

enum err site_scan(const char *file, const char *text, struct sites *out,
                   struct diag *d)
{
    enum err e = ERR_OK;
    char *function = NULL;
    int number = 1;
    for (const char *line = text; *line; number++) {
        const char *end = strchrnul(line, '\n');
        size_t n = (size_t)(end - line);
        char *started = function_of(line, n);
        if (started || (n > 0 && line[0] == '}')) {
            free(function);
            function = started;
        }
        const char *mark = memmem(line, n, MARK, strlen(MARK));
        if (mark && !is_label_char(mark[strlen(MARK)])) {
            enum err one = add_site(out, file, number, function, mark, end, d);
            if (one != ERR_OK)
                e = one;
        }
        line = *end ? end + 1 : end;
    }
    free(function);
    return e;
}

const struct site *site_find(const struct sites *l, const char *label)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->v[i].label, label) == 0)
            return &l->v[i];
    return NULL;
}

void sites_fini(struct sites *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->v[i].label);
        free(l->v[i].function);
    }
    vec_fini(l);
}
