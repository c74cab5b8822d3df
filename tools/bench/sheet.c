/* Sheets of text cells.
 * SPDX-License-Identifier: MIT */
#include "bench/sheet.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

char *sheet_duration(double s)
{
    static const struct {
        double unit;
        const char *name;
    } units[] = {{1, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}};
    size_t i = 0;
    while (i < 3 && s < units[i].unit)
        i++;
    double x = s / units[i].unit;
    return str_fmt("%.*f %s", x < 10 ? 3 : x < 100 ? 2 : 1, x, units[i].name);
}

char *sheet_size(uint64_t size)
{
    unsigned zeros = 0;
    uint64_t head = size;
    for (; head > 0 && head % 10 == 0; head /= 10)
        zeros++;
    return zeros > 2 && head < 100 ? str_fmt("%" PRIu64 "e%u", head, zeros)
                                   : str_fmt("%" PRIu64, size);
}

/* "4e5" rather than "4e+05". */
static char *power_of_ten(double x)
{
    int exponent = (int)floor(log10(x));
    int head = (int)lround(x / pow(10, exponent));
    return head < 10 ? str_fmt("%de%d", head, exponent)
                     : str_fmt("1e%d", exponent + 1);
}

char *sheet_ratio(double x)
{
    return x < 99.995   ? str_fmt("%.2f", x)
           : x < 9999.5 ? str_fmt("%.0f", x)
                        : power_of_ten(x);
}

void sheet_add_head(struct sheet *s, char *name, bool right, bool cut)
{
    s->heads[s->columns++] = (struct sheet_head){name, right, cut};
}

static struct sheet_line *add_line(struct sheet *s)
{
    vec_push(&s->lines, (struct sheet_line){0});
    return &s->lines.v[s->lines.n - 1];
}

static void add_cell(struct sheet_line *l, char *owned)
{
    strv_take(&l->cells, owned);
}

static void fill_up(const struct sheet *s, struct sheet_line *l)
{
    while (l->cells.n < s->columns)
        strv_add(&l->cells, "");
}

static enum sheet_tone tone_of(const struct bench_row *row)
{
    if (!row->compared || !row->threaded || row->threads == 1)
        return SHEET_PLAIN;
    return row->efficiency >= 0.9   ? SHEET_GOOD
           : row->efficiency >= 0.5 ? SHEET_FAIR
                                    : SHEET_BAD;
}

static char *percent(double share)
{
    if (share < 99.995)
        return str_fmt("%.0f %%", 100 * share);
    char *power = power_of_ten(100 * share);
    char *text = str_fmt("%s %%", power);
    free(power);
    return text;
}

static void add_comparison(const struct bench_row *row, bool is_base,
                           struct sheet_line *l)
{
    add_cell(l, sheet_ratio(row->speedup));
    if (is_base)
        return;
    char *low = sheet_ratio(row->speedup_interval.low);
    char *high = sheet_ratio(row->speedup_interval.high);
    add_cell(l, str_fmt("%s-%s", low, high));
    free(low);
    free(high);
    add_cell(l, row->threaded ? percent(row->efficiency) : str_dup(""));
    if (row->has_fraction)
        add_cell(l, str_fmt("%.3f", row->fraction));
}

static void add_row(struct sheet *s, const struct bench_report *r, size_t i)
{
    const struct bench_row *row = &r->rows.v[i];
    struct sheet_line *l = add_line(s);
    l->tone = tone_of(row);
    add_cell(l, str_dup(row->variant));
    add_cell(l, str_dup(row->compiler));
    add_cell(l, str_fmt("%d", row->threads));
    add_cell(l, str_fmt("%zu", row->seconds.n));
    if (row->seconds.n > 0) {
        add_cell(l, sheet_duration(row->median));
        double width = 100 * bench_width(row);
        add_cell(l, str_fmt(width < 9.95 ? "%.1f %%" : "%.0f %%", width));
        if (row->compared)
            add_comparison(row, row->base == i, l);
    }
    fill_up(s, l);
}

static char *work_title(const struct bench_report *r,
                        const struct bench_work *w)
{
    struct buf b = {0};
    buf_addf(&b, "%s", w->name);
    for (size_t i = 0; i < w->args.n && w->paths.n == 0; i++)
        buf_addf(&b, " %s", w->args.v[i]);
    if (w->paths.n > 0)
        buf_addf(&b, ", %zu requests", bench_requests(w));
    if (w->value && r->stop == BENCH_STOP_FAILED)
        buf_addf(&b, ": value %s expected", w->value);
    else if (w->value)
        buf_addf(&b, ": value %s in every run", w->value);
    return buf_take(&b);
}

