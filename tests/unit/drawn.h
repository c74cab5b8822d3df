/* A picture read back by expat, which must find it well-formed, and what holds
 * of every picture: sane coordinates, nothing fetched, no two texts over each
 * other. To be included after cmocka.h.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_DRAWN_H
#define LOCKSTEP_TESTS_DRAWN_H

#include "base/str.h"
#include "base/vec.h"
#include "bench/chart.h"
#include "bench/page.h"
#include "bench/svg.h"

#include <expat.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct drawn_text {
    char *classes, *text;
    double x, y;
};

struct drawn_place {
    double x, y;
};

struct drawn {
    VEC(struct drawn_text) texts;
    struct buf title, desc;
    struct strv told;     /* by marks: their titles */
    struct strv elements; /* names, each time */
    struct strv classes;  /* of every element that has one */
    VEC(struct drawn_place) circles;
    double height;
    struct strv path; /* elements that are open, while reading */
};

static inline const char *drawn_attribute(const char **attributes,
                                          const char *name)
{
    for (; *attributes; attributes += 2)
        if (str_eq(attributes[0], name))
            return attributes[1];
    return NULL;
}

/* Numbers, steps of a path, and nothing like nan or inf. */
static inline void drawn_check_numbers(const char **attributes)
{
    static const char *const places[] = {
        "x", "y", "width", "d", "height", "points", "cx", "cy", "r", "viewBox"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *v = drawn_attribute(attributes, places[i]);
        if (v && (!*v || v[strspn(v, "0123456789.- ML")]))
            fail_msg("%s=\"%s\"", places[i], v);
    }
}

/* An element may have only attributes that are known here. */
static inline void drawn_check_names(const char **attributes)
{
    static const char known[] = " x y width height d points cx cy r viewBox "
                                "class role stroke-dasharray xmlns ";
    for (; *attributes; attributes += 2) {
        char *name = str_fmt(" %s ", attributes[0]);
        if (!strstr(known, name))
            fail_msg("attribute %s", name);
        free(name);
    }
}

static inline void drawn_start(void *data, const char *name,
                               const char **attributes)
{
    struct drawn *d = data;
    drawn_check_numbers(attributes);
    drawn_check_names(attributes);
    strv_add(&d->path, name);
    strv_add(&d->elements, name);
    const char *classes = drawn_attribute(attributes, "class");
    if (classes)
        strv_add(&d->classes, classes);
    if (str_eq(name, "svg"))
        d->height = strtod(drawn_attribute(attributes, "height"), NULL);
    if (str_eq(name, "circle")) {
        struct drawn_place p = {
            strtod(drawn_attribute(attributes, "cx"), NULL),
            strtod(drawn_attribute(attributes, "cy"), NULL)};
        vec_push(&d->circles, p);
    }
    if (str_eq(name, "title") && d->path.n > 2)
        strv_add(&d->told, "");
    if (!str_eq(name, "text"))
        return;
    struct drawn_text t = {str_dup(classes), str_dup(""),
                           strtod(drawn_attribute(attributes, "x"), NULL),
                           strtod(drawn_attribute(attributes, "y"), NULL)};
    vec_push(&d->texts, t);
}

static inline void drawn_append(char **text, const char *s, int n)
{
    char *longer = str_fmt("%s%.*s", *text, n, s);
    free(*text);
    *text = longer;
}

static inline void drawn_content(void *data, const char *s, int n)
{
    struct drawn *d = data;
    const char *in = d->path.v[d->path.n - 1];
    if (str_eq(in, "text"))
        drawn_append(&d->texts.v[d->texts.n - 1].text, s, n);
    else if (str_eq(in, "desc"))
        buf_add(&d->desc, s, (size_t)n);
    else if (str_eq(in, "title") && d->path.n == 2)
        buf_add(&d->title, s, (size_t)n);
    else if (str_eq(in, "title"))
        drawn_append(&d->told.v[d->told.n - 1], s, n);
}

