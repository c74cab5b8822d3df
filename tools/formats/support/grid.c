/* A table that keeps within the terminal.
 * SPDX-License-Identifier: MIT */
#include "formats/support/grid.h"

#include <stdint.h>
#include <stdlib.h>

/* Rows from which on the heads at the top are out of sight at the end. */
#define LONG 30

void grid_fini(struct grid *g)
{
    for (size_t i = 0; i < g->rows.n; i++) {
        struct grid_row *row = &g->rows.v[i];
        for (size_t j = 0; j < row->cells.n; j++)
            free(row->cells.v[j].text);
        vec_fini(&row->cells);
        free(row->name);
    }
    vec_fini(&g->rows);
    vec_fini(&g->columns);
}

static void widen(size_t *width, size_t n)
{
    if (n > *width)
        *width = n;
}

void grid_column(struct grid *g, const char *head, bool right)
{
    vec_push(&g->columns, ((struct grid_column){head, right, 1}));
}

void grid_row(struct grid *g, char *name)
{
    vec_push(&g->rows, (struct grid_row){.name = name});
    widen(&g->width, style_width(name));
}

void grid_cell(struct grid *g, char *text, enum tone t)
{
    struct grid_row *row = &g->rows.v[g->rows.n - 1];
    widen(&g->columns.v[row->cells.n].width, style_width(text));
    vec_push(&row->cells, ((struct grid_cell){text, t}));
}

/* How it is printed: the columns [from, to), heads above them or as stairs. */
struct layout {
    const struct grid *g;
    bool color;
    bool stairs;
    size_t from, to;
};

static size_t name_width(const struct grid *g)
{
    size_t head = style_width(g->head);
    return head > g->width ? head : g->width;
}

static size_t column_width(const struct layout *l, size_t i)
{
    const struct grid_column *c = &l->g->columns.v[i];
    size_t head = l->stairs ? 0 : style_width(c->head);
    return head > c->width ? head : c->width;
}

/* Where column i begins; of the one after the last: where the next would. */
static size_t place(const struct layout *l, size_t i)
{
    size_t at = name_width(l->g) + 1;
    for (size_t j = l->from; j < i; j++)
        at += column_width(l, j) + 1;
    return at;
}

static bool fits(const struct layout *l, size_t width)
{
    for (size_t i = l->from; l->stairs && i < l->to; i++)
        if (place(l, i) + style_width(l->g->columns.v[i].head) > width)
            return false;
    return place(l, l->to) - 1 <= width;
}

bool grid_fits(const struct grid *g, int width)
{
    struct layout l = {g, false, false, 0, g->columns.n};
    return width <= 0 || fits(&l, (size_t)width);
}

/* Pads a line that is *at columns long to `to`, then prints text there. */
static void put(size_t *at, size_t to, const char *text, FILE *out)
{
    fprintf(out, "%*s", (int)(to > *at ? to - *at : 0), "");
    style_text(text, out);
    *at = (to > *at ? to : *at) + style_width(text);
}

static size_t aligned(const struct layout *l, size_t i, const char *text)
{
    size_t n = style_width(text), width = column_width(l, i);
    bool right = l->g->columns.v[i].right && n < width;
    return place(l, i) + (right ? width - n : 0);
}

static void print_heads(const struct layout *l, FILE *out)
{
    size_t at = 0;
    put(&at, 0, l->g->head, out);
    for (size_t i = l->from; i < l->to; i++) {
        const char *head = l->g->columns.v[i].head;
        put(&at, aligned(l, i, head), head, out);
    }
    fputc('\n', out);
}

/* The stair of column i, with the rails of those before it. */
static void print_stair(const struct layout *l, size_t i, bool named, FILE *out)
{
    size_t at = 0;
    put(&at, 0, named ? l->g->head : "", out);
    for (size_t j = l->from; j < i; j++)
        put(&at, place(l, j), "|", out);
    put(&at, place(l, i), l->g->columns.v[i].head, out);
    fputc('\n', out);
}

static void print_row(const struct layout *l, const struct grid_row *row,
                      FILE *out)
{
    size_t at = 0;
    put(&at, 0, row->name, out);
    for (size_t i = l->from; i < l->to && i < row->cells.n; i++) {
        const struct grid_cell *c = &row->cells.v[i];
        if (!*c->text)
            continue;
        bool color = l->color && c->tone != TONE_PLAIN;
        put(&at, aligned(l, i, c->text), "", out);
        fputs(style(color, c->tone), out);
        put(&at, at, c->text, out);
        fputs(style(color, TONE_PLAIN), out);
    }
    fputc('\n', out);
}

static void print_block(const struct layout *l, FILE *out)
{
    bool again = l->g->rows.n >= LONG;
    if (!l->stairs)
        print_heads(l, out);
    for (size_t i = l->from; l->stairs && i < l->to; i++)
        print_stair(l, i, i == l->from, out);
    for (size_t i = 0; i < l->g->rows.n; i++)
        print_row(l, &l->g->rows.v[i], out);
    if (again && !l->stairs)
        print_heads(l, out);
    for (size_t i = l->to; again && l->stairs && i > l->from; i--)
        print_stair(l, i - 1, false, out);
}

void grid_print(const struct grid *g, const struct format_options *o, FILE *out)
{
    struct layout l = {g, o->color, !grid_fits(g, o->width), 0, g->columns.n};
    size_t width = o->width > 0 ? (size_t)o->width : SIZE_MAX;
    while (l.to > l.from) {
        while (!fits(&l, width) && l.to > l.from + 1)
            l.to--;
        print_block(&l, out);
        l.from = l.to;
        l.to = g->columns.n;
        if (l.to > l.from)
            fputc('\n', out);
    }
}
