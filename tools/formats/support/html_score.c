/* The score on the page: how right each detector was, in which class, and at
 * what cost.
 * SPDX-License-Identifier: MIT */
#include "formats/support/html_page.h"

/* The heads may be followed by more, then by body(). */
static void begin(struct page *p, const char *title, const char *heads)
{
    buf_addf(&p->b,
             "<h3>%s</h3>\n<div class=scroll role=region aria-label=\"%s\" "
             "tabindex=0>\n<table class=figures>\n<thead><tr>%s",
             title, title, heads);
}

static void body(struct page *p)
{
    buf_adds(&p->b, "\n<tbody>\n");
}

static void end(struct page *p, const char *note)
{
    buf_addf(&p->b, "</table>\n</div>\n<p class=legend>%s\n", note);
}

static void add_head(struct page *p, const char *name)
{
    buf_adds(&p->b, "<tr><th scope=row>");
    html_text(p, name);
}

/* The share, and its interval as figures and as a line. */
static void add_share(struct page *p, const struct share *s)
{
    if (s->n == 0) {
        buf_adds(&p->b, "<td>-<td>-");
        return;
    }
    double at = 100.0 * s->k / s->n, low = 100 * s->low, high = 100 * s->high;
    buf_addf(&p->b,
             "<td>%u/%u<td>%.0f %% <small>%.0f-%.0f</small> <svg class=ci "
             "viewBox=\"-4 0 108 10\" aria-hidden=true><path class=all d=\"M0 "
             "5H100\"/><path class=range d=\"M%.1f 5H%.1f\"/><circle "
             "cx=\"%.1f\" cy=\"5\" r=\"3\"/></svg>",
             s->k, s->n, at, low, high, low, high > low ? high : low + .1, at);
}

static void add_tallies(struct page *p)
{
    const struct score *s = &p->report->score;
    begin(p, "How right",
          "<th scope=col>Detector<th scope=col colspan=2>bugs flagged in every "
          "run<th scope=col>in some<th scope=col colspan=2>fixes flagged<th "
          "scope=col colspan=2>exactly there");
    body(p);
    for (size_t i = 0; i < s->detectors.n; i++) {
        const struct detector_score *d = &s->detectors.v[i];
        add_head(p, d->detector->id);
        add_share(p, &d->tally.recall);
        buf_addf(&p->b, "<td>%u", d->tally.sometimes);
        add_share(p, &d->tally.alarms);
        add_share(p, &d->tally.exact);
        buf_adds(&p->b, "\n");
    }
    end(p, "Of what each judged. Small figures and lines: the 95 % Wilson "
           "score interval. Exactly there: of the bugs flagged, those with "
           "each access at its labelled line.");
}

static void add_seconds(struct page *p, double total, double median,
                        double factor)
{
    buf_addf(&p->b, "<td>%.1f<td>%.3f<td>", total, median);
    if (factor > 0)
        buf_addf(&p->b, "%.*f", factor < 9.95 ? 1 : 0, factor);
    else
        buf_adds(&p->b, "-");
}

static void add_costs(struct page *p)
{
    const struct score *s = &p->report->score;
    begin(p, "Cost",
          "<th scope=col>Detector<th scope=col>runs<th scope=col>CPU s<th "
          "scope=col>median<th scope=col>times<th scope=col>wall s<th "
          "scope=col>median<th scope=col>times");
    body(p);
    for (size_t i = 0; i < s->detectors.n; i++) {
        const struct cost *c = &s->detectors.v[i].cost;
        add_head(p, s->detectors.v[i].detector->id);
        buf_addf(&p->b, "<td>%u", c->runs);
        add_seconds(p, c->cpu, c->cpu_median, c->cpu_factor);
        add_seconds(p, c->wall, c->wall_median, c->wall_factor);
        buf_adds(&p->b, "\n");
    }
    end(p, s->baseline ? "Seconds of all runs, builds aside; median: of one "
                         "run; times: as much as the same programs took under "
                         "the watchdog, uninstrumented."
                       : "Seconds of all runs, builds aside; median: of one "
                         "run.");
}

static void add_class(struct page *p, const struct class_score *c)
{
    add_head(p, c->class);
    buf_addf(&p->b, "<td>%u", c->bugs);
    for (size_t i = 0; i < c->tallies.n; i++) {
        const struct share *s = &c->tallies.v[i].recall;
        const char *tone = s->n == 0      ? "dim"
                           : s->k == s->n ? "good"
                           : s->k == 0    ? "warn"
                                          : "plain";
        buf_addf(&p->b, "<td class=%s>", tone);
        if (s->n == 0)
            buf_adds(&p->b, "-");
        else if (s->n < c->bugs)
            buf_addf(&p->b, "%u/%u", s->k, s->n);
        else
            buf_addf(&p->b, "%u", s->k);
    }
    buf_adds(&p->b, "\n");
}

static void add_classes(struct page *p)
{
    const struct score *s = &p->report->score;
    begin(p, "By class", "<th scope=col>Class<th scope=col>bugs");
    for (size_t i = 0; i < s->detectors.n; i++) {
        buf_adds(&p->b, "<th scope=col>");
        html_text(p, s->detectors.v[i].detector->id);
    }
    body(p);
    for (size_t i = 0; i < s->classes.n; i++)
        if (s->classes.v[i].bugs)
            add_class(p, &s->classes.v[i]);
    end(p, "Bugs flagged in every run; k/n: of n that it judged; -: it judged "
           "none.");
}

static void add_bugs(struct page *p, const char *title,
                     const struct scored_bugs *l)
{
    if (l->n == 0)
        return;
    buf_addf(&p->b, "<h3>%s (%zu)</h3>\n<ul class=names>\n", title, l->n);
    for (size_t i = 0; i < l->n; i++) {
        buf_adds(&p->b, "<li><a");
        html_case_anchor(p, HTML_LINK, l->v[i].c);
        buf_adds(&p->b, ">");
        html_text(p, l->v[i].c->id);
        if (!str_eq(l->v[i].variant->name, "buggy")) {
            buf_adds(&p->b, ":");
            html_text(p, l->v[i].variant->name);
        }
        buf_adds(&p->b, "</a>\n");
    }
    buf_adds(&p->b, "</ul>\n");
}

void html_score(struct page *p)
{
    const struct score *s = &p->report->score;
    if (s->detectors.n == 0)
        return;
    buf_adds(&p->b, "<section id=section-score>\n<h2>Score</h2>\n");
    add_tallies(p);
    add_costs(p);
    if (s->bugs)
        add_classes(p);
    add_bugs(p, "Bugs that no detector flags", &s->unflagged);
    add_bugs(p, "Bugs that no detector could judge", &s->unjudged);
    buf_adds(&p->b, "</section>\n");
}
