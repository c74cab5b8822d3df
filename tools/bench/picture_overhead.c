/* What the constructs of the models cost.
 * SPDX-License-Identifier: MIT */
#include "bench/chart.h"
#include "bench/picture_note.h"
#include "bench/pictures.h"

#include <math.h>
#include <stdlib.h>

#define WIDE 50.0 /* from such a ratio on, bars would be too short to see */

VEC_TYPE(bars, struct bar);

struct construct {
    struct bars bars;
};

struct overhead {
    const struct bench_report *r;
    int threads;
    VEC(struct construct) constructs; /* as the works of r */
    VEC(struct bar_group) groups;     /* of those that have bars */
    struct strv names;                /* of the bars: owned, and distinct */
    double least, largest;            /* seconds, positive */
    size_t fewest, most;              /* samples */
};

static bool wanted(const struct overhead *o, const struct bench_row *row)
{
    return row->seconds.n > 0 && row->threaded && row->threads == o->threads;
}

/* The number of the name of a row: "openmp, libgomp", "pool, clang-19". */
static unsigned name_of(struct overhead *o, const struct bench_row *row)
{
    char *name = str_fmt("%s, %s", row->variant,
                         row->runtime ? row->runtime : row->compiler);
    unsigned number = (unsigned)strv_index(&o->names, name);
    free(name);
    return number;
}

static void note_range(struct overhead *o, const struct bench_row *row)
{
    size_t n = row->seconds.n;
    if (row->median > 0) {
        o->least = fmin(o->least, row->median);
        o->largest = fmax(o->largest, row->median);
    }
    o->fewest = o->fewest && o->fewest < n ? o->fewest : n;
    o->most = o->most > n ? o->most : n;
}

static void gather(struct overhead *o)
{
    const struct bench_report *r = o->r;
    for (size_t i = 0; i < r->works.n; i++)
        vec_push(&o->constructs, ((struct construct){0}));
    for (size_t i = 0; i < r->rows.n; i++) {
        const struct bench_row *row = &r->rows.v[i];
        if (!wanted(o, row))
            continue;
        struct bar b = {NULL, name_of(o, row), row->median, row->interval.low,
                        row->interval.high};
        vec_push(&o->constructs.v[row->work].bars, b);
        note_range(o, row);
    }
}

/* Once no name is added any more, and in the unit of the picture. */
static void finish(struct overhead *o, const struct picture_unit *unit)
{
    for (size_t i = 0; i < o->constructs.n; i++) {
        struct bars *bars = &o->constructs.v[i].bars;
        for (size_t k = 0; k < bars->n; k++) {
            struct bar *b = &bars->v[k];
            b->name = o->names.v[b->color];
            b->value /= unit->seconds;
            b->low /= unit->seconds;
            b->high /= unit->seconds;
        }
        struct bar_group g = {o->r->works.v[i].name, bars->v, bars->n};
        if (g.n > 0)
            vec_push(&o->groups, g);
    }
}

static enum err write_bars(struct overhead *o, FILE *out)
{
    struct picture_unit unit = picture_unit(o->largest);
    char *by = picture_threads(o->threads);
    char *title =
        str_fmt("Overhead by construct: %s, %s", picture_kernel(o->r), by);
    char *note = picture_note(o->r, o->fewest, o->most, false);
    finish(o, &unit);
    struct bar_chart c = {.title = title,
                          .axis = {.label = "Overhead",
                                   .unit = unit.name,
                                   .log = o->largest > WIDE * o->least},
                          .groups = o->groups.v,
                          .n = o->groups.n,
                          .footnote = note};
    enum err e = bar_chart_write(&c, out);
    free(by);
    free(title);
    free(note);
    return e;
}

enum err picture_overhead(const struct bench_report *r, FILE *out)
{
    struct overhead o = {
        .r = r, .threads = picture_most_threads(r), .least = INFINITY};
    gather(&o);
    enum err e = o.names.n ? write_bars(&o, out) : ERR_INVALID;
    for (size_t i = 0; i < o.constructs.n; i++)
        vec_fini(&o.constructs.v[i].bars);
    vec_fini(&o.constructs);
    vec_fini(&o.groups);
    strv_fini(&o.names);
    return e;
}