static inline void drawn_end(void *data, const char *name)
{
    struct drawn *d = data;
    (void)name;
    free(d->path.v[--d->path.n]);
}

static inline struct drawn drawn_read(const char *svg)
{
    struct drawn d = {0};
    XML_Parser p = XML_ParserCreate("UTF-8");
    XML_SetUserData(p, &d);
    XML_SetElementHandler(p, drawn_start, drawn_end);
    XML_SetCharacterDataHandler(p, drawn_content);
    if (XML_Parse(p, svg, (int)strlen(svg), 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(p),
                 XML_ErrorString(XML_GetErrorCode(p)));
    XML_ParserFree(p);
    return d;
}

static inline void drawn_fini(struct drawn *d)
{
    for (size_t i = 0; i < d->texts.n; i++) {
        free(d->texts.v[i].classes);
        free(d->texts.v[i].text);
    }
    vec_fini(&d->texts);
    vec_fini(&d->circles);
    buf_fini(&d->title);
    buf_fini(&d->desc);
    strv_fini(&d->told);
    strv_fini(&d->elements);
    strv_fini(&d->classes);
    strv_fini(&d->path);
}

struct drawn_box {
    double left, right, top, bottom;
};

static inline struct drawn_box drawn_box(const struct drawn_text *t)
{
    const char *c = t->classes;
    bool bold = strstr(c, "title") || strstr(c, "head");
    double size = strstr(c, "title")                        ? PAGE_TITLE
                  : strstr(c, "label") || strstr(c, "head") ? PAGE_LABEL
                  : strstr(c, "note")                       ? PAGE_NOTE
                                                            : PAGE_TICK;
    double w = svg_width(t->text, size) * (bold ? PAGE_BOLD : 1);
    double left = strstr(c, "middle") ? t->x - w / 2
                  : strstr(c, "end")  ? t->x - w
                                      : t->x;
    return (struct drawn_box){left, left + w, t->y - 0.75 * size,
                              t->y + 0.2 * size};
}

/* Every text lies within the picture and over no other. */
static inline void drawn_is_tidy(const struct drawn *d)
{
    for (size_t i = 0; i < d->texts.n; i++) {
        const struct drawn_text *t = &d->texts.v[i];
        struct drawn_box a = drawn_box(t);
        if (a.left < 0 || a.right > PAGE_WIDTH || a.top < 0 ||
            a.bottom > d->height)
            fail_msg("cut: %s", t->text);
        for (size_t k = 0; k < i; k++) {
            struct drawn_box b = drawn_box(&d->texts.v[k]);
            if (a.left < b.right && b.left < a.right && a.top < b.bottom &&
                b.top < a.bottom)
                fail_msg("'%s' over '%s'", t->text, d->texts.v[k].text);
        }
    }
}

static inline size_t drawn_count(const struct strv *l, const char *s)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++)
        n += str_eq(l->v[i], s);
    return n;
}

/* Whether exactly this text stands in the picture. */
static inline bool drawn_says(const struct drawn *d, const char *text)
{
    for (size_t i = 0; i < d->texts.n; i++)
        if (str_eq(d->texts.v[i].text, text))
            return true;
    return false;
}

/* What was written into the temporary file f, which it closes; owned by the
 * caller. */
static inline char *drawn_text(FILE *f)
{
    struct buf text = {0};
    char part[4096];
    rewind(f);
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_add(&text, part, n);
    fclose(f);
    buf_adds(&text, "");
    return buf_take(&text);
}

/* The same of a chart, whose writing must end as expected. */
static inline char *drawn_chart(const struct chart *c, enum err expected)
{
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(chart_write(c, f), expected);
    return drawn_text(f);
}

static inline char *drawn_bars(const struct bar_chart *c, enum err expected)
{
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(bar_chart_write(c, f), expected);
    return drawn_text(f);
}

#endif
