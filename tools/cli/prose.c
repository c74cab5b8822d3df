/* Prose and diffs for a terminal.
 * SPDX-License-Identifier: MIT */
#include "cli/prose.h"

#include "base/str.h"
#include "formats/support/style.h"
#include "os/proc.h"

#include <stdlib.h>
#include <string.h>

/* "1." and "-" at the start of a line of the text begin an item of a list. */
static bool is_item(const char *word, size_t n)
{
    size_t digits = strspn(word, "0123456789");
    return (n == 1 && *word == '-') ||
           (digits > 0 && digits + 1 == n && word[digits] == '.');
}

/* at: columns used in this line; 0: at its start. */
static void fill(FILE *out, const char *text, int at, int indent, int width)
{
    int hang = 0; /* further columns before all but the first line of an item */
    while (*text) {
        size_t blanks = strspn(text, " \n");
        bool paragraph = memmem(text, blanks, "\n\n", 2) != NULL;
        bool line = at == 0 || memchr(text, '\n', blanks) != NULL;
        text += blanks;
        size_t n = strcspn(text, " \n");
        if (n == 0)
            break;
        bool item = line && is_item(text, n);
        int needs = (int)str_columns(text, n);
        if (paragraph || item)
            hang = 0;
        if (at > 0 && (paragraph || item || at + 1 + needs > width)) {
            fputs(paragraph ? "\n\n" : "\n", out);
            at = 0;
        }
        int gap = at ? 1 : indent + hang;
        fprintf(out, "%*s%.*s", gap, "", (int)n, text);
        at += gap + needs;
        if (item)
            hang = needs + 1;
        text += n;
    }
    if (at > 0)
        fputc('\n', out);
}

void prose_print(FILE *out, const char *text, int indent, int width)
{
    fill(out, text, 0, indent, width);
}

void prose_hang(FILE *out, const char *head, const char *text, int indent,
                int width)
{
    int used = (int)str_columns(head, strlen(head));
    int pad = used < indent - 1 ? indent - 1 - used : 0;
    fprintf(out, "%s%*s", head, pad, "");
    fill(out, text, used + pad, indent, width);
}

static enum tone line_tone(const char *line)
{
    if (str_starts(line, "+++") || str_starts(line, "---"))
        return TONE_BOLD;
    switch (line[0]) {
    case '+':
        return TONE_GOOD;
    case '-':
        return TONE_BAD;
    case '@':
        return TONE_DIM;
    default:
        return TONE_PLAIN;
    }
}

static void print_colored(FILE *out, const char *text, bool color)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        enum tone t = line_tone(text);
        fprintf(out, "%s%.*s%s\n", t == TONE_PLAIN ? "" : style(color, t),
                (int)n, text, t == TONE_PLAIN ? "" : style(color, TONE_PLAIN));
        text += n + (text[n] == '\n');
    }
}

enum err prose_diff(FILE *out, const char *from, const char *to, bool color)
{
    const char *argv[] = {"diff",    "-u",
                          "--label", str_basename(from),
                          "--label", str_basename(to),
                          "--",      from,
                          to,        NULL};
    struct proc_spec spec = {
        .argv = argv, .timeout = 30, .head = 1 << 20, .tail = 1 << 16};
    struct proc_result r = {0};
    enum err e = proc_run(&spec, &r);
    if (e != ERR_OK)
        return e;
    char *text = proc_output_text(&r.out);
    print_colored(out, text, color);
    free(text);
    proc_result_fini(&r);
    return ERR_OK;
}
