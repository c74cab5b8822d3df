/* Sources on the page: the bug and a fix side by side, the lines that differ
 * and the labelled ones marked, the findings below their lines.
 * SPDX-License-Identifier: MIT */
#include "formats/support/escape.h"
#include "formats/support/html_page.h"
#include "formats/support/line_diff.h"
#include "formats/support/words.h"

#include <stdlib.h>
#include <string.h>

/* A source that has more is not shown; nor are more notes at one line. */
#define MOST_LINES 3000
#define MOST_NOTES 8

/* What is said of a line. */
struct note {
    int line;
    char *text;
};

/* One of the two sides. */
struct side {
    const struct program *program; /* NULL: there is none */
    const struct source *source;
    VEC(struct note) notes;
};

static char *note_text(const struct group *g, const struct access *a)
{
    char *access = words_access(a);
    char *what = words_finding(g->finding, g->object);
    struct buf b = {0};
    buf_addf(&b, "%s: %s [", access, what);
    for (size_t i = 0; i < g->detectors.n; i++)
        buf_addf(&b, "%s%s", i ? ", " : "", g->detectors.v[i]);
    buf_adds(&b, "]");
    free(what);
    free(access);
    return buf_take(&b);
}

static size_t notes_at(const struct side *s, int line)
{
    size_t n = 0;
    for (size_t i = 0; i < s->notes.n; i++)
        n += s->notes.v[i].line == line;
    return n;
}

static bool is_noted(const struct side *s, int line, const char *text)
{
    for (size_t i = 0; i < s->notes.n; i++)
        if (s->notes.v[i].line == line && str_eq(s->notes.v[i].text, text))
            return true;
    return false;
}

static void note(struct side *s, const struct group *g, const struct access *a)
{
    const struct frame *f = access_place(a);
    if (a->role == ROLE_CREATED || !place_is_in(g->result, f) ||
        notes_at(s, f->line) >= MOST_NOTES)
        return;
    struct note n = {f->line, note_text(g, a)};
    if (is_noted(s, n.line, n.text))
        free(n.text);
    else
        vec_push(&s->notes, n);
}

static bool side_open(struct page *p, const struct program *program,
                      struct side *out)
{
    struct groups l = {0};
    *out = (struct side){.program = program};
    out->source =
        sources_get(&p->places.sources, program->first->variant->source);
    if (!out->source || out->source->starts.n > MOST_LINES ||
        !source_is_text(out->source))
        return false;
    groups_add(&l, program->first, program->n);
    for (size_t i = 0; i < l.n; i++)
        for (size_t j = 0; j < l.v[i].finding->accesses.n; j++)
            note(out, &l.v[i], &l.v[i].finding->accesses.v[j]);
    groups_fini(&l);
    return true;
}

static void side_close(struct side *s)
{
    for (size_t i = 0; i < s->notes.n; i++)
        free(s->notes.v[i].text);
    vec_fini(&s->notes);
}

static bool is_site(const struct side *s, int line)
{
    const struct sites *l = &s->program->first->variant->sites;
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].line == line)
            return true;
    return false;
}

/* One line, or the gap beside one. No newline may be between two. */
static void add_line(struct page *p, const struct side *s, int line,
                     bool changed)
{
    size_t n = 0;
    const char *text = line ? source_line(s->source, line, &n) : NULL;
    if (!text) {
        buf_adds(&p->b, "<li class=g>");
        return;
    }
    bool noted = notes_at(s, line) > 0, site = is_site(s, line);
    buf_adds(&p->b, "<li");
    if (noted || site || changed)
        buf_addf(&p->b, " class=\"%s%s%s\"", noted ? "a" : "", site ? " s" : "",
                 changed ? " d" : "");
    if (noted)
        html_line_anchor(p, HTML_ID, s->program->first, line);
    buf_adds(&p->b, ">");
    escape_xml_bytes(&p->b, text, n);
}

