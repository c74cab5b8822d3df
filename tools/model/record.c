/* Writing what was measured into the text of a manifest.
 * SPDX-License-Identifier: MIT */
#include "model/record.h"

#include "model/fields.h"
#include "model/layout.h"
#include "model/yaml.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* An entry as it is to stand, and the one whose place it takes. */
struct entry {
    struct fields is, was;
    int from;
};

VEC_TYPE(entries, struct entry);

void record_fini(struct record *r)
{
    for (size_t i = 0; i < r->expect.n; i++)
        strv_fini(&r->expect.v[i].detectors);
    vec_fini(&r->plain);
    vec_fini(&r->expect);
}

void record_text_fini(struct record_text *t)
{
    buf_fini(&t->plain);
    buf_fini(&t->expect);
    buf_fini(&t->whole);
}

static void entries_of_plain(const struct record *r, const struct manifest *m,
                             struct entries *out)
{
    for (size_t i = 0; i < r->plain.n; i++) {
        const struct plain_record *p = &r->plain.v[i];
        struct entry e = {.from = p->from};
        fields_of_plain(&p->is, &e.is);
        if (p->from != RECORD_NEW)
            fields_of_plain(&m->plain[p->from], &e.was);
        vec_push(out, e);
    }
}

static void entries_of_expect(const struct record *r, const struct manifest *m,
                              struct entries *out)
{
    for (size_t i = 0; i < r->expect.n; i++) {
        const struct expect_record *p = &r->expect.v[i];
        struct expectation is = p->is;
        struct entry e = {.from = p->from};
        is.detectors = p->detectors.v;
        is.detectors_count = (unsigned)p->detectors.n;
        fields_of_expectation(&is, &e.is);
        if (p->from != RECORD_NEW)
            fields_of_expectation(&m->expect[p->from], &e.was);
        vec_push(out, e);
    }
}

static void entries_fini(struct entries *l)
{
    for (size_t i = 0; i < l->n; i++) {
        fields_fini(&l->v[i].is);
        fields_fini(&l->v[i].was);
    }
    vec_fini(l);
}

static void add_span(struct buf *out, const char *text, size_t from, size_t to)
{
    buf_add(out, text + from, to - from);
}

static void end_line(struct buf *out)
{
    if (out->len > 0 && out->data[out->len - 1] != '\n')
        buf_adds(out, "\n");
}

/* The value with which the key's is to be exchanged, or NULL. */
static const char *new_value(const struct entry *e, const char *key)
{
    for (size_t i = 0; i < e->is.n; i++)
        if (str_eq(e->is.v[i].key, key) &&
            !str_eq(e->is.v[i].value, e->was.v[i].value))
            return e->is.v[i].value;
    return NULL;
}

/* The same keys, and all values that differ can be exchanged in the text. */
static bool is_exchange(const struct entry *e, const struct entry_layout *old)
{
    bool can = e->is.n == e->was.n;
    for (size_t i = 0; can && i < e->is.n; i++) {
        const struct field *f = &e->is.v[i];
        can = str_eq(f->key, e->was.v[i].key) &&
              (str_eq(f->value, e->was.v[i].value) ||
               (!f->prose && layout_value(old, f->key)));
    }
    return can;
}

static size_t width(const char *text, size_t n)
{
    size_t widest = 0;
    while (n > 0) {
        const char *newline = memchr(text, '\n', n);
        size_t line = newline ? (size_t)(newline - text) : n;
        size_t columns = str_columns(text, line);
        widest = columns > widest ? columns : widest;
        n -= line + (newline != NULL);
        text += line + 1;
    }
    return widest;
}

/* False, and nothing is added, when a line would become too long and none was.
 */
static bool exchange(struct buf *out, const char *text, const struct entry *e,
                     const struct entry_layout *old)
{
    struct buf b = {0};
    size_t at = old->lines.from;
    for (size_t i = 0; i < old->values.n; i++) {
        const struct value_layout *v = &old->values.v[i];
        const char *value = new_value(e, v->key);
        if (!value)
            continue;
        add_span(&b, text, at, v->at.from);
        buf_adds(&b, value);
        at = v->at.to;
    }
    add_span(&b, text, at, old->lines.to);
    size_t before =
        width(text + old->lines.from, old->lines.to - old->lines.from);
    size_t most = before > YAML_WIDTH ? before : YAML_WIDTH;
    bool fits = width(buf_str(&b), b.len) <= most;
    if (fits)
        buf_add(out, buf_str(&b), b.len);
    buf_fini(&b);
    return fits;
}

static void write_entry(struct buf *out, const char *text,
                        const struct list_layout *l, const struct entry *e)
{
    const struct entry_layout *old = NULL;
    if (e->from != RECORD_NEW && (size_t)e->from < l->entries.n)
        old = &l->entries.v[e->from];
    if (old)
        add_span(out, text, old->comments.from, old->comments.to);
    if (!old || !is_exchange(e, old) || !exchange(out, text, e, old))
        fields_write(out, l->indent, &e->is);
    end_line(out);
}

