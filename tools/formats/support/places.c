/* Places of findings, as machines want them.
 * SPDX-License-Identifier: MIT */
#include "formats/support/places.h"

#include <ctype.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void places_init(struct places *p, const struct report *r,
                 const struct format_options *o)
{
    *p = (struct places){.sources.options = o};
    repository_find(r, o, &p->repository);
}

void places_fini(struct places *p)
{
    repository_fini(&p->repository);
    sources_fini(&p->sources);
}

void spot_fini(struct spot *s)
{
    free(s->path);
    *s = (struct spot){0};
}

bool place_is_in(const struct result *r, const struct frame *f)
{
    if (!f || !f->file)
        return false;
    if (str_eq(f->file, r->variant->source))
        return true;
    char *tail = str_fmt("/%s/%s.c", r->c->id, r->variant->name);
    bool in = str_ends(f->file, tail);
    free(tail);
    return in;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Where a comment begins that ends the line, or n. */
static size_t before_comment(const char *text, size_t n)
{
    if (n < 4 || memcmp(text + n - 2, "*/", 2) != 0)
        return n;
    for (size_t i = n - 3; i-- > 0;)
        if (memcmp(text + i, "/*", 2) == 0)
            return i;
    return n;
}

/* [*from, *to) becomes what is at column col (from 1, in bytes), or the text
 * without the blanks around it, and a comment behind it. */
static void find_region(const char *text, size_t n, int col, size_t *from,
                        size_t *to)
{
    if (col > 0 && (size_t)col <= n) {
        *from = *to = (size_t)col - 1;
        while (*to < n && is_word(text[*to]))
            (*to)++;
        *to += *to == *from;
        return;
    }
    *from = 0;
    *to = n;
    while (*from < n && isspace((unsigned char)text[*from]))
        (*from)++;
    while (*to > *from && isspace((unsigned char)text[*to - 1]))
        (*to)--;
    if (before_comment(text, *to) > *from)
        *to = before_comment(text, *to);
    while (*to > *from && isspace((unsigned char)text[*to - 1]))
        (*to)--;
    if (*from == *to)
        *from = *to = 0;
}

static void set_columns(struct spot *s, int col)
{
    size_t n = 0, from, to;
    const char *text = s->source ? source_line(s->source, s->line, &n) : NULL;
    if (!text) {
        s->column = col > 0 && col < INT_MAX ? col : 1;
        s->end = s->column + 1;
        return;
    }
    find_region(text, n, col, &from, &to);
    s->column = (int)str_columns(text, from) + 1;
    s->end = s->column + (int)str_columns(text + from, to - from);
    s->end += s->end == s->column;
}

/* A program that is not ours may stand where its source should. */
static struct source *text_of(struct places *p, const char *file)
{
    struct source *s = sources_get(&p->sources, file);
    return s && source_is_text(s) ? s : NULL;
}

static bool set(struct places *p, const char *file, int line, int col,
                struct spot *out)
{
    char *path = repository_path(&p->repository, file);
    if (!path)
        return false;
    char *whole = str_fmt("%s/%s", p->repository.root, path);
    *out = (struct spot){.path = path, .line = line};
    out->source = text_of(p, *file == '/' ? file : whole);
    set_columns(out, col);
    free(whole);
    return true;
}

bool places_spot(struct places *p, const struct result *r,
                 const struct frame *f, struct spot *out)
{
    if (!f || !f->file || f->line <= 0)
        return false;
    const char *file = place_is_in(r, f) ? r->variant->source : f->file;
    return set(p, file, f->line, f->col, out);
}

/* A program outside of the repository is told by its own path, as if that were
 * inside: there is no better one. */
static void set_program(struct places *p, const struct result *r,
                        struct spot *out)
{
    const struct variant *v = r->variant;
    int line = v->sites.n ? v->sites.v[0].line : 1;
    if (set(p, v->source, line, 0, out))
        return;
    *out = (struct spot){.line = line};
    out->path = str_fmt("%s/%s.c", r->c->id, v->name);
    out->source = text_of(p, v->source);
    set_columns(out, 0);
}

size_t places_primary(struct places *p, const struct result *r,
                      const struct finding *f, struct spot *out)
{
    for (size_t i = 0; f && i < f->accesses.n; i++) {
        const struct access *a = &f->accesses.v[i];
        if (a->role != ROLE_CREATED && places_spot(p, r, access_place(a), out))
            return i;
    }
    set_program(p, r, out);
    return SIZE_MAX;
}
