/* A measurement as a table.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include <libsmartcols.h>
#include <stdlib.h>

enum column {
    VARIANT,
    COMPILER,
    RUNTIME,
    THREADS,
    RUNS,
    MEDIAN,
    SPREAD,
    SPEEDUP,
    RANGE,
    EFFICIENCY,
    COLUMNS
};

static const struct {
    const char *name;
    int flags;
} columns[COLUMNS] = {
    [VARIANT] = {"VARIANT", SCOLS_FL_TRUNC},
    [COMPILER] = {"COMPILER", SCOLS_FL_TRUNC},
    [RUNTIME] = {"RUNTIME", 0},
    [THREADS] = {"THR", SCOLS_FL_RIGHT},
    [RUNS] = {"RUNS", SCOLS_FL_RIGHT},
    [MEDIAN] = {"MEDIAN", SCOLS_FL_RIGHT},
    [SPREAD] = {"CI 95 %", SCOLS_FL_RIGHT},
    [SPEEDUP] = {"SPEED-UP", SCOLS_FL_RIGHT},
    [RANGE] = {"CI 95 %", SCOLS_FL_RIGHT},
    [EFFICIENCY] = {"EFF", SCOLS_FL_RIGHT},
};

/* Four digits in a unit that leaves some before the point. */
static char *duration(double s)
{
    static const struct {
        double unit;
        const char *name;
    } units[] = {{1, "s"}, {1e-3, "ms"}, {1e-6, "us"}};
    size_t i = 0;
    while (i < 2 && s < units[i].unit)
        i++;
    double x = s / units[i].unit;
    return str_fmt("%.*f %s", x < 10 ? 3 : x < 100 ? 2 : 1, x, units[i].name);
}

static void put(struct libscols_line *line, enum column c, char *owned)
{
    scols_line_refer_data(line, c, owned);
}

static void fill(struct libscols_line *line, const struct bench_row *row)
{
    put(line, VARIANT, str_dup(row->variant));
    put(line, COMPILER, str_dup(row->compiler));
    put(line, RUNTIME, str_dup(row->runtime ? row->runtime : "-"));
    put(line, THREADS, str_fmt("%d", row->threads));
    put(line, RUNS, str_fmt("%zu", row->seconds.n));
    if (row->seconds.n == 0)
        return;
    put(line, MEDIAN, duration(row->median));
    put(line, SPREAD, str_fmt("+-%.1f %%", 100 * bench_width(row)));
    if (!row->compared)
        return;
    put(line, SPEEDUP, str_fmt("%.2f", row->speedup));
    if (row->model == MODEL_SERIAL)
        return;
    put(line, RANGE,
        str_fmt("%.2f-%.2f", row->speedup_interval.low,
                row->speedup_interval.high));
    put(line, EFFICIENCY, str_fmt("%.0f %%", 100 * row->efficiency));
}

/* Green pays, yellow pays half, red does not. */
static const char *color_of(const struct bench_row *row)
{
    if (!row->compared || row->model == MODEL_SERIAL || row->threads == 1)
        return NULL;
    return row->efficiency >= 0.9   ? "green"
           : row->efficiency >= 0.5 ? "yellow"
                                    : "red";
}

static struct libscols_table *table_new(FILE *out, bool color, size_t width)
{
    struct libscols_table *t = scols_new_table();
    if (!t)
        return NULL;
    scols_table_set_stream(t, out);
    scols_table_enable_colors(t, color);
    scols_table_set_termforce(t, SCOLS_TERMFORCE_ALWAYS);
    scols_table_set_termwidth(t, width);
    for (size_t i = 0; i < COLUMNS; i++)
        if (!scols_table_new_column(t, columns[i].name, 0, columns[i].flags)) {
            scols_unref_table(t);
            return NULL;
        }
    return t;
}

static enum err print_rows(FILE *out, const struct bench_report *r, bool color,
                           size_t width)
{
    struct libscols_table *t = table_new(out, color, width);
    enum err e = t ? ERR_OK : ERR_IO;
    for (size_t i = 0; i < r->rows.n && e == ERR_OK; i++) {
        struct libscols_line *line = scols_table_new_line(t, NULL);
        if (!line) {
            e = ERR_IO;
            break;
        }
        fill(line, &r->rows.v[i]);
        const char *c = color_of(&r->rows.v[i]);
        if (c)
            scols_cell_set_color(scols_line_get_cell(line, SPEEDUP), c);
    }
    if (e == ERR_OK && scols_print_table(t) != 0)
        e = ERR_IO;
    scols_unref_table(t);
    return e;
}

static void print_head(FILE *out, const struct bench_report *r)
{
    fprintf(out, "%s", r->kernel);
    for (size_t i = 0; i < r->args.n; i++)
        fprintf(out, " %s", r->args.v[i]);
    fprintf(out, ": value %s%s\n", r->value,
            r->stop == BENCH_STOP_FAILED ? " expected" : " in every run");
    fprintf(out, "%s, %d core%s, %s\n", r->host.cpu ? r->host.cpu : "CPU",
            r->host.cores, r->host.cores == 1 ? "" : "s",
            r->host.kernel ? r->host.kernel : "");
    for (size_t i = 0; i < r->compilers.n; i++)
        if (r->compilers.v[i].version)
            fprintf(out, "%s: %s\n", r->compilers.v[i].command,
                    r->compilers.v[i].version);
    fputc('\n', out);
}

static const char *stop_text(enum bench_stop s)
{
    switch (s) {
    case BENCH_STOP_NARROW:
        return "every interval is narrow enough";
    case BENCH_STOP_ROUNDS:
        return "as many as were asked for";
    case BENCH_STOP_TIME:
        return "the time was up";
    case BENCH_STOP_CANCELLED:
        return "interrupted";
    default:
        return "a run failed";
    }
}

static bool has_openmp(const struct bench_report *r)
{
    for (size_t i = 0; i < r->rows.n; i++)
        if (r->rows.v[i].model == MODEL_OPENMP)
            return true;
    return false;
}

enum err bench_table(FILE *out, const struct bench_report *r, bool color,
                     size_t width)
{
    print_head(out, r);
    enum err e = print_rows(out, r, color, width);
    fprintf(out, "\n%u round%s in %.1f s: %s\n", r->rounds,
            r->rounds == 1 ? "" : "s", r->elapsed, stop_text(r->stop));
    if (has_openmp(r))
        fputs("OpenMP threads were bound to cores (OMP_PROC_BIND=true)\n", out);
    for (size_t i = 0; i < r->skips.n; i++)
        fprintf(out, "skipped: %s by %s: %s\n", r->skips.v[i].variant,
                r->skips.v[i].compiler, r->skips.v[i].reason);
    for (size_t i = 0; i < r->warnings.n; i++)
        fprintf(out, "%swarning:%s %s\n", color ? "\033[33m" : "",
                color ? "\033[0m" : "", r->warnings.v[i]);
    return e == ERR_OK && ferror(out) ? ERR_IO : e;
}
