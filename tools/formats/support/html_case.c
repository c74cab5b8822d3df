/* One case on the page: what happens and why, who said what, the sources, and
 * the raw reports.
 * SPDX-License-Identifier: MIT */
#include "formats/support/html_page.h"
#include "formats/support/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Findings of one program that are told. */
#define MOST_FINDINGS 40

static bool starts_item(const char *line)
{
    const char *digits = line;
    while (isdigit((unsigned char)*digits))
        digits++;
    return str_starts(line, "- ") ||
           (digits > line && str_starts(digits, ". "));
}

/* Text of a manifest: `code` between backticks. */
static void add_code(struct page *p, const char *s, size_t n)
{
    char *copy = str_ndup(s, n);
    char *rest = copy, *part;
    for (bool code = false; (part = strsep(&rest, "`")); code = !code) {
        buf_adds(&p->b, code && rest ? "<code>" : code ? "`" : "");
        html_text(p, part);
        buf_adds(&p->b, code && rest ? "</code>" : "");
    }
    free(copy);
}

/* Paragraphs between empty lines; items begin a line. */
static void add_prose(struct page *p, const char *title, const char *text)
{
    bool fresh = true;
    if (!text || !*text)
        return;
    buf_addf(&p->b, "<h4>%s</h4>\n", title);
    while (*text) {
        size_t n = strcspn(text, "\n");
        if (n == 0) {
            fresh = true;
        } else {
            buf_adds(&p->b, fresh               ? "<p>"
                            : starts_item(text) ? "<br>\n"
                                                : "\n");
            add_code(p, text, n);
            fresh = false;
        }
        text += n + (text[n] == '\n');
    }
    buf_adds(&p->b, "\n");
}

static void add_facts(struct page *p, const struct scenario_case *c)
{
    const struct manifest *m = c->manifest;
    buf_addf(&p->b, "<p class=facts>Model: %s", model_id(m->model));
    if (m->failure != FAILURE_NONE)
        buf_addf(&p->b, "; fails by: %s", failure_id(m->failure));
    for (unsigned i = 0; i < m->plain_count; i++)
        if (m->plain[i].flags_count == 0 && m->plain[i].args_count == 0)
            buf_addf(&p->b, " (%s in %u of %u plain runs)",
                     manifest_variant(m->plain[i].variant), m->plain[i].shows,
                     m->plain[i].runs);
    for (unsigned i = 0; i < m->cwe_count; i++)
        buf_addf(&p->b, "; CWE-%u", m->cwe[i]);
    for (unsigned i = 0; i < m->cert_count; i++) {
        buf_adds(&p->b, "; ");
        html_text(p, m->cert[i]);
    }
    buf_adds(&p->b, m->origin && *m->origin ? "\n<p class=facts>Origin: " : "");
    add_code(p, m->origin ? m->origin : "", m->origin ? strlen(m->origin) : 0);
    buf_adds(&p->b, "\n");
}

/* Why it is so, as far as anyone knows. */
static void add_why(struct page *p, const struct result *r)
{
    char *gate = words_gate_text(p->report, r);
    const char *reason = r->expected ? r->expected->reason : NULL;
    buf_adds(&p->b, "<td>");
    if (*gate) {
        buf_adds(&p->b, "<strong>Gate: ");
        html_text(p, gate);
        buf_adds(&p->b, "</strong> ");
    }
    html_text(p, r->note ? r->note : reason);
    if (r->claim == CLAIM_VERIFIED)
        html_text(p, r->claim_terms);
    free(gate);
}

static void add_cell(struct page *p, const struct result *r)
{
    const struct raw_report *raw =
        &p->raws.v[(size_t)(r - p->report->results.v)];
    bool linked = raw->dir && raw->names.n;
    buf_addf(&p->b, "<td class=%s>",
             r->variant->buggy ? html_tone(r, NULL) : html_tone(NULL, r));
    if (linked) {
        buf_adds(&p->b, "<a");
        html_raw_anchor(p, HTML_LINK, r);
        buf_adds(&p->b, ">");
    }
    buf_adds(&p->b, outcome_id(r->outcome));
    buf_adds(&p->b, linked ? "</a>" : "");
    if (r->variant->buggy && r->grade != GRADE_NONE)
        buf_addf(&p->b, ", %s", grade_id(r->grade));
    if (r->claim != CLAIM_NONE)
        buf_addf(&p->b, ", %s", claimed_id(r->claim));
    buf_addf(&p->b, "<td>%u/%u<td>%.2f s", r->flagged, r->runs, r->seconds);
    add_why(p, r);
    buf_adds(&p->b, "\n");
}

/* A fix that is clean says nothing that the matrix does not, unless more is
 * claimed of it. */
static bool worth_a_row(const struct result *r)
{
    return r->variant->buggy || r->claim != CLAIM_NONE ||
           r->outcome != OUTCOME_CLEAN || r->differs;
}

