/* The matrix cases x detectors for a terminal.
 * SPDX-License-Identifier: MIT */
#include "formats/support/matrix_text.h"

#include "formats/support/style.h"

#include <libsmartcols/libsmartcols.h>
#include <stdlib.h>

/* One row: a bug and a fix of one case; either may be NULL. */
struct row {
    const struct scenario_case *c;
    const struct variant *bug, *fix;
};

static const struct result *find(const struct report *r, const struct row *row,
                                 const struct variant *v,
                                 const struct detector_report *d)
{
    for (size_t i = 0; v && i < r->results.n; i++) {
        const struct result *one = &r->results.v[i];
        if (one->c == row->c && one->variant == v && one->detector == d)
            return one;
    }
    return NULL;
}

static const char *word(const struct result *r)
{
    static const char *const words[] = {
        "found", "some", "miss",  "ok",  "ALARM", "hang",    "time",
        "DIED",  "CC",   "ERROR", "n/a", "-",     "stopped",
    };
    if (r->outcome == OUTCOME_FLAGGED && r->grade == GRADE_PARTIAL)
        return "part";
    if (r->outcome == OUTCOME_MISSED && r->grade > GRADE_NONE)
        return "off";
    return words[r->outcome];
}

static void add_word(struct buf *b, const struct result *r)
{
    if (!r)
        buf_adds(b, "");
    else if (r->outcome == OUTCOME_SOMETIMES)
        buf_addf(b, "%u/%u", r->flagged, r->runs);
    else
        buf_adds(b, word(r));
}

static enum tone tone(const struct result *bug, const struct result *fix)
{
    if (fix && fix->outcome != OUTCOME_CLEAN &&
        fix->outcome < OUTCOME_UNSUPPORTED)
        return TONE_BAD;
    if (!bug)
        return fix && fix->outcome == OUTCOME_CLEAN ? TONE_GOOD : TONE_DIM;
    switch (bug->outcome) {
    case OUTCOME_FLAGGED:
        return bug->grade == GRADE_EXACT ? TONE_GOOD : TONE_WARN;
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

static void set_cell(struct libscols_line *line, size_t column,
                     const struct result *bug, const struct result *fix,
                     const struct format_options *o)
{
    struct buf b = {0};
    add_word(&b, bug);
    /* "n/a" and "-" stand for the pair, not for each. */
    bool once = bug && fix && bug->outcome == fix->outcome &&
                bug->outcome >= OUTCOME_UNSUPPORTED;
    if (fix && !once) {
        if (bug)
            buf_adds(&b, " ");
        add_word(&b, fix);
    }
    scols_line_set_data(line, column, buf_str(&b));
    if (o->color)
        scols_cell_set_color(scols_line_get_cell(line, column),
                             style(true, tone(bug, fix)));
    buf_fini(&b);
}

static void add_row(struct libscols_table *t, const struct report *r,
                    const struct row *row, bool first,
                    const struct format_options *o)
{
    struct libscols_line *line = scols_table_new_line(t, NULL);
    const struct variant *shown = row->fix ? row->fix : row->bug;
    bool pair = row->bug && str_eq(row->bug->name, "buggy");
    char *name = first && pair ? str_fmt("  %s", row->c->name)
                               : str_fmt("    %s", shown->name);
    scols_line_set_data(line, 0, name);
    free(name);
    size_t column = 1;
    for (size_t i = 0; i < r->detectors.n; i++) {
        const struct detector_report *d = &r->detectors.v[i];
        if (d->wanted)
            set_cell(line, column++, find(r, row, row->bug, d),
                     find(r, row, row->fix, d), o);
    }
}

static bool was_run(const struct report *r, const struct variant *v)
{
    for (size_t i = 0; i < r->results.n; i++)
        if (r->results.v[i].variant == v)
            return true;
    return false;
}

/* Pairs buggy with fixed, and gives each other variant its own row. */
static void add_case(struct libscols_table *t, const struct report *r,
                     const struct scenario_case *c,
                     const struct format_options *o)
{
    const struct variant *bug = case_variant(c, "buggy");
    const struct variant *fix = case_variant(c, "fixed");
    struct row pair = {c, bug && was_run(r, bug) ? bug : NULL,
                       fix && was_run(r, fix) ? fix : NULL};
    if (pair.bug) {
        add_row(t, r, &pair, true, o);
    } else {
        char *name = str_fmt("  %s", c->name);
        scols_line_set_data(scols_table_new_line(t, NULL), 0, name);
        free(name);
        if (pair.fix)
            add_row(t, r, &pair, true, o);
    }
    for (size_t i = 0; i < c->variants.n; i++) {
        const struct variant *v = &c->variants.v[i];
        struct row row = {c, v->buggy ? v : NULL, v->buggy ? NULL : v};
        if (v != bug && v != fix && was_run(r, v))
            add_row(t, r, &row, false, o);
    }
}

void matrix_text(const struct report *r, const struct format_options *o,
                 FILE *out)
{
    struct libscols_table *t = scols_new_table();
    const struct scenario_case *last = NULL;
    scols_table_set_stream(t, out);
    scols_table_enable_colors(t, o->color);
    scols_table_set_termforce(t, SCOLS_TERMFORCE_NEVER);
    scols_table_new_column(t, "CASE", 0, 0);
    for (size_t i = 0; i < r->detectors.n; i++)
        if (r->detectors.v[i].wanted)
            scols_table_new_column(t, r->detectors.v[i].id, 0, 0);
    for (size_t i = 0; i < r->results.n; i++) {
        const struct scenario_case *c = r->results.v[i].c;
        if (c == last)
            continue;
        if (!last || !str_eq(c->class, last->class))
            scols_line_set_data(scols_table_new_line(t, NULL), 0, c->class);
        add_case(t, r, c, o);
        last = c;
    }
    scols_print_table(t);
    scols_unref_table(t);
    static const char legend[] =
        "Each cell: the bug, then its fix. found: flagged at its place in "
        "every "
        "run;\n"
        "k/n: in k of n; part, off: at one of its two places, elsewhere; miss: "
        "not\n"
        "flagged; hang: not flagged, and blocked for ever. ok: clean; ALARM: "
        "flagged\n"
        "though correct. n/a: cannot be judged; -: cannot be used.\n";
    fprintf(out, "%s%s%s", style(o->color, TONE_DIM), legend,
            style(o->color, TONE_PLAIN));
}
