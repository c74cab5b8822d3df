/* The matrix on the page, and the filters above it.
 * SPDX-License-Identifier: MIT */
#include "formats/support/html_page.h"

#include "formats/support/matrix_text.h"
#include "formats/support/words.h"

#include <stdlib.h>

const char *html_tone(const struct result *bug, const struct result *fix)
{
    static const char *const classes[] = {
        [TONE_PLAIN] = "plain", [TONE_GOOD] = "good", [TONE_BAD] = "bad",
        [TONE_WARN] = "warn",   [TONE_DIM] = "dim",   [TONE_BOLD] = "plain",
    };
    return classes[matrix_tone(bug, fix)];
}

static void add_outcome(struct page *p, const struct result *r,
                        const char *before)
{
    if (r)
        buf_addf(&p->b, "%s%s%s", before, outcome_id(r->outcome),
                 r->differs ? " differs" : "");
}

static void add_word(struct page *p, const struct result *r)
{
    buf_adds(&p->b, "<a");
    html_case_anchor(p, HTML_LINK, r->c);
    buf_adds(&p->b, ">");
    html_words(p, words_result(r));
    buf_adds(&p->b, r->differs ? "<b>&ne;</b></a> " : "</a> ");
}

/* "n/a" and "-" stand for both. */
static void add_cell(struct page *p, const struct result *bug,
                     const struct result *fix)
{
    bool once = bug && fix && bug->outcome == fix->outcome &&
                bug->outcome >= OUTCOME_UNSUPPORTED;
    if (!bug && !fix) {
        buf_adds(&p->b, "<td>");
        return;
    }
    buf_addf(&p->b, "<td class=%s data-o=\"", html_tone(bug, fix));
    add_outcome(p, bug, "");
    add_outcome(p, fix, bug ? " " : "");
    buf_adds(&p->b, "\">");
    if (bug)
        add_word(p, bug);
    if (fix && !once)
        add_word(p, fix);
}

/* A row of a bug and a fix, of which each may be NULL; variant is NULL in that
 * of the case itself. */
static void add_row(struct page *p, const struct scenario_case *c,
                    const char *variant, const struct program *bug,
                    const struct program *fix)
{
    buf_adds(&p->b, "<tr data-name=\"");
    html_text(p, c->id);
    buf_adds(&p->b,
             variant ? "\"><th scope=row class=more>" : "\"><th scope=row>");
    buf_adds(&p->b, "<a");
    html_case_anchor(p, HTML_LINK, c);
    buf_adds(&p->b, ">");
    html_text(p, variant ? variant : c->name);
    buf_adds(&p->b, "</a>");
    for (size_t i = 0; i < p->report->detectors.n; i++) {
        const struct detector_report *d = &p->report->detectors.v[i];
        if (d->wanted)
            add_cell(p, program_result(bug, d), program_result(fix, d));
    }
    buf_adds(&p->b, "\n");
}

static void add_case(struct page *p, const struct program *l, size_t n)
{
    const struct program *bug = program_called(l, n, "buggy");
    const struct program *fix = bug ? program_called(l, n, "fixed") : NULL;
    if (n == 1 && l->first->variant->buggy)
        bug = l;
    else if (n == 1)
        fix = l;
    add_row(p, l->first->c, NULL, bug, fix);
    for (size_t i = 0; i < n; i++) {
        const struct variant *v = l[i].first->variant;
        if (&l[i] != bug && &l[i] != fix)
            add_row(p, l->first->c, v->name, v->buggy ? &l[i] : NULL,
                    v->buggy ? NULL : &l[i]);
    }
}

static void add_class(struct page *p, const char *class, size_t columns)
{
    buf_adds(&p->b, "<tbody data-class=\"");
    html_text(p, class);
    buf_addf(&p->b, "\">\n<tr class=class><th scope=rowgroup colspan=%zu>",
             columns + 1);
    html_text(p, class);
    buf_adds(&p->b, "\n");
}

static size_t add_heads(struct page *p)
{
    size_t columns = 0;
    buf_adds(&p->b, "<div class=scroll role=region aria-label=Matrix "
                    "tabindex=0>\n<table id=matrix>\n<thead><tr><th "
                    "scope=col>Case");
    for (size_t i = 0; i < p->report->detectors.n; i++) {
        if (!p->report->detectors.v[i].wanted)
            continue;
        buf_adds(&p->b, "<th scope=col>");
        html_text(p, p->report->detectors.v[i].id);
        columns++;
    }
    buf_adds(&p->b, "\n");
    return columns;
}

