/* Comma-separated values: one row for each result.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/escape.h"
#include "formats/support/words.h"

#include <stdlib.h>

static enum err write_csv(const struct report *r,
                          const struct format_options *o, FILE *out);

const struct format format_csv = {
    .id = "csv",
    .title = "one row for each result, for spreadsheets",
    .write = write_csv,
};

static const char header[] =
    "class,case,variant,buggy,detector,outcome,grade,expected,differs,runs,"
    "flagged,crashed,hung,failure_seen,findings,first_finding,file,line,column,"
    "seconds,cpu_seconds,gate,reason,note,claim,claim_terms\r\n";

static void add_text(struct buf *b, const char *s)
{
    escape_csv(b, s);
    buf_adds(b, ",");
}

static void add_yes(struct buf *b, bool yes)
{
    buf_adds(b, yes ? "yes," : "no,");
}

static void add_cell(struct buf *b, const struct result *r)
{
    const char *expected = r->expected ? verdict_id(r->expected->verdict)
                           : r->variant->buggy ? ""
                                               : "clean";
    add_text(b, r->c->class);
    add_text(b, r->c->name);
    add_text(b, r->variant->name);
    add_yes(b, r->variant->buggy);
    add_text(b, r->detector->id);
    add_text(b, outcome_id(r->outcome));
    add_text(b, grade_id(r->grade));
    add_text(b, expected);
    add_yes(b, r->differs);
    buf_addf(b, "%u,%u,%u,%u,%u,%zu,", r->runs, r->flagged, r->crashed, r->hung,
             r->broken, r->findings.n);
}

static void add_place(struct buf *b, const struct frame *f)
{
    if (!f) {
        buf_adds(b, ",,,");
        return;
    }
    add_text(b, f->file);
    buf_addf(b, "%d,", f->line);
    buf_addf(b, f->col > 0 ? "%d," : ",", f->col);
}

static void add_finding(struct buf *b, const struct result *r)
{
    const struct finding *f = r->findings.n ? &r->findings.v[0] : NULL;
    char *words = f ? words_finding(f, f->object) : NULL;
    add_text(b, words);
    add_place(b, f && f->accesses.n ? access_place(&f->accesses.v[0]) : NULL);
    free(words);
}

static void add_row(struct buf *b, const struct report *report,
                    const struct result *r)
{
    char *gate = words_gate_text(report, r);
    add_cell(b, r);
    add_finding(b, r);
    buf_addf(b, "%.6f,%.6f,", r->seconds, r->cpu);
    add_text(b, gate);
    add_text(b, r->expected ? r->expected->reason : NULL);
    add_text(b, r->note);
    add_text(b, r->claim == CLAIM_NONE ? "" : claimed_id(r->claim));
    escape_csv(b, r->claim_terms);
    buf_adds(b, "\r\n");
    free(gate);
}

static enum err write_csv(const struct report *r,
                          const struct format_options *o, FILE *out)
{
    (void)o;
    struct buf b = {0};
    buf_adds(&b, header);
    for (size_t i = 0; i < r->results.n; i++)
        add_row(&b, r, &r->results.v[i]);
    fwrite(b.data, 1, b.len, out);
    buf_fini(&b);
    return fflush(out) == 0 && !ferror(out) ? ERR_OK : ERR_IO;
}