static struct sheet make_work(const struct bench_report *r, size_t work)
{
    struct sheet s = {.title = work_title(r, &r->works.v[work])};
    sheet_add_head(&s, str_dup("VARIANT"), false, true);
    sheet_add_head(&s, str_dup("COMPILER"), false, true);
    sheet_add_head(&s, str_dup("THR"), true, false);
    sheet_add_head(&s, str_dup("RUNS"), true, false);
    sheet_add_head(&s, str_dup("MEDIAN"), true, false);
    sheet_add_head(&s, str_dup("+-"), true, false);
    s.toned = s.columns;
    sheet_add_head(&s, str_dup("TIMES"), true, false);
    sheet_add_head(&s, str_dup("CI 95 %"), true, false);
    sheet_add_head(&s, str_dup("EFF"), true, false);
    sheet_add_head(&s, str_dup("SERIAL"), true, false);
    for (size_t i = 0; i < r->rows.n; i++)
        if (r->rows.v[i].work == work)
            add_row(&s, r, i);
    return s;
}

/* Nanoseconds per element, in five characters or so. */
static char *per_element(const struct bench_row *row, uint64_t size)
{
    double ns = row->median / (double)size * 1e9;
    if (ns < 0.0995)
        return ns < 0.00995 ? power_of_ten(ns) : str_fmt("%.3f", ns);
    return str_fmt("%.*f",
                   ns < 0.9995  ? 3
                   : ns < 9.995 ? 2
                   : ns < 99.95 ? 1
                                : 0,
                   ns);
}

/* most: the greatest size measured. */
static char *break_even_cell(const struct bench_row *row, uint64_t most)
{
    const struct bench_break_even *b = &row->break_even;
    if (!row->sweeps)
        return str_dup("");
    char *at = sheet_size(b->at ? b->at : most), *above = sheet_size(b->above);
    char *cell = !b->at     ? str_fmt(">%s", at)
                 : b->above ? str_fmt("%s-%s", above, at)
                            : str_fmt("<=%s", at);
    free(at);
    free(above);
    return cell;
}

/* The sizes of the sweep, as far as there are columns. */
static size_t list_sizes(const struct bench_report *r, size_t *works)
{
    size_t n = 0;
    for (size_t i = 0; i < r->works.n && n < SHEET_MOST - 4; i++)
        if (bench_is_sweep(&r->works.v[i]))
            works[n++] = i;
    return n;
}

/* The line of one program, from its row of the first size on. */
static void add_program(struct sheet *s, const struct bench_report *r,
                        const struct bench_row *first, const size_t *works,
                        size_t n)
{
    struct sheet_line *l = add_line(s);
    const struct bench_row *last = first;
    add_cell(l, str_dup(first->variant));
    add_cell(l, str_dup(first->compiler));
    add_cell(l, str_fmt("%d", first->threads));
    for (size_t k = 0; k < n; k++) {
        char *cell = NULL;
        for (size_t i = 0; i < r->rows.n; i++) {
            const struct bench_row *row = &r->rows.v[i];
            if (row->work != works[k] || !bench_same_program(row, first))
                continue;
            last = row->sweeps ? row : last;
            if (row->seconds.n > 0)
                cell = per_element(row, r->works.v[works[k]].size);
        }
        add_cell(l, cell ? cell : str_dup(""));
    }
    add_cell(l, break_even_cell(last, r->works.v[works[n - 1]].size));
}

static void add_sweep(const struct bench_report *r, struct sheets *out)
{
    size_t works[SHEET_MOST], n = list_sizes(r, works);
    if (n == 0)
        return;
    struct sheet s = {
        .title = str_dup("sweep: nanoseconds per element, by size; from which "
                         "size on it beats the base")};
    sheet_add_head(&s, str_dup("VARIANT"), false, true);
    sheet_add_head(&s, str_dup("COMPILER"), false, true);
    sheet_add_head(&s, str_dup("THR"), true, false);
    for (size_t k = 0; k < n; k++)
        sheet_add_head(&s, sheet_size(r->works.v[works[k]].size), true, false);
    sheet_add_head(&s, str_dup("EVEN"), true, false);
    for (size_t i = 0; i < r->rows.n; i++)
        if (r->rows.v[i].work == works[0])
            add_program(&s, r, &r->rows.v[i], works, n);
    vec_push(out, s);
}

void sheets_make(const struct bench_report *r, struct sheets *out)
{
    for (size_t i = 0; i < r->works.n; i++)
        if (!bench_is_sweep(&r->works.v[i]))
            vec_push(out, make_work(r, i));
    add_sweep(r, out);
}

void sheet_fini(struct sheet *s)
{
    for (size_t c = 0; c < s->columns; c++)
        free(s->heads[c].name);
    for (size_t k = 0; k < s->lines.n; k++)
        strv_fini(&s->lines.v[k].cells);
    vec_fini(&s->lines);
    free(s->title);
}

void sheets_fini(struct sheets *l)
{
    for (size_t i = 0; i < l->n; i++)
        sheet_fini(&l->v[i]);
    vec_fini(l);
}