static bool is_unchanged(const struct entries *l, size_t before)
{
    bool same = l->n == before;
    for (size_t i = 0; same && i < l->n; i++)
        same =
            l->v[i].from == (int)i && fields_equal(&l->v[i].is, &l->v[i].was);
    return same;
}

/* `before` is how many entries the list has had. */
static void write_list(struct buf *out, const char *text, const char *key,
                       const struct list_layout *l, const struct entries *list,
                       size_t before)
{
    if (is_unchanged(list, before)) {
        add_span(out, text, l->all.from, l->all.to);
        return;
    }
    if (list->n > 0 && l->head.to > l->head.from)
        add_span(out, text, l->head.from, l->head.to);
    else if (list->n > 0)
        buf_addf(out, "%s:\n", key);
    for (size_t i = 0; i < list->n; i++)
        write_entry(out, text, l, &list->v[i]);
}

static void put(struct buf *out, const struct buf *block)
{
    if (block->len)
        end_line(out);
    buf_add(out, buf_str(block), block->len);
}

/* Both lists in their places, whichever stands first. */
static void compose(const char *text, size_t n, const struct span *plain,
                    const struct span *expect, struct record_text *t)
{
    bool swapped = expect->from < plain->from;
    const struct span *a = swapped ? expect : plain;
    const struct span *b = swapped ? plain : expect;
    add_span(&t->whole, text, 0, a->from);
    put(&t->whole, swapped ? &t->expect : &t->plain);
    add_span(&t->whole, text, a->to, b->from);
    put(&t->whole, swapped ? &t->plain : &t->expect);
    add_span(&t->whole, text, b->to, n);
}

/* The new text, read again, says what it was to say. */
static bool says(const char *file, const struct buf *whole,
                 const struct entries *plain, const struct entries *expect)
{
    struct manifest *m = NULL;
    struct diag d = {0};
    bool same =
        manifest_read(file, buf_str(whole), whole->len, &m, &d) == ERR_OK &&
        m->plain_count == plain->n && m->expect_count == expect->n;
    for (size_t i = 0; same && i < plain->n; i++) {
        struct fields f = {0};
        fields_of_plain(&m->plain[i], &f);
        same = fields_equal(&f, &plain->v[i].is);
        fields_fini(&f);
    }
    for (size_t i = 0; same && i < expect->n; i++) {
        struct fields f = {0};
        fields_of_expectation(&m->expect[i], &f);
        same = fields_equal(&f, &expect->v[i].is);
        fields_fini(&f);
    }
    manifest_free(m);
    diag_fini(&d);
    return same;
}

/* Where the lists stand, or belong: after the truth, `plain` first. */
static enum err read_layouts(const char *text, size_t n,
                             struct list_layout *plain,
                             struct list_layout *expect)
{
    struct list_layout truth;
    enum err e = layout_read(text, n, "truth", &truth);
    enum err f = layout_read(text, n, "plain", plain);
    enum err g = layout_read(text, n, "expect", expect);
    bool no_plain = plain->all.from == plain->all.to;
    bool no_expect = expect->all.from == expect->all.to;
    if (no_plain && truth.all.from < truth.all.to)
        plain->all.from = plain->all.to = truth.all.to;
    else if (no_plain)
        plain->all.from = plain->all.to = expect->all.from;
    if (no_expect)
        expect->all.from = expect->all.to = plain->all.to;
    layout_fini(&truth);
    return e != ERR_OK ? e : f != ERR_OK ? f : g;
}

enum err record_write(const struct record *r, const struct manifest *m,
                      const char *file, const char *text, size_t n,
                      struct record_text *out, struct diag *d)
{
    struct list_layout in_plain = {0}, in_expect = {0};
    struct entries plain = {0}, expect = {0};
    *out = (struct record_text){0};
    entries_of_plain(r, m, &plain);
    entries_of_expect(r, m, &expect);
    enum err e = read_layouts(text, n, &in_plain, &in_expect);
    if (e == ERR_OK) {
        write_list(&out->plain, text, "plain", &in_plain, &plain,
                   m->plain_count);
        write_list(&out->expect, text, "expect", &in_expect, &expect,
                   m->expect_count);
        compose(text, n, &in_plain.all, &in_expect.all, out);
        e = says(file, &out->whole, &plain, &expect) ? ERR_OK : ERR_UNSUPPORTED;
    }
    if (e != ERR_OK) {
        static const struct list_layout none = {.indent = 2};
        record_text_fini(out);
        write_list(&out->plain, text, "plain", &none, &plain, SIZE_MAX);
        write_list(&out->expect, text, "expect", &none, &expect, SIZE_MAX);
        diag_at(d, file, 0,
                "cannot be changed in place, as it is written; put the lists "
                "there by hand");
    }
    layout_fini(&in_plain);
    layout_fini(&in_expect);
    entries_fini(&plain);
    entries_fini(&expect);
    return e;
}
