/* Labelled lines of a source.
 * SPDX-License-Identifier: MIT */
#include "model/site.h"

#include "model/outline.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MARK "@site"

static bool is_label_char(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_';
}

static enum err add_site(struct sites *out, const char *file, int line,
                         const char *p, const char *end, struct diag *d)
{
    while (p < end && (*p == ' ' || *p == '\t'))
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
    vec_push(out, ((struct site){label, line, NULL}));
    return ERR_OK;
}

/* Neither "me@site.org" nor "@sites" is a mark. */
static bool is_mark(const char *line, const char *at)
{
    return (at == line || !is_label_char(at[-1])) &&
           !is_label_char(at[strlen(MARK)]);
}

static enum err scan_line(const char *file, int number, const char *line,
                          const char *end, struct sites *out, struct diag *d)
{
    enum err e = ERR_OK;
    const char *at = line;
    while ((at = memmem(at, (size_t)(end - at), MARK, strlen(MARK)))) {
        const char *after = at + strlen(MARK);
        if (is_mark(line, at) &&
            add_site(out, file, number, after, end, d) != ERR_OK)
            e = ERR_INVALID;
        at = after;
    }
    return e;
}

enum err site_scan(const char *file, const char *text, struct sites *out,
                   struct diag *d)
{
    enum err e = ERR_OK;
    struct outline outline = {0};
    int number = 1;
    size_t first = out->n;
    for (const char *line = text; *line; number++) {
        const char *end = strchrnul(line, '\n');
        if (scan_line(file, number, line, end, out, d) != ERR_OK)
            e = ERR_INVALID;
        line = *end ? end + 1 : end;
    }
    if (out->n > first)
        outline_read(text, &outline);
    for (size_t i = first; i < out->n; i++)
        out->v[i].function = str_dup(outline_at(&outline, out->v[i].line));
    outline_fini(&outline);
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
