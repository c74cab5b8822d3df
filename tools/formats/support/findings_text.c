/* Findings as compilers print theirs.
 * SPDX-License-Identifier: MIT */
#include "formats/support/findings_text.h"

#include "formats/support/groups.h"
#include "formats/support/style.h"
#include "formats/support/words.h"

#include <stdlib.h>

static void print_place(const struct frame *f, FILE *out)
{
    if (!f) {
        fputs("(place lost): ", out);
        return;
    }
    style_text(style_path(f->file), out);
    fprintf(out, ":%d:", f->line);
    if (f->col > 0)
        fprintf(out, "%d:", f->col);
    fputs(" ", out);
}

/* Who said so, and whether it is what they should have said. */
static char *ids_of(const struct group *g)
{
    struct buf b = {0};
    for (size_t i = 0; i < g->detectors.n; i++)
        buf_addf(&b, "%s%s", i ? ", " : "", g->detectors.v[i]);
    buf_adds(&b, group_is_other(g) ? "], not the recorded bug" : "]");
    return buf_take(&b);
}

/* Prints what words_... gave, and frees it. */
static void print_words(char *words, FILE *out)
{
    style_text(words, out);
    free(words);
}

static void print_finding(const struct finding *f, const char *object,
                          const char *ids, const struct format_options *o,
                          FILE *out)
{
    bool placed = f->accesses.n > 0;
    fputs(style(o->color, TONE_BOLD), out);
    print_place(placed ? access_place(&f->accesses.v[0]) : NULL, out);
    fprintf(out, "%s%swarning:%s ", style(o->color, TONE_PLAIN),
            style(o->color, TONE_WARN), style(o->color, TONE_PLAIN));
    print_words(words_finding(f, object), out);
    fputs(" [", out);
    style_text(ids, out);
    fputc('\n', out);
    for (size_t i = 0; i < f->accesses.n; i++) {
        const struct access *a = &f->accesses.v[i];
        if (a->role == ROLE_CREATED)
            continue;
        fputs("  ", out);
        print_place(access_place(a), out);
        fprintf(out, "%snote:%s ", style(o->color, TONE_DIM),
                style(o->color, TONE_PLAIN));
        print_words(words_access(a), out);
        fputc('\n', out);
    }
}

static void print_group(const struct group *g, const struct format_options *o,
                        FILE *out)
{
    char *ids = ids_of(g);
    print_finding(g->finding, g->object, ids, o, out);
    free(ids);
}

void finding_text(const struct finding *f, const char *ids,
                  const struct format_options *o, FILE *out)
{
    char *closed = str_fmt("%s]", ids);
    print_finding(f, f->object, closed, o, out);
    free(closed);
}

void findings_text(const struct result *results, size_t n, size_t most,
                   const struct format_options *o, FILE *out)
{
    struct groups l = {0};
    groups_add(&l, results, n);
    for (size_t i = 0; i < l.n && i < most; i++)
        print_group(&l.v[i], o, out);
    if (l.n > most)
        fprintf(out, "  ... and %zu more places; --json has them all\n",
                l.n - most);
    groups_fini(&l);
}