static void add_verdicts(struct page *p, const struct program *l, size_t n)
{
    size_t clean = 0;
    buf_adds(&p->b,
             "<h4>What each detector said</h4>\n<div class=scroll role=region "
             "aria-label=Verdicts tabindex=0>\n<table "
             "class=verdicts>\n<thead><tr><th "
             "scope=col>Detector<th scope=col>program<th scope=col>outcome<th "
             "scope=col>flagged<th scope=col>took<th scope=col>why\n<tbody>\n");
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < l[i].n; j++) {
            const struct result *r = &l[i].first[j];
            clean += !worth_a_row(r);
            if (!worth_a_row(r))
                continue;
            buf_adds(&p->b, "<tr><th scope=row>");
            html_text(p, r->detector->id);
            buf_adds(&p->b, "<td>");
            html_text(p, r->variant->name);
            add_cell(p, r);
        }
    buf_adds(&p->b, "</table>\n</div>\n");
    if (clean)
        buf_addf(&p->b, "<p class=legend>And %zu times a fix was clean.\n",
                 clean);
}

static bool is_shown(struct page *p, const char *file, int line)
{
    const struct source *s = sources_get(&p->places.sources, file);
    return s && source_is_text(s) && (size_t)line <= s->starts.n;
}

static void add_access(struct page *p, const struct group *g,
                       const struct access *a)
{
    const struct frame *f = access_place(a);
    bool inside = f && place_is_in(g->result, f);
    buf_adds(&p->b, "<li>");
    html_words(p, words_access(a));
    if (!f)
        return;
    const char *file = inside ? g->result->variant->source : f->file;
    bool shown = is_shown(p, file, f->line);
    buf_adds(&p->b, shown ? ": <a" : ": ");
    if (shown && inside)
        html_line_anchor(p, HTML_LINK, g->result, f->line);
    else if (shown)
        html_file_anchor(p, HTML_LINK, g->result, file, f->line);
    buf_adds(&p->b, shown ? ">" : "");
    html_text(p, str_basename(file));
    buf_addf(&p->b, ":%d%s\n", f->line, shown ? "</a>" : "");
}

static void add_finding(struct page *p, const struct group *g)
{
    buf_adds(&p->b, "<li><strong>");
    html_words(p, words_finding(g->finding, g->object));
    buf_adds(&p->b, "</strong> in ");
    html_text(p, str_basename(g->result->variant->source));
    buf_adds(&p->b, " <span class=who>");
    for (size_t i = 0; i < g->detectors.n; i++) {
        buf_adds(&p->b, i ? ", " : "");
        html_text(p, g->detectors.v[i]);
    }
    buf_adds(&p->b, group_is_other(g) ? "; not the recorded bug</span>\n<ul>\n"
                                      : "</span>\n<ul>\n");
    for (size_t i = 0; i < g->finding->accesses.n; i++)
        if (g->finding->accesses.v[i].role != ROLE_CREATED)
            add_access(p, g, &g->finding->accesses.v[i]);
    buf_adds(&p->b, "</ul>\n");
}

void html_findings(struct page *p, const struct groups *l)
{
    if (l->n == 0)
        return;
    buf_adds(&p->b, "<h4>Findings</h4>\n<ul class=findings>\n");
    for (size_t i = 0; i < l->n && i < MOST_FINDINGS; i++)
        add_finding(p, &l->v[i]);
    if (l->n > MOST_FINDINGS)
        buf_addf(&p->b, "<li>and %zu more\n", l->n - MOST_FINDINGS);
    buf_adds(&p->b, "</ul>\n");
}

static void collect(const struct program *l, size_t n, struct groups *out)
{
    for (size_t i = 0; i < n; i++) {
        struct groups one = {0};
        groups_add(&one, l[i].first, l[i].n);
        for (size_t j = 0; j < one.n; j++)
            vec_push(out, one.v[j]);
        vec_fini(&one);
    }
}

static void add_raws(struct page *p, const struct program *l, size_t n)
{
    buf_adds(&p->b, "<h4>Raw reports</h4>\n");
    size_t before = p->b.len;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < l[i].n; j++)
            html_raw(p, &l[i].first[j]);
    if (p->b.len == before)
        buf_adds(&p->b, "<p>There are none.\n");
}

void html_case(struct page *p, const struct program *l, size_t n)
{
    const struct scenario_case *c = l->first->c;
    struct groups found = {0};
    bool differs = false;
    collect(l, n, &found);
    for (size_t i = 0; i < n; i++)
        differs |= l[i].differs;
    buf_adds(&p->b, "<details class=case");
    html_case_anchor(p, HTML_ID, c);
    buf_adds(&p->b, " data-name=\"");
    html_text(p, c->id);
    buf_adds(&p->b, "\"><summary><h3>");
    html_text(p, c->id);
    buf_adds(&p->b, differs ? " <b>&ne;</b></h3> " : "</h3> ");
    html_text(p, c->manifest->title);
    buf_adds(&p->b, "</summary>\n");
    add_facts(p, c);
    add_prose(p, "Scenario", c->manifest->scenario);
    add_prose(p, "Diagnosis", c->manifest->diagnosis);
    add_verdicts(p, l, n);
    html_findings(p, &found);
    html_sources(p, l, n);
    html_excerpts(p, &found);
    add_raws(p, l, n);
    buf_adds(&p->b, "</details>\n");
    groups_fini(&found);
}
