/* Rows as series.
 * SPDX-License-Identifier: MIT */
#include "bench/lines.h"

#include "bench/mark.h"

#include <stdlib.h>

static struct line *line_of(struct lines *l, const struct bench_row *row)
{
    for (size_t i = 0; i < l->v.n; i++)
        if (str_eq(l->v.v[i].variant, row->variant) &&
            str_eq(l->v.v[i].compiler, row->compiler))
            return &l->v.v[i];
    struct line line = {.variant = row->variant, .compiler = row->compiler};
    vec_push(&l->v, line);
    return &l->v.v[l->v.n - 1];
}

void lines_add(struct lines *l, const struct bench_row *row,
               struct chart_point p)
{
    struct line *line = line_of(l, row);
    vec_push(&line->points, p);
    if (!l->fewest || row->seconds.n < l->fewest)
        l->fewest = row->seconds.n;
    if (row->seconds.n > l->most)
        l->most = row->seconds.n;
}

static int by_x(const void *a, const void *b)
{
    double x = ((const struct chart_point *)a)->x;
    double y = ((const struct chart_point *)b)->x;
    return (x > y) - (x < y);
}

static void gather_x(struct lines *l)
{
    for (size_t i = 0; i < l->v.n; i++)
        for (size_t k = 0; k < l->v.v[i].points.n; k++)
            vec_push(&l->x, l->v.v[i].points.v[k].x);
    if (l->x.n == 0)
        return;
    qsort(l->x.v, l->x.n, sizeof *l->x.v, stats_compare);
    size_t kept = 1;
    for (size_t i = 1; i < l->x.n; i++)
        if (l->x.v[i] != l->x.v[kept - 1])
            l->x.v[kept++] = l->x.v[i];
    l->x.n = kept;
}

static void add_series(struct lines *l, struct line *v, struct strv *variants,
                       struct strv *compilers)
{
    struct chart_series s = {.mark = (unsigned)strv_index(variants, v->variant),
                             .hollow = strv_index(compilers, v->compiler) % 2,
                             .points = v->points.v,
                             .n = v->points.n};
    qsort(v->points.v, v->points.n, sizeof *v->points.v, by_x);
    vec_push(&l->series, s);
}

void lines_finish(struct lines *l)
{
    struct strv variants = {0}, compilers = {0};
    for (size_t i = 0; i < l->v.n; i++)
        add_series(l, &l->v.v[i], &variants, &compilers);
    for (size_t i = 0; i < l->v.n; i++) {
        struct line *v = &l->v.v[i];
        v->name = compilers.n > 1 ? str_fmt("%s, %s", v->variant, v->compiler)
                                  : str_dup(v->variant);
        l->series.v[i].name = v->name;
        if (compilers.n == 1)
            l->series.v[i].hollow = l->series.v[i].mark / MARK_SHAPES % 2;
    }
    gather_x(l);
    strv_fini(&variants);
    strv_fini(&compilers);
}

void lines_fini(struct lines *l)
{
    for (size_t i = 0; i < l->v.n; i++) {
        free(l->v.v[i].name);
        vec_fini(&l->v.v[i].points);
    }
    vec_fini(&l->v);
    vec_fini(&l->series);
    vec_fini(&l->x);
}
