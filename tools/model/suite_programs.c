/* The programs of a suite, and what is true of them.
 * SPDX-License-Identifier: MIT */
#include "model/suite.h"

#include "base/str.h"
#include "os/fs.h"

#include <glob.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#define MOST_GROUPS 32
#define ROOT "{root}"

static bool matches(const char *expression, const char *text)
{
    regex_t r;
    if (!expression || regcomp(&r, expression, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    bool found = regexec(&r, text, 0, NULL, 0) == 0;
    regfree(&r);
    return found;
}

/* ---- lines ---- */

static void add_line(struct suite_lines *l, int line)
{
    size_t at = 0;
    while (at < l->n && l->v[at] < line)
        at++;
    if (line <= 0 || (at < l->n && l->v[at] == line))
        return;
    vec_push(l, line);
    memmove(l->v + at + 1, l->v + at, (l->n - 1 - at) * sizeof *l->v);
    l->v[at] = line;
}

struct reader {
    const struct suite_label *label;
    regex_t pair, line;
    struct suite_lines *out;
};

static void read_pairs(struct reader *r, const char *text)
{
    regmatch_t found[MOST_GROUPS + 1];
    int flags = 0;
    while (regexec(&r->pair, text, MOST_GROUPS + 1, found, flags) == 0) {
        for (unsigned i = 0; i < r->label->groups_count && i < MOST_GROUPS; i++)
            if (r->label->groups[i] == SUITE_GROUP_LINE &&
                found[i + 1].rm_so >= 0)
                add_line(r->out, atoi(text + found[i + 1].rm_so));
        if (found[0].rm_eo == 0)
            return;
        text += found[0].rm_eo;
        flags = REG_NOTBOL;
    }
}

void suite_lines_of(const struct suite_label *l, const char *text,
                    struct suite_lines *out)
{
    struct reader r = {.label = l, .out = out};
    if (l->pair && regcomp(&r.pair, l->pair, REG_EXTENDED) != 0)
        return;
    if (l->line && regcomp(&r.line, l->line, REG_EXTENDED | REG_NOSUB) != 0)
        goto out;
    for (int number = 1; *text; number++) {
        size_t n = strcspn(text, "\n");
        char *line = str_ndup(text, n && text[n - 1] == '\r' ? n - 1 : n);
        if (l->pair)
            read_pairs(&r, line);
        if (l->line && regexec(&r.line, line, 0, NULL, 0) == 0)
            add_line(out, number);
        free(line);
        text += n + (text[n] == '\n');
    }
    if (l->line)
        regfree(&r.line);
out:
    if (l->pair)
        regfree(&r.pair);
}

/* ---- programs ---- */

static bool is_left_out(const struct suite *s, const char *name)
{
    for (unsigned i = 0; i < s->except_count; i++)
        if (matches(s->except[i], name))
            return true;
    return false;
}

/* Adds the flags, "{root}" in them being the suite's folder. */
static void add_flags(char *const *flags, unsigned n, const char *root,
                      struct strv *out)
{
    for (unsigned i = 0; i < n; i++) {
        struct buf b = {0};
        const char *s = flags[i], *at;
        for (; (at = strstr(s, ROOT)); s = at + strlen(ROOT)) {
            buf_add(&b, s, (size_t)(at - s));
            buf_adds(&b, root);
        }
        buf_adds(&b, s);
        strv_take(out, buf_take(&b));
    }
}

static void set_arguments(const struct suite *s, const char *root,
                          struct suite_program *p)
{
    add_flags(s->flags, s->flags_count, root, &p->flags);
    p->args = s->args;
    p->args_count = s->args_count;
    p->timeout = s->timeout;
    for (unsigned i = 0; i < s->when_count; i++) {
        const struct suite_when *w = &s->when[i];
        if (!matches(w->path, p->name))
            continue;
        if (w->args) {
            p->args = w->args;
            p->args_count = w->args_count;
        }
        add_flags(w->flags, w->flags_count, root, &p->flags);
        if (w->timeout > 0)
            p->timeout = w->timeout;
    }
}

static void set_truth(const struct suite_label *l, struct suite_program *p,
                      struct diag *d)
{
    struct buf text = {0};
    bool racy = matches(l->racy, p->name), clean = matches(l->clean, p->name);
    if (fs_read(p->path, &text) == ERR_OK)
        suite_lines_of(l, buf_str(&text), &p->lines);
    if (racy && clean)
        diag_at(d, p->path, 0,
                "it is racy and clean by its path; make the "
                "expressions of 'label' exclude each other");
    else if (racy || clean)
        p->truth = racy ? SUITE_RACY : SUITE_CLEAN;
    else if (l->line)
        p->truth = p->lines.n ? SUITE_RACY : SUITE_CLEAN;
    else
        p->truth = SUITE_UNTOLD;
    buf_fini(&text);
}

static bool is_there(const struct suite_programs *l, const char *name)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i].name, name))
            return true;
    return false;
}

static void add(const struct suite *s, const char *root, const char *path,
                struct suite_programs *out, struct diag *d)
{
    const char *name = path + strlen(root) + 1;
    if (!fs_is_file(path) || is_left_out(s, name) || is_there(out, name))
        return;
    struct suite_program p = {.path = str_dup(path), .name = str_dup(name)};
    set_arguments(s, root, &p);
    set_truth(s->label, &p, d);
    vec_push(out, p);
}

/* The folder's own name is no pattern. */
static char *pattern_of(const char *root, const char *pattern)
{
    struct buf b = {0};
    for (const char *p = root; *p; p++)
        buf_addf(&b, "%s%c", strchr("*?[\\", *p) ? "\\" : "", *p);
    buf_addf(&b, "/%s", pattern);
    return buf_take(&b);
}

static int by_name(const void *a, const void *b)
{
    const struct suite_program *x = a, *y = b;
    return strcmp(x->name, y->name);
}

enum err suite_find(const struct suite *s, const char *file, const char *root,
                    struct suite_programs *out, struct diag *d)
{
    size_t before = d->messages.n;
    for (unsigned i = 0; i < s->sources_count; i++) {
        glob_t found;
        char *pattern = pattern_of(root, s->sources[i]);
        if (glob(pattern, 0, NULL, &found) == 0) {
            for (size_t j = 0; j < found.gl_pathc; j++)
                add(s, root, found.gl_pathv[j], out, d);
            globfree(&found);
        }
        free(pattern);
    }
    if (out->n > 1)
        qsort(out->v, out->n, sizeof *out->v, by_name);
    if (d->messages.n > before)
        return ERR_INVALID;
    if (out->n)
        return ERR_OK;
    diag_at(d, file, 0,
            "'sources' match no file in %s; name the suite's "
            "folder behind the manifest",
            root);
    return ERR_NOENT;
}

void suite_programs_fini(struct suite_programs *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->v[i].path);
        free(l->v[i].name);
        vec_fini(&l->v[i].lines);
        strv_fini(&l->v[i].flags);
    }
    vec_fini(l);
}
