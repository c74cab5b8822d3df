/* The matrix cases x detectors for a terminal.
 * SPDX-License-Identifier: MIT */
#include "formats/support/matrix_text.h"

#include "formats/support/grid.h"
#include "formats/support/programs.h"
#include "formats/support/words.h"

#include <stdlib.h>

static void add_word(struct buf *b, const struct result *r, bool brief)
{
    char *word = words_result(r);
    if (brief)
        buf_addf(b, "%c", words_outcome(r).letter);
    else
        buf_adds(b, word);
    free(word);
}

enum tone matrix_tone(const struct result *bug, const struct result *fix)
{
    if (fix && fix->outcome != OUTCOME_CLEAN && !result_died_as_recorded(fix) &&
        fix->outcome < OUTCOME_UNSUPPORTED)
        return TONE_BAD;
    if (result_died_as_recorded(bug ? bug : fix))
        return TONE_WARN;
    if (!bug)
        return fix && fix->outcome == OUTCOME_CLEAN ? TONE_GOOD : TONE_DIM;
    switch (bug->outcome) {
    case OUTCOME_CLEAN: /* a program that is not ours has no bug, we hope */
        return TONE_GOOD;
    case OUTCOME_FLAGGED: /* without a grade: of a program that is not ours */
        return bug->grade == GRADE_EXACT  ? TONE_GOOD
               : bug->grade == GRADE_NONE ? TONE_BAD
                                          : TONE_WARN;
    case OUTCOME_SOMETIMES:
    case OUTCOME_MISSED:
    case OUTCOME_HANG:
    case OUTCOME_TIMEOUT:
        return TONE_WARN;
    case OUTCOME_UNSUPPORTED:
    case OUTCOME_SKIPPED:
    case OUTCOME_CANCELLED:
        return TONE_DIM;
    default:
        return TONE_BAD;
    }
}

static void add_cell(struct grid *g, const struct result *bug,
                     const struct result *fix, bool brief)
{
    struct buf b = {0};
    /* "n/a" and "-" stand for the pair, not for each. */
    bool once = bug && fix && bug->outcome == fix->outcome &&
                bug->outcome >= OUTCOME_UNSUPPORTED;
    if (!bug && !fix) { /* of another shard */
        grid_cell(g, str_dup(""), TONE_DIM);
        return;
    }
    if (bug)
        add_word(&b, bug, brief);
    if (bug && fix && !once && !brief)
        buf_adds(&b, " ");
    if (fix && !once)
        add_word(&b, fix, brief);
    grid_cell(g, buf_take(&b), matrix_tone(bug, fix));
}

/* A bug and a fix in one row; either may be NULL. */
static void add_cells(struct grid *g, const struct report *r,
                      const struct program *bug, const struct program *fix,
                      bool brief)
{
    for (size_t i = 0; i < r->detectors.n; i++) {
        const struct detector_report *d = &r->detectors.v[i];
        if (d->wanted)
            add_cell(g, program_result(bug, d), program_result(fix, d), brief);
    }
}

/* Pairs buggy with fixed in the case's own row, and gives each other one of its
 * programs p[0, n) a row. */
static void add_case(struct grid *g, const struct report *r,
                     const struct program *p, size_t n, bool brief)
{
    const struct program *bug = program_called(p, n, "buggy");
    const struct program *fix = bug ? program_called(p, n, "fixed") : NULL;
    grid_row(g, str_fmt("  %s", p->first->c->name));
    if (bug)
        add_cells(g, r, bug, fix, brief);
    for (size_t i = 0; i < n; i++) {
        const struct variant *v = p[i].first->variant;
        if (&p[i] == bug || &p[i] == fix)
            continue;
        grid_row(g, str_fmt("    %s", v->name));
        add_cells(g, r, v->buggy ? &p[i] : NULL, v->buggy ? NULL : &p[i],
                  brief);
    }
}

static void fill(struct grid *g, const struct report *r,
                 const struct programs *l, bool brief)
{
    const char *class = NULL;
    g->head = "CASE";
    for (size_t i = 0; i < r->detectors.n; i++)
        if (r->detectors.v[i].wanted)
            grid_column(g, r->detectors.v[i].id, false);
    for (size_t i = 0, n; i < l->n; i += n) {
        const struct scenario_case *c = l->v[i].first->c;
        n = programs_of_case(l, i);
        if (!str_eq(c->class, class))
            grid_row(g, str_dup(c->class));
        class = c->class;
        add_case(g, r, &l->v[i], n, brief);
    }
}

static const char words_legend[] =
    "Each cell: the bug, then its fix. found: flagged at its place in every "
    "run;\n"
    "k/n: in k of n; part, off: at one of its two places, elsewhere; miss: "
    "not\n"
    "flagged; hang: not flagged, and blocked for ever; crash: dies under it.\n"
    "ok: clean; ALARM: flagged though correct. n/a: cannot be judged; -: "
    "cannot "
    "be\n"
    "used.\n";

static const char letters_legend[] =
    "Each cell: the bug, then its fix. F: flagged at its place in every run; "
    "S: in\n"
    "some; P, O: at one of its two places, elsewhere; m: not flagged; h: not "
    "flagged,\n"
    "and blocked for ever. .: clean; !: flagged though correct. /: cannot be "
    "judged;\n"
    "-: cannot be used. K: dies under it; t: time-out; D: died; C: does not "
    "compile;\n"
    "E: the detector broke; x: interrupted.\n";

static bool any_annotated(const struct report *r)
{
    for (size_t i = 0; i < r->results.n; i++)
        if (r->results.v[i].outcome == OUTCOME_FLAGGED &&
            r->results.v[i].annotated)
            return true;
    return false;
}

static bool any_claim(const struct report *r)
{
    for (size_t i = 0; i < r->results.n; i++)
        if (r->results.v[i].claim != CLAIM_NONE)
            return true;
    return false;
}

static void print_legend(const struct report *r, bool brief, FILE *out)
{
    fputs(brief ? letters_legend : words_legend, out);
    if (any_annotated(r))
        fprintf(out, "%s: flagged thanks to an annotation in the source.\n",
                brief ? "A" : "annot");
    if (any_claim(r))
        fprintf(out,
                "%s: no schedule of the fix fails; %s: nor do those that it "
                "covers;\n%s: nor did those that were tried. `show` says what "
                "was left out.\n",
                brief ? "V" : "verified", brief ? "B" : "bounded",
                brief ? "o" : "open");
}

void matrix_text(const struct report *r, const struct format_options *o,
                 FILE *out)
{
    struct programs l = {0};
    struct grid g = {0};
    programs_list(r, &l);
    fill(&g, r, &l, false);
    bool brief = !grid_fits(&g, o->width);
    if (brief) {
        grid_fini(&g);
        g = (struct grid){0};
        fill(&g, r, &l, true);
    }
    grid_print(&g, o, out);
    fputs(style(o->color, TONE_DIM), out);
    print_legend(r, brief, out);
    fputs(style(o->color, TONE_PLAIN), out);
    grid_fini(&g);
    vec_fini(&l);
}
