/* Which lines of a C source belong to which function.
 * SPDX-License-Identifier: MIT */
#include "model/outline.h"

#include "base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The reader's place, and what it knows of the declaration it is in. */
struct reader {
    const char *text, *p;
    int line;
    int braces, parens;
    const char *word; /* the identifier just read, or NULL */
    size_t word_len;
    bool typed;       /* what stood before it may be its type */
    int head;         /* line of the declaration's first token; 0: none yet */
    const char *name; /* the identifier before a '(' that is taken for it */
    size_t name_len;
    bool value; /* an '=' was seen: an object with an initializer */
    struct outline *out;
};

static void start_declaration(struct reader *r)
{
    r->head = 0;
    r->name = NULL;
    r->value = false;
    r->parens = 0;
}

static bool is_word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static void step(struct reader *r)
{
    r->line += *r->p == '\n';
    r->p++;
}

static void skip_to(struct reader *r, const char *end)
{
    while (*r->p && !str_starts(r->p, end))
        step(r);
    for (size_t n = strlen(end); n > 0 && *r->p; n--)
        step(r);
}

static void skip_literal(struct reader *r)
{
    char quote = *r->p;
    step(r);
    while (*r->p && *r->p != quote && *r->p != '\n') {
        if (*r->p == '\\' && r->p[1])
            step(r);
        step(r);
    }
    if (*r->p == quote)
        step(r);
}

/* To the end of the line; a backslash there continues it. */
static void skip_directive(struct reader *r)
{
    while (*r->p && *r->p != '\n' && !str_starts(r->p, "//")) {
        int n = str_starts(r->p, "\\\r\n") ? 3
                : str_starts(r->p, "\\\n") ? 2
                                           : 1;
        if (str_starts(r->p, "/*"))
            skip_to(r, "*/");
        else if (*r->p == '"' || *r->p == '\'')
            skip_literal(r);
        else
            while (n-- > 0)
                step(r);
    }
}

static bool at_line_start(const struct reader *r)
{
    const char *p = r->p;
    while (p > r->text && (p[-1] == ' ' || p[-1] == '\t'))
        p--;
    return p == r->text || p[-1] == '\n';
}

/* Comments, literals and directives hide what is in them. */
static bool skip_hidden(struct reader *r)
{
    if (str_starts(r->p, "//"))
        skip_to(r, "\n");
    else if (str_starts(r->p, "/*"))
        skip_to(r, "*/");
    else if (*r->p == '"' || *r->p == '\'')
        skip_literal(r);
    else if (*r->p == '#' && at_line_start(r))
        skip_directive(r);
    else
        return false;
    return true;
}

static bool word_is(const struct reader *r, const char *s)
{
    return r->word_len == strlen(s) && strncmp(r->word, s, r->word_len) == 0;
}

/* "REQUIRES(m)" after the parameters is no name, but in "DEFINE(x) int f(void)"
 * the second one is. */
static void open_paren(struct reader *r)
{
    bool named = r->word && !word_is(r, "__attribute__") &&
                 !word_is(r, "_Alignas") && !word_is(r, "__declspec");
    if (r->parens++ == 0 && named && (!r->name || r->typed)) {
        r->name = r->word;
        r->name_len = r->word_len;
    }
}

static void open_brace(struct reader *r)
{
    if (r->braces++ > 0)
        return;
    struct outline_function f = {.first = r->head, .last = 0};
    if (r->name && !r->value && r->parens == 0)
        f.name = str_ndup(r->name, r->name_len);
    if (f.name)
        vec_push(r->out, f);
}

static void end_function(struct reader *r)
{
    struct outline *l = r->out;
    if (l->n > 0 && l->v[l->n - 1].last == 0)
        l->v[l->n - 1].last = r->line;
}

static void close_brace(struct reader *r)
{
    bool column_one = r->p == r->text || r->p[-1] == '\n';
    r->braces = column_one || r->braces == 0 ? 0 : r->braces - 1;
    if (r->braces > 0)
        return;
    /* After "struct s { ... }" and after an initializer there is more. */
    bool function = r->name && !r->value;
    end_function(r);
    if (function)
        start_declaration(r);
}

static void read_mark(struct reader *r)
{
    char c = *r->p;
    if (c == '{')
        open_brace(r);
    else if (c == '}')
        close_brace(r);
    else if (r->braces > 0)
        return;
    else if (c == '(')
        open_paren(r);
    else if (c == ')')
        r->parens -= r->parens > 0;
    else if (c == '=' && r->parens == 0)
        r->value = true;
    else if (c == ';' && r->parens == 0)
        start_declaration(r);
}

static void read_word(struct reader *r)
{
    const char *start = r->p;
    bool after_star = r->p > r->text && r->p[-1] == '*';
    while (is_word_char(*r->p))
        step(r);
    r->typed = r->word || after_star;
    r->word = start;
    r->word_len = (size_t)(r->p - start);
}

void outline_read(const char *text, struct outline *out)
{
    struct reader r = {.text = text, .p = text, .line = 1, .out = out};
    while (*r.p) {
        if (skip_hidden(&r))
            continue;
        if (isspace((unsigned char)*r.p)) {
            step(&r);
            continue;
        }
        if (!r.head)
            r.head = r.line;
        if (is_word_char(*r.p)) {
            read_word(&r);
            continue;
        }
        read_mark(&r);
        r.word = NULL;
        step(&r);
    }
}

const char *outline_at(const struct outline *l, int line)
{
    for (size_t i = l->n; i > 0; i--) {
        const struct outline_function *f = &l->v[i - 1];
        if (f->first <= line && (f->last == 0 || line <= f->last))
            return f->name;
    }
    return NULL;
}

void outline_fini(struct outline *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->v[i].name);
    vec_fini(l);
}
