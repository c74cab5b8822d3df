/* The time of downloads by how many run at a time.
 * SPDX-License-Identifier: MIT */
#include "bench/lines.h"
#include "bench/picture_note.h"
#include "bench/pictures.h"

#include <math.h>
#include <stdlib.h>

static void gather(const struct bench_report *r, size_t work, struct lines *l)
{
    for (size_t i = 0; i < r->rows.n; i++) {
        const struct bench_row *row = &r->rows.v[i];
        if (row->work != work || row->seconds.n == 0)
            continue;
        struct chart_point p = {row->threads, row->median, row->interval.low,
                                row->interval.high};
        lines_add(l, row, p);
    }
    lines_finish(l);
}

/* Each request lasts at least the latency, and only so many run at a time. */
static void add_bound(const struct lines *l, size_t n, double latency,
                      struct chart_points *out)
{
    for (size_t i = 0; i < l->x.n; i++) {
        struct chart_point p = {.x = l->x.v[i],
                                .y = ceil((double)n / l->x.v[i]) * latency};
        vec_push(out, p);
    }
}

static enum err write_times(const struct bench_report *r, size_t work,
                            const struct lines *l, struct chart *c, FILE *out)
{
    const struct bench_work *w = &r->works.v[work];
    char *title = str_fmt("Time by downloads at a time: %s, %s",
                          picture_kernel(r), w->name);
    char *label = str_fmt("Time of all %zu downloads", bench_requests(w));
    char *note = picture_note(r, l->fewest, l->most, true);
    c->title = title;
    c->y.label = label;
    c->footnote = note;
    enum err e = chart_write(c, out);
    free(title);
    free(label);
    free(note);
    return e;
}

static char *bound_name(size_t n, const struct server_entry *server)
{
    return str_fmt("least possible: %zu / downloads at a time, rounded up, "
                   "\xC3\x97 %u ms",
                   n, server->latency_ms);
}

enum err picture_download(const struct bench_report *r, size_t work, FILE *out)
{
    struct lines l = {0};
    struct chart_points bound = {0};
    size_t n = bench_requests(&r->works.v[work]);
    const struct server_entry *server = r->server;
    bool bounded = server && server->latency_ms > 0 && n > 0;
    gather(r, work, &l);
    if (bounded)
        add_bound(&l, n, server->latency_ms / 1e3, &bound);
    char *name = bounded ? bound_name(n, server) : NULL;
    struct chart_reference reference = {name, bound.v, bound.n};
    struct chart c = {.x = {.label = "Downloads at a time",
                            .log = true,
                            .ticks = l.x.v,
                            .n_ticks = l.x.n},
                      .y = {.unit = "s", .log = true},
                      .series = l.series.v,
                      .n_series = l.series.n,
                      .references = &reference,
                      .n_references = bounded,
                      .beside = true};
    enum err e = l.series.n ? write_times(r, work, &l, &c, out) : ERR_INVALID;
    free(name);
    vec_fini(&bound);
    lines_fini(&l);
    return e;
}
