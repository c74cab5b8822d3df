/* What is around findings in files that are not the programs' own sources: of
 * headers, and of all sources where the program is the user's own.
 * SPDX-License-Identifier: MIT */
#include "formats/support/escape.h"
#include "formats/support/html_page.h"
#include "formats/support/words.h"

#include <stdlib.h>
#include <string.h>

#define MOST_FILES 20
#define MOST_NOTES 200 /* of a file */
#define AROUND 8       /* lines before and behind */

struct remark {
    int line;
    const struct group *group;
    const struct access *access;
};

struct excerpt {
    const struct result *result;
    const char *file;
    VEC(struct remark) remarks;
};

VEC_TYPE(excerpts, struct excerpt);

static struct excerpt *excerpt_of(struct excerpts *l, const struct result *r,
                                  const char *file)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i].file, file))
            return &l->v[i];
    if (l->n == MOST_FILES)
        return NULL;
    vec_push(l, ((struct excerpt){.result = r, .file = file}));
    return &l->v[l->n - 1];
}

static void collect(struct excerpts *l, const struct group *g)
{
    for (size_t i = 0; i < g->finding->accesses.n; i++) {
        const struct access *a = &g->finding->accesses.v[i];
        const struct frame *f = access_place(a);
        if (a->role == ROLE_CREATED || !f || place_is_in(g->result, f))
            continue;
        struct excerpt *e = excerpt_of(l, g->result, f->file);
        if (e && e->remarks.n < MOST_NOTES)
            vec_push(&e->remarks, ((struct remark){f->line, g, a}));
    }
}

static bool is_near(const struct excerpt *e, int line)
{
    for (size_t i = 0; i < e->remarks.n; i++)
        if (abs(e->remarks.v[i].line - line) <= AROUND)
            return true;
    return false;
}

static bool has_remark(const struct excerpt *e, int line)
{
    for (size_t i = 0; i < e->remarks.n; i++)
        if (e->remarks.v[i].line == line)
            return true;
    return false;
}

static void add_remarks(struct page *p, const struct excerpt *e, int line)
{
    for (size_t i = 0; i < e->remarks.n; i++) {
        const struct remark *r = &e->remarks.v[i];
        if (r->line != line)
            continue;
        buf_adds(&p->b, "<li class=n>");
        html_words(p, words_access(r->access));
        buf_adds(&p->b, ": ");
        html_words(p, words_finding(r->group->finding, r->group->object));
    }
}

static void add_line(struct page *p, const struct excerpt *e,
                     const struct source *f, int line)
{
    size_t n = 0;
    const char *text = source_line(f, line, &n);
    buf_addf(&p->b, "<li data-n=%d", line);
    if (has_remark(e, line)) {
        buf_adds(&p->b, " class=a");
        html_file_anchor(p, HTML_ID, e->result, e->file, line);
    }
    buf_adds(&p->b, ">");
    escape_xml_bytes(&p->b, text, n);
    add_remarks(p, e, line);
}

static void add_excerpt(struct page *p, const struct excerpt *e)
{
    const struct source *f = sources_get(&p->places.sources, e->file);
    if (!f || !source_is_text(f))
        return;
    char *path = repository_path(&p->places.repository, e->file);
    buf_adds(&p->b, "<div class=\"sources single\">\n<div><h5>");
    html_text(p, path ? path : e->file);
    buf_adds(&p->b, "</h5><ol class=\"bug excerpt\" tabindex=0 aria-label=\"");
    html_text(p, path ? path : e->file);
    buf_adds(&p->b, "\">");
    for (int line = 1; (size_t)line <= f->starts.n; line++) {
        if (is_near(e, line))
            add_line(p, e, f, line);
        else if (is_near(e, line - 1))
            buf_adds(&p->b, "<li class=g>");
    }
    buf_adds(&p->b, "</ol></div></div>\n");
    free(path);
}

void html_excerpts(struct page *p, const struct groups *groups)
{
    struct excerpts l = {0};
    for (size_t i = 0; i < groups->n; i++)
        collect(&l, &groups->v[i]);
    for (size_t i = 0; i < l.n; i++) {
        add_excerpt(p, &l.v[i]);
        vec_fini(&l.v[i].remarks);
    }
    vec_fini(&l);
}