static bool has_outcome(const struct report *r, enum outcome o)
{
    for (size_t i = 0; i < r->results.n; i++)
        if (r->results.v[i].outcome == o)
            return true;
    return false;
}

static void add_choices(struct page *p)
{
    struct strv classes = {0};
    for (size_t i = 0; i < p->programs.n; i++)
        if (!strv_has(&classes, p->programs.v[i].first->c->class))
            strv_add(&classes, p->programs.v[i].first->c->class);
    buf_adds(&p->b, "<label>Class <select id=of-class><option value=\"\">all");
    for (size_t i = 0; i < classes.n; i++) {
        buf_adds(&p->b, "<option>");
        html_text(p, classes.v[i]);
    }
    strv_fini(&classes);
    buf_adds(&p->b, "</select></label>\n<label>Outcome <select id=of-outcome>"
                    "<option value=\"\">all<option value=differs>differs from "
                    "the record");
    for (int o = 0; o <= OUTCOME_CANCELLED; o++)
        if (has_outcome(p->report, (enum outcome)o))
            buf_addf(&p->b, "<option>%s", outcome_id((enum outcome)o));
    buf_adds(&p->b, "</select></label>\n<label>Name <input type=search "
                    "id=of-name size=16></label>\n");
}

/* They need the script, which shows them. */
static void add_filters(struct page *p)
{
    buf_adds(&p->b, "<form id=filters hidden>\n");
    add_choices(p);
    buf_adds(&p->b, "<fieldset id=of-detectors><legend>Detectors</legend>\n");
    for (size_t i = 0; i < p->report->detectors.n; i++) {
        if (!p->report->detectors.v[i].wanted)
            continue;
        buf_adds(&p->b, "<label><input type=checkbox checked value=\"");
        html_text(p, p->report->detectors.v[i].id);
        buf_adds(&p->b, "\"> ");
        html_text(p, p->report->detectors.v[i].id);
        buf_adds(&p->b, "</label>\n");
    }
    buf_adds(&p->b, "</fieldset>\n<button type=reset>All</button>\n"
                    "<output id=shown></output>\n</form>\n");
}

static const char legend[] =
    "<p class=legend>Each cell: the bug, then its fix. <b>found</b>: flagged "
    "at its place in every run; <b>k/n</b>: in k of n; <b>part</b>, "
    "<b>off</b>: at one of its two places, elsewhere; <b>miss</b>: not "
    "flagged; <b>hang</b>: not flagged, and blocked for ever; <b>crash</b>: "
    "dies under it. <b>ok</b>: clean; <b>ALARM</b>: flagged though correct. "
    "<b>n/a</b>: cannot be judged; <b>-</b>: cannot be used; <b>time</b>: "
    "time-out; <b>DIED</b>: did not end as it must; <b>CC</b>: does not "
    "compile; <b>ERROR</b>: the detector broke; <b>&ne;</b>: differs from the "
    "record.\n";

/* Of a program of the user's own. */
static const char own_legend[] =
    "<p class=legend><b>found</b>: it has findings, in every run; <b>k/n</b>: "
    "in k of n; <b>ok</b>: none, but for those that are known; <b>hang</b>: "
    "blocked for ever; <b>time</b>: time-out; <b>crash</b>: it died; "
    "<b>DIED</b>: did not end as it must; <b>CC</b>: could not be built; "
    "<b>n/a</b>: cannot be judged; <b>-</b>: cannot be used; <b>ERROR</b>: the "
    "detector broke; <b>&ne;</b>: fails.\n";

void html_matrix(struct page *p)
{
    const char *class = NULL;
    buf_adds(&p->b, "<section id=section-matrix>\n<h2>Matrix</h2>\n");
    add_filters(p);
    size_t columns = add_heads(p);
    for (size_t i = 0, n; i < p->programs.n; i += n) {
        const char *next = p->programs.v[i].first->c->class;
        n = programs_of_case(&p->programs, i);
        if (!str_eq(next, class))
            add_class(p, next, columns);
        class = next;
        add_case(p, &p->programs.v[i], n);
    }
    buf_adds(&p->b, "</table>\n</div>\n");
    buf_adds(&p->b, p->report->merged ? own_legend : legend);
    buf_adds(&p->b, "</section>\n");
}