/* The notes of a line, and gaps up to as many as the other side has. */
static void add_notes(struct page *p, const struct side *s, int line,
                      size_t rows)
{
    size_t n = 0;
    for (size_t i = 0; line && i < s->notes.n; i++)
        if (s->notes.v[i].line == line) {
            buf_adds(&p->b, "<li class=n>");
            html_text(p, s->notes.v[i].text);
            n++;
        }
    for (; n < rows; n++)
        buf_adds(&p->b, "<li class=g>");
}

static void add_side(struct page *p, const struct side *s, bool left,
                     const struct side *other, const struct line_pairs *l)
{
    const struct variant *v = s->program->first->variant;
    buf_adds(&p->b, "<div><h5>");
    html_text(p, v->name);
    buf_addf(&p->b, ".c</h5><ol class=%s tabindex=0 aria-label=\"",
             v->buggy ? "bug" : "fix");
    html_text(p, v->name);
    buf_adds(&p->b, ".c\">");
    for (size_t i = 0; i < l->n; i++) {
        int mine = left ? l->v[i].left : l->v[i].right;
        int theirs = left ? l->v[i].right : l->v[i].left;
        size_t rows = other && theirs ? notes_at(other, theirs) : 0;
        add_line(p, s, mine, other && !l->v[i].same);
        add_notes(p, s, mine, rows);
    }
    buf_adds(&p->b, "</ol></div>\n");
}

static void add_pair(struct page *p, struct side *left, struct side *right)
{
    struct line_pairs l = {0};
    line_diff(left->source, right->source, &l);
    buf_adds(&p->b, "<div class=sources>\n");
    add_side(p, left, true, right, &l);
    add_side(p, right, false, left, &l);
    buf_adds(&p->b, "</div>\n");
    vec_fini(&l);
}

static void add_single(struct page *p, struct side *s)
{
    struct line_pairs l = {0};
    for (size_t i = 0; i < s->source->starts.n; i++)
        vec_push(&l, ((struct line_pair){(int)i + 1, 0, true}));
    buf_adds(&p->b, "<div class=\"sources single\">\n");
    add_side(p, s, true, NULL, &l);
    buf_adds(&p->b, "</div>\n");
    vec_fini(&l);
}

/* other beside bug, or alone if that is NULL. */
static void add_program(struct page *p, const struct program *bug,
                        const struct program *other)
{
    struct side left = {0}, right = {0};
    bool there = side_open(p, other, &right);
    if (there && bug && side_open(p, bug, &left))
        add_pair(p, &left, &right);
    else if (there)
        add_single(p, &right);
    else if (!right.source || source_is_text(right.source))
        buf_adds(&p->b, "<p>The source cannot be shown.\n");
    side_close(&left);
    side_close(&right);
}

static void add_more(struct page *p, const struct program *bug,
                     const struct program *other)
{
    const struct variant *v = other->first->variant;
    const struct source *s = sources_get(&p->places.sources, v->source);
    if (s && !source_is_text(s))
        return;
    buf_adds(&p->b, "<details class=more><summary>");
    html_text(p, v->name);
    buf_adds(&p->b, ".c</summary>\n");
    add_program(p, v->buggy ? NULL : bug, other);
    buf_adds(&p->b, "</details>\n");
}

void html_sources(struct page *p, const struct program *l, size_t n)
{
    const struct program *bug = program_called(l, n, "buggy");
    const struct program *fix = bug ? program_called(l, n, "fixed") : NULL;
    buf_adds(&p->b, "<h4>Sources</h4>\n");
    if (p->report->merged) /* a program, of sources that findings name */
        return;
    if (fix)
        add_program(p, bug, fix);
    else if (bug)
        add_program(p, NULL, bug);
    for (size_t i = 0; i < n; i++)
        if (&l[i] != bug && &l[i] != fix)
            add_more(p, bug, &l[i]);
}
