/* Measurements as a page of Markdown.
 * SPDX-License-Identifier: MIT */
#include "bench/sheet.h"

#include <stdlib.h>

/* A bar would end the cell. */
static void print_cell(FILE *out, const char *s)
{
    fputs("| ", out);
    for (; *s; s++) {
        if (*s == '|' || *s == '\\')
            fputc('\\', out);
        fputc(*s, out);
    }
    fputc(' ', out);
}

static void print_sheet(FILE *out, const struct sheet *s)
{
    fprintf(out, "\n%s\n\n", s->title);
    for (size_t c = 0; c < s->columns; c++)
        print_cell(out, s->heads[c].name);
    fputs("|\n", out);
    for (size_t c = 0; c < s->columns; c++)
        fputs(s->heads[c].right ? "| ---: " : "| --- ", out);
    fputs("|\n", out);
    for (size_t i = 0; i < s->lines.n; i++) {
        for (size_t c = 0; c < s->columns; c++)
            print_cell(out, s->lines.v[i].cells.v[c]);
        fputs("|\n", out);
    }
}

static void print_list(FILE *out, const char *before, const struct strv *l)
{
    for (size_t i = 0; i < l->n; i++)
        fprintf(out, "%s- %s%s\n", i == 0 ? "\n" : "", before, l->v[i]);
}

static void print_report(FILE *out, const struct bench_report *r)
{
    struct sheets sheets = {0};
    struct strv notes = {0};
    fprintf(out, "## %s\n\n%s, %d core%s, %s\n", r->kernel,
            r->host.cpu ? r->host.cpu : "CPU", r->host.cores,
            r->host.cores == 1 ? "" : "s",
            r->host.kernel ? r->host.kernel : "");
    for (size_t i = 0; i < r->compilers.n; i++)
        if (r->compilers.v[i].version)
            fprintf(out, "%s- %s: %s\n", i == 0 ? "\n" : "",
                    r->compilers.v[i].command, r->compilers.v[i].version);
    sheets_make(r, &sheets);
    for (size_t i = 0; i < sheets.n; i++)
        print_sheet(out, &sheets.v[i]);
    sheet_notes(r, &notes);
    print_list(out, "", &notes);
    print_list(out, "**warning**: ", &r->warnings);
    strv_fini(&notes);
    sheets_fini(&sheets);
}

enum err bench_markdown(FILE *out, const struct bench_reports *l)
{
    for (size_t i = 0; i < l->n; i++) {
        if (i > 0)
            fputc('\n', out);
        print_report(out, &l->v[i]);
    }
    return fflush(out) == 0 && !ferror(out) ? ERR_OK : ERR_IO;
}
