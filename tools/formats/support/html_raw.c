/* Raw reports of detectors, on the page.
 * SPDX-License-Identifier: MIT */
#include "formats/support/html_raw.h"

#include "formats/support/escape.h"
#include "formats/support/html_page.h"
#include "os/fs.h"

#include <stdlib.h>
#include <sys/stat.h>

/* Runs that are looked through. */
#define MOST_RUNS 100

static bool is_report(const char *name)
{
    return str_starts(name, "report") || str_starts(name, "deaths") ||
           str_starts(name, "interleaving");
}

static bool has_report(const struct strv *names)
{
    for (size_t i = 0; i < names->n; i++)
        if (is_report(names->v[i]))
            return true;
    return false;
}

/* Takes the folder as that of the result, in place of another one. */
static void take(struct raw_report *raw, char *dir, unsigned run,
                 struct strv *names)
{
    free(raw->dir);
    strv_fini(&raw->names);
    raw->dir = dir;
    raw->run = run;
    raw->names = *names;
}

static void choose_run(const struct result *r, struct raw_report *raw)
{
    for (unsigned run = 1; run <= MOST_RUNS; run++) {
        struct strv names = {0};
        char *dir = str_fmt("%s.%u", r->report_dir, run);
        bool there = fs_list(dir, &names) == ERR_OK;
        bool good = there && has_report(&names);
        if (good || (there && !raw->dir)) {
            take(raw, dir, run, &names);
        } else {
            strv_fini(&names);
            free(dir);
        }
        if (good || !there)
            return;
    }
}

static void measure(struct raw_report *raw)
{
    for (size_t i = 0; i < raw->names.n; i++) {
        char *path = fs_join(raw->dir, raw->names.v[i]);
        struct stat st = {0};
        bool there = stat(path, &st) == 0 && S_ISREG(st.st_mode);
        vec_push(&raw->sizes, there ? (size_t)st.st_size : 0);
        free(path);
    }
}

static bool is_quiet(const struct result *r)
{
    return r->outcome == OUTCOME_CLEAN && !r->differs && r->findings.n == 0;
}

void raw_reports_find(const struct report *r, struct raw_reports *out)
{
    for (size_t i = 0; i < r->results.n; i++) {
        const struct result *one = &r->results.v[i];
        struct raw_report raw = {0};
        if (one->report_dir && !is_quiet(one))
            choose_run(one, &raw);
        measure(&raw);
        vec_push(out, raw);
    }
}

void raw_reports_fini(struct raw_reports *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->v[i].dir);
        strv_fini(&l->v[i].names);
        vec_fini(&l->v[i].sizes);
    }
    vec_fini(l);
}

static size_t sum_of(const struct raw_reports *l, size_t most)
{
    size_t sum = 0;
    for (size_t i = 0; i < l->n; i++)
        for (size_t j = 0; j < l->v[i].sizes.n; j++)
            sum += l->v[i].sizes.v[j] < most ? l->v[i].sizes.v[j] : most;
    return sum;
}

size_t raw_reports_share(const struct raw_reports *l, size_t budget)
{
    size_t low = 0, high = budget;
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (sum_of(l, middle) <= budget)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* The text, or its start and its end. */
static void add_text(struct page *p, struct buf *out, const struct buf *text)
{
    size_t most = p->raw_most, head = most - most / 4, tail = most / 4;
    const char *s = buf_str(text);
    if (text->len <= most) {
        escape_xml_bytes(out, s, text->len);
        return;
    }
    escape_xml_bytes(out, s, head);
    buf_addf(out, "\n<b>[... %zu bytes left out ...]</b>\n", text->len - most);
    escape_xml_bytes(out, s + text->len - tail, tail);
}

static void add_file(struct page *p, const struct raw_report *raw, size_t i)
{
    char *path = fs_join(raw->dir, raw->names.v[i]);
    struct buf text = {0}, shown = {0};
    bool small = raw->sizes.v[i] <= SOURCE_MOST;
    enum err e = small ? source_read(p->options, path, &text) : ERR_INVALID;
    if (e == ERR_OK)
        add_text(p, &shown, &text);
    buf_adds(&p->b, "<p class=path>");
    html_text(p, path);
    if (e != ERR_OK || shown.len > p->raw_left) {
        buf_addf(&p->b, " (%zu bytes, not shown here)\n", raw->sizes.v[i]);
    } else {
        buf_adds(&p->b, "\n<pre tabindex=0>\n");
        buf_add(&p->b, buf_str(&shown), shown.len);
        buf_adds(&p->b, "</pre>\n");
        p->raw_left -= shown.len;
    }
    buf_fini(&shown);
    buf_fini(&text);
    free(path);
}

/* An interleaving is what the reader came for: it is shown at once. */
static bool has_interleaving(const struct raw_report *raw)
{
    for (size_t i = 0; i < raw->names.n; i++)
        if (str_starts(raw->names.v[i], "interleaving"))
            return true;
    return false;
}

void html_raw(struct page *p, const struct result *r)
{
    const struct raw_report *raw =
        &p->raws.v[(size_t)(r - p->report->results.v)];
    if (!raw->dir || raw->names.n == 0)
        return;
    buf_adds(&p->b, "<details class=raw");
    html_raw_anchor(p, HTML_ID, r);
    buf_adds(&p->b, has_interleaving(raw) ? " open" : "");
    buf_adds(&p->b, "><summary>");
    html_text(p, str_basename(r->variant->source));
    buf_adds(&p->b, " under ");
    html_text(p, r->detector->id);
    buf_addf(&p->b, ", run %u</summary>\n", raw->run);
    if (r->command) {
        buf_adds(&p->b, "<p>By hand: <code>");
        html_text(p, r->command);
        buf_adds(&p->b, "</code>\n");
    }
    for (size_t i = 0; i < raw->names.n; i++)
        add_file(p, raw, i);
    buf_adds(&p->b, "</details>\n");
}
