/* Measurements as comma-separated values, one row a line.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

static const char header[] =
    "kernel,group,workload,size,variant,model,compiler,runtime,threads,"
    "samples,repeats,median_s,mad_s,ci95_low_s,ci95_high_s,outliers,base,"
    "speedup,speedup_low,speedup_high,efficiency,karp_flatt,karp_flatt_low,"
    "karp_flatt_high,break_even_above,break_even_at,break_even_estimate,value";

/* RFC 4180: quoted where it must be, quotes doubled; lines end with CRLF. */
static void add_text(struct buf *b, const char *s)
{
    s = s ? s : "";
    bool quoted = strpbrk(s, ",\"\r\n") != NULL;
    buf_adds(b, quoted ? ",\"" : ",");
    for (; *s; s++)
        buf_addf(b, quoted && *s == '"' ? "\"%c" : "%c", *s);
    buf_adds(b, quoted ? "\"" : "");
}

static void add_number(struct buf *b, bool there, double x)
{
    buf_adds(b, ",");
    if (there)
        buf_addf(b, "%.10g", x);
}

static void add_size(struct buf *b, uint64_t size)
{
    buf_adds(b, ",");
    if (size)
        buf_addf(b, "%" PRIu64, size);
}

static void add_figures(struct buf *b, const struct bench_row *row)
{
    bool there = row->seconds.n > 0;
    add_number(b, there, row->median);
    add_number(b, there, row->mad);
    add_number(b, there, row->interval.low);
    add_number(b, there, row->interval.high);
    add_number(b, there, (double)row->outliers);
}

static void add_comparison(struct buf *b, const struct bench_row *row)
{
    bool fraction = row->compared && row->has_fraction;
    add_number(b, row->compared, row->speedup);
    add_number(b, row->compared, row->speedup_interval.low);
    add_number(b, row->compared, row->speedup_interval.high);
    add_number(b, row->compared, row->efficiency);
    add_number(b, fraction, row->fraction);
    add_number(b, fraction, row->fraction_interval.low);
    add_number(b, fraction, row->fraction_interval.high);
    add_size(b, row->sweeps ? row->break_even.above : 0);
    add_size(b, row->sweeps ? row->break_even.at : 0);
    add_number(b, row->sweeps && row->break_even.estimate > 0,
               row->break_even.estimate);
}

static void add_row(struct buf *b, const struct bench_report *r,
                    const struct bench_row *row)
{
    const struct bench_work *w = &r->works.v[row->work];
    struct buf line = {0};
    add_text(&line, r->kernel);
    add_text(&line, bench_group_id(r->group));
    add_text(&line, w->name);
    add_size(&line, w->size);
    add_text(&line, row->variant);
    add_text(&line, model_id(row->model));
    add_text(&line, row->compiler);
    add_text(&line, row->runtime);
    buf_addf(&line, ",%d,%zu,%lu", row->threads, row->seconds.n, row->repeats);
    add_figures(&line, row);
    add_text(&line, r->base);
    add_comparison(&line, row);
    add_text(&line, row->seconds.n ? w->value : NULL);
    buf_addf(b, "%s\r\n", buf_str(&line) + 1); /* without the first comma */
    buf_fini(&line);
}

enum err bench_csv(FILE *out, const struct bench_reports *l)
{
    struct buf b = {0};
    buf_addf(&b, "%s\r\n", header);
    for (size_t i = 0; i < l->n; i++)
        for (size_t k = 0; k < l->v[i].rows.n; k++)
            add_row(&b, &l->v[i], &l->v[i].rows.v[k]);
    size_t written = fwrite(b.data, 1, b.len, out);
    enum err e = written == b.len && fflush(out) == 0 ? ERR_OK : ERR_IO;
    buf_fini(&b);
    return e;
}
