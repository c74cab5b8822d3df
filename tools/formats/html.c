/* One page of HTML that needs nothing else: the matrix with filters, the score,
 * the changes, and each case with its sources and raw reports.
 *
 * It is all there without the script, which filters and opens what a link leads
 * to. The policy in its head lets nothing be fetched, and lets no script and no
 * style work but these two, by their hashes.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/base64.h"
#include "formats/support/html_page.h"

/* Bytes of raw reports on the page, before and after escaping. */
#define RAW_BUDGET ((size_t)3 << 20)
#define RAW_ESCAPED ((size_t)9 << 19)

static enum err write_html(const struct report *r,
                           const struct format_options *o, FILE *out);

const struct format format_html = {
    .id = "html",
    .title = "one page for a browser, with sources and raw reports",
    .write = write_html,
};

/* By the build, from tools/formats/html. */
extern const char embedded_report_css[], embedded_report_css_sha256[];
extern const char embedded_report_js[], embedded_report_js_sha256[];

static void add_hash(struct buf *b, const char *digits)
{
    buf_adds(b, "'sha256-");
    base64_add_hex(b, digits);
    buf_adds(b, "'");
}

static void add_head(struct page *p)
{
    struct buf *b = &p->b;
    buf_adds(b, "<!DOCTYPE html>\n<html lang=en>\n<meta charset=utf-8>\n"
                "<meta http-equiv=\"Content-Security-Policy\" "
                "content=\"default-src 'none'; img-src data:; base-uri "
                "'none'; form-action 'none'; style-src ");
    add_hash(b, embedded_report_css_sha256);
    buf_adds(b, "; script-src ");
    add_hash(b, embedded_report_js_sha256);
    buf_addf(b,
             "\">\n<meta name=viewport content=\"width=device-width,"
             "initial-scale=1\">\n<meta name=color-scheme content=\"light "
             "dark\">\n<meta name=generator content=\"Lockstep %s\">\n"
             "<title>Lockstep: who saw the bug</title>\n<style>%s</style>\n",
             LOCKSTEP_VERSION, embedded_report_css);
}

static void add_verdict(struct page *p)
{
    const struct report *r = p->report;
    const struct score *s = &r->score;
    bool good = r->gate.passed && !r->cancelled;
    const char *word = r->cancelled           ? "interrupted"
                       : r->gate.incomplete.n ? "incomplete"
                       : r->gate.passed       ? "passed"
                                              : "failed";
    buf_addf(&p->b, "<p class=verdict><strong class=%s>%s</strong>",
             good ? "good" : "bad", word);
    if (s->bugs + s->fixes)
        buf_addf(&p->b, " %u of %u bugs flagged, %u of %u fixes clean.",
                 s->flagged, s->bugs, s->clean, s->fixes);
    buf_addf(&p->b, " The gate tells of %zu failure%s.\n", r->gate.failures.n,
             r->gate.failures.n == 1 ? "" : "s");
}

static void add_host(struct page *p)
{
    const struct report *r = p->report;
    buf_adds(&p->b, "<p class=facts>");
    html_text(p, r->host.system);
    buf_adds(&p->b, ", ");
    html_text(p, r->host.cpu);
    buf_addf(&p->b, ", %u cores; %.1f s, %u jobs.", r->host.cores,
             r->timing.wall, r->timing.jobs);
    if (p->places.repository.revision) {
        buf_adds(&p->b, " Commit ");
        html_text(p, p->places.repository.revision);
        buf_adds(&p->b, p->places.repository.changed ? ", changed." : ".");
    }
    buf_adds(&p->b, "\n");
}

static void add_link(struct page *p, bool there, const char *where,
                     const char *name)
{
    if (there)
        buf_addf(&p->b, "<a href=\"#section-%s\">%s</a>\n", where, name);
}

