/* JUnit's XML, as GitLab reads it, and Jenkins (junit-10.xsd of its plug-in
 * xUnit): a suite for each detector, a test for each program. A test fails if
 * the result differs from the record.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/escape.h"
#include "formats/support/findings_text.h"
#include "formats/support/words.h"

#include <stdlib.h>
#include <string.h>

/* Findings told in a failed test. */
#define MOST_FINDINGS 20

static enum err write_junit(const struct report *r,
                            const struct format_options *o, FILE *out);

const struct format format_junit = {
    .id = "junit",
    .title = "XML of JUnit, for Jenkins and GitLab",
    .write = write_junit,
};

enum end { END_PASSED, END_FAILED, END_ERROR, END_SKIPPED, END_COUNT };

/* A result that differs has failed, whatever else it is. */
static enum end end_of(const struct result *r)
{
    if (r->differs)
        return END_FAILED;
    switch (r->outcome) {
    case OUTCOME_ERROR:
        return END_ERROR;
    case OUTCOME_CRASHES:
        return result_died_as_recorded(r) ? END_PASSED : END_ERROR;
    case OUTCOME_UNSUPPORTED:
    case OUTCOME_SKIPPED:
    case OUTCOME_CANCELLED:
        return END_SKIPPED;
    default:
        return END_PASSED;
    }
}

struct counts {
    size_t tests, ends[END_COUNT];
    double seconds;
};

/* Of one detector, or of all if it is NULL. */
static struct counts count(const struct report *r,
                           const struct detector_report *d)
{
    struct counts c = {0};
    for (size_t i = 0; i < r->results.n; i++) {
        const struct result *one = &r->results.v[i];
        if (d && one->detector != d)
            continue;
        c.tests++;
        c.ends[end_of(one)]++;
        c.seconds += one->seconds;
    }
    return c;
}

static void add_counts(struct buf *b, const struct counts *c)
{
    buf_addf(b, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\"", c->tests,
             c->ends[END_FAILED], c->ends[END_ERROR]);
}

static void add_attribute(struct buf *b, const char *name, const char *value)
{
    buf_addf(b, " %s=\"", name);
    escape_attribute(b, value);
    buf_adds(b, "\"");
}

/* Findings, then how to see the same by hand. */
static char *evidence(const struct result *r)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    if (!out)
        return str_dup("");
    const struct format_options plain = {0};
    findings_text(r, 1, MOST_FINDINGS, &plain, out);
    if (r->note)
        fprintf(out, "%s\n", r->note);
    if (r->command)
        fprintf(out, "run: %s\n", r->command);
    if (r->report_dir)
        fprintf(out, "reports: %s.*\n", r->report_dir);
    fclose(out);
    return text;
}

static void add_bad(struct buf *b, const char *element, const char *message,
                    const struct result *r)
{
    char *more = evidence(r);
    buf_addf(b, "<%s", element);
    add_attribute(b, "message", message);
    add_attribute(b, "type", outcome_id(r->outcome));
    buf_adds(b, ">");
    escape_xml(b, message);
    buf_adds(b, "\n");
    escape_xml(b, more);
    buf_addf(b, "</%s>", element);
    free(more);
}

static void add_end(struct buf *b, const struct report *report,
                    const struct result *r)
{
    char *message = words_failure(report, r);
    switch (end_of(r)) {
    case END_FAILED:
        add_bad(b, "failure", message, r);
        break;
    case END_ERROR:
        add_bad(b, "error", r->note ? r->note : outcome_id(r->outcome), r);
        break;
    case END_SKIPPED:
        buf_adds(b, "<skipped");
        add_attribute(b, "message", r->note ? r->note : outcome_id(r->outcome));
        buf_adds(b, "/>");
        break;
    default:
        buf_adds(b, "<system-out>");
        buf_addf(b, "%s: flagged in %u of %u runs", outcome_id(r->outcome),
                 r->flagged, r->runs);
        buf_adds(b, "</system-out>");
    }
    free(message);
}

/* The name is unique in its class, which is the case. Dots would make packages
 * of what is before them. */
static void add_test(struct buf *b, const struct report *report,
                     const struct result *r)
{
    char *class = str_fmt("%s.%s", r->c->class, r->c->name);
    char *name = str_fmt("%s under %s", r->variant->name, r->detector->id);
    buf_adds(b, "    <testcase");
    add_attribute(b, "classname", class);
    add_attribute(b, "name", name);
    buf_addf(b, " time=\"%.3f\">", r->seconds);
    add_end(b, report, r);
    buf_adds(b, "</testcase>\n");
    free(name);
    free(class);
}

static void add_suite(struct buf *b, const struct report *r,
                      const struct detector_report *d)
{
    struct counts c = count(r, d);
    if (c.tests == 0)
        return;
    buf_adds(b, "  <testsuite");
    add_attribute(b, "name", d->id);
    add_counts(b, &c);
    buf_addf(b, " skipped=\"%zu\" time=\"%.3f\">\n", c.ends[END_SKIPPED],
             c.seconds);
    for (size_t i = 0; i < r->results.n; i++)
        if (r->results.v[i].detector == d)
            add_test(b, r, &r->results.v[i]);
    buf_adds(b, "  </testsuite>\n");
}

/* Detectors that are broken or missing, though required, fail as tests do. */
static void add_incomplete(struct buf *b, const struct strv *l)
{
    if (l->n == 0)
        return;
    buf_addf(b,
             "  <testsuite name=\"gate\" tests=\"%zu\" failures=\"0\" "
             "errors=\"%zu\" skipped=\"0\" time=\"0\">\n",
             l->n, l->n);
    for (size_t i = 0; i < l->n; i++) {
        buf_addf(b,
                 "    <testcase classname=\"gate\" name=\"incomplete %zu\" "
                 "time=\"0\"><error",
                 i + 1);
        add_attribute(b, "message", l->v[i]);
        buf_adds(b, " type=\"incomplete\">");
        escape_xml(b, l->v[i]);
        buf_adds(b, "</error></testcase>\n");
    }
    buf_adds(b, "  </testsuite>\n");
}

static enum err write_junit(const struct report *r,
                            const struct format_options *o, FILE *out)
{
    (void)o;
    struct buf b = {0};
    struct counts all = count(r, NULL);
    all.tests += r->gate.incomplete.n;
    all.ends[END_ERROR] += r->gate.incomplete.n;
    buf_adds(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<testsuites name=\"lockstep\"");
    add_counts(&b, &all);
    buf_addf(&b, " time=\"%.3f\">\n", all.seconds);
    for (size_t i = 0; i < r->detectors.n; i++)
        add_suite(&b, r, &r->detectors.v[i]);
    add_incomplete(&b, &r->gate.incomplete);
    buf_adds(&b, "</testsuites>\n");
    fwrite(b.data, 1, b.len, out);
    buf_fini(&b);
    return fflush(out) == 0 && !ferror(out) ? ERR_OK : ERR_IO;
}
