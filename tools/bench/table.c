/* A measurement as tables.
 * SPDX-License-Identifier: MIT */
#include "bench/sheet.h"

#include <libsmartcols.h>
#include <stdlib.h>

static void print_head(FILE *out, const struct bench_report *r)
{
    fprintf(out, "%s: %s, %d core%s", r->kernel,
            r->host.cpu ? r->host.cpu : "CPU", r->host.cores,
            r->host.cores == 1 ? "" : "s");
    fprintf(out, ", %s\n", r->host.kernel ? r->host.kernel : "");
    for (size_t i = 0; i < r->compilers.n; i++)
        if (r->compilers.v[i].version)
            fprintf(out, "%s: %s\n", r->compilers.v[i].command,
                    r->compilers.v[i].version);
}

static struct libscols_table *table_new(FILE *out, bool color, size_t width,
                                        const struct sheet *s)
{
    struct libscols_table *t = scols_new_table();
    if (!t)
        return NULL;
    scols_table_set_stream(t, out);
    scols_table_enable_colors(t, color);
    scols_table_set_termforce(t, SCOLS_TERMFORCE_ALWAYS);
    scols_table_set_termwidth(t, width);
    for (size_t i = 0; i < s->columns; i++) {
        int flags = (s->heads[i].right ? SCOLS_FL_RIGHT : 0) |
                    (s->heads[i].cut ? SCOLS_FL_TRUNC : 0);
        if (!scols_table_new_column(t, s->heads[i].name, 0, flags)) {
            scols_unref_table(t);
            return NULL;
        }
    }
    return t;
}

/* Green pays, yellow pays half, red does not. */
static const char *color_of(const struct sheet_line *line)
{
    static const char *const colors[] = {
        [SHEET_PLAIN] = NULL,
        [SHEET_GOOD] = "green",
        [SHEET_FAIR] = "yellow",
        [SHEET_BAD] = "red",
    };
    return colors[line->tone];
}

enum err sheet_print(FILE *out, const struct sheet *s, bool color, size_t width)
{
    struct libscols_table *t = table_new(out, color, width, s);
    enum err e = t ? ERR_OK : ERR_IO;
    for (size_t i = 0; i < s->lines.n && e == ERR_OK; i++) {
        struct libscols_line *line = scols_table_new_line(t, NULL);
        if (!line) {
            e = ERR_IO;
            break;
        }
        for (size_t c = 0; c < s->columns; c++)
            scols_line_set_data(line, c, s->lines.v[i].cells.v[c]);
        const char *tone = color_of(&s->lines.v[i]);
        if (tone)
            scols_cell_set_color(scols_line_get_cell(line, s->toned), tone);
    }
    if (e == ERR_OK && scols_print_table(t) != 0)
        e = ERR_IO;
    scols_unref_table(t);
    return e;
}

static enum err print_sheets(FILE *out, const struct bench_report *r,
                             bool color, size_t width)
{
    struct sheets sheets = {0};
    enum err e = ERR_OK;
    sheets_make(r, &sheets);
    for (size_t i = 0; i < sheets.n && e == ERR_OK; i++) {
        fprintf(out, "\n%s\n", sheets.v[i].title);
        e = sheet_print(out, &sheets.v[i], color, width);
    }
    sheets_fini(&sheets);
    return e;
}

enum err bench_table(FILE *out, const struct bench_report *r, bool color,
                     size_t width)
{
    struct strv notes = {0};
    print_head(out, r);
    enum err e = print_sheets(out, r, color, width);
    fputc('\n', out);
    sheet_notes(r, &notes);
    for (size_t i = 0; i < notes.n; i++)
        fprintf(out, "%s\n", notes.v[i]);
    strv_fini(&notes);
    for (size_t i = 0; i < r->warnings.n; i++)
        fprintf(out, "%swarning:%s %s\n", color ? "\033[33m" : "",
                color ? "\033[0m" : "", r->warnings.v[i]);
    return e == ERR_OK && ferror(out) ? ERR_IO : e;
}