static void add_top(struct page *p)
{
    const struct format_options *o = p->options;
    buf_adds(&p->b, "<header>\n<h1>Lockstep: ");
    if (p->report->merged && p->report->corpus->cases.n)
        html_text(p, p->report->corpus->cases.v[0].name);
    else
        buf_adds(&p->b, "who saw the bug");
    buf_adds(&p->b, "</h1>\n");
    add_verdict(p);
    add_host(p);
    buf_adds(&p->b, "<nav aria-label=Sections>\n");
    add_link(p, true, "matrix", "Matrix");
    add_link(p, p->report->gate.failures.n || p->report->gate.incomplete.n,
             "gate", "Gate");
    add_link(p, o->older, "changes", "Changes");
    add_link(p, p->report->score.detectors.n, "score", "Score");
    add_link(p, o->pictures && o->pictures->n, "speed", "Speed");
    add_link(p, true, "detectors", "Detectors");
    add_link(p, true, "cases", "Cases");
    buf_adds(&p->b, "</nav>\n</header>\n<main>\n");
}

static void add_list(struct page *p, const struct strv *l)
{
    for (size_t i = 0; i < l->n; i++) {
        buf_adds(&p->b, "<li>");
        html_text(p, l->v[i]);
        buf_adds(&p->b, "\n");
    }
}

static void add_gate(struct page *p)
{
    const struct gate_report *g = &p->report->gate;
    if (g->failures.n + g->incomplete.n == 0)
        return;
    buf_adds(&p->b, "<section id=section-gate>\n<h2>Gate</h2>\n<ul "
                    "class=failures>\n");
    add_list(p, &g->incomplete);
    add_list(p, &g->failures);
    buf_adds(&p->b, "</ul>\n</section>\n");
}

static void add_detectors(struct page *p)
{
    buf_adds(&p->b, "<section id=section-detectors>\n<h2>Detectors</h2>\n<div "
                    "class=scroll role=region aria-label=Detectors "
                    "tabindex=0>\n<table>\n<thead><tr><th scope=col>Detector"
                    "<th scope=col>version<th scope=col>state\n<tbody>\n");
    for (size_t i = 0; i < p->report->detectors.n; i++) {
        const struct detector_report *d = &p->report->detectors.v[i];
        const char *state = !d->usable  ? "cannot be used"
                            : !d->alive ? "broken"
                            : d->tried  ? "alive: it has proved itself"
                                        : "installed";
        buf_adds(&p->b, "<tr><th scope=row>");
        html_text(p, d->id);
        buf_adds(&p->b, "<td>");
        html_text(p, d->version);
        buf_addf(&p->b, "<td>%s", state);
        buf_adds(&p->b, d->problem ? ": " : "");
        html_text(p, d->problem);
        buf_adds(&p->b, "\n");
    }
    buf_adds(&p->b, "</table>\n</div>\n</section>\n");
}

static void add_cases(struct page *p)
{
    buf_adds(&p->b, "<section id=section-cases>\n<h2>Cases</h2>\n<p "
                    "hidden id=all><button type=button>Open all that are "
                    "listed</button> Those that are open are printed.\n");
    for (size_t i = 0, n; i < p->programs.n; i += n) {
        n = programs_of_case(&p->programs, i);
        html_case(p, &p->programs.v[i], n);
    }
    buf_adds(&p->b, "</section>\n");
}

static void add_page(struct page *p)
{
    add_head(p);
    add_top(p);
    html_matrix(p);
    add_gate(p);
    html_changes(p);
    html_score(p);
    html_pictures(p);
    add_detectors(p);
    add_cases(p);
    buf_addf(&p->b, "</main>\n<script>%s</script>\n", embedded_report_js);
}

static enum err write_html(const struct report *r,
                           const struct format_options *o, FILE *out)
{
    struct page p = {.report = r, .options = o, .raw_left = RAW_ESCAPED};
    places_init(&p.places, r, o);
    programs_list(r, &p.programs);
    raw_reports_find(r, &p.raws);
    p.raw_most = raw_reports_share(&p.raws, RAW_BUDGET);
    add_page(&p);
    fwrite(p.b.data, 1, p.b.len, out);
    buf_fini(&p.b);
    raw_reports_fini(&p.raws);
    vec_fini(&p.programs);
    places_fini(&p.places);
    return fflush(out) == 0 && !ferror(out) ? ERR_OK : ERR_IO;
}
