/* Stored runs, for the verbs that tell of them again.
 * SPDX-License-Identifier: MIT */
#include "cli/stored.h"

#include "cli/run_matrix.h"
#include "detectors/detector.h"
#include "engine/gate.h"
#include "engine/own_matrix.h"
#include "engine/score.h"
#include "os/fs.h"

#include <string.h>

char *stored_path(const struct options *o, const char *db)
{
    if (!db)
        return fs_join(o->out, HISTORY_FILE);
    return fs_is_dir(db) ? fs_join(db, HISTORY_FILE) : str_dup(db);
}

static void find_homes(struct report *report)
{
    for (size_t i = 0; i < report->detectors.n; i++) {
        const struct detector *d = detector_by_id(report->detectors.v[i].id);
        report->detectors.v[i].home = d ? d->home : NULL;
    }
}

/* What is recorded, the history knows; what a detector implies, it does not. */
static void expect(struct report *report)
{
    for (size_t i = 0; i < report->results.n; i++) {
        struct result *r = &report->results.v[i];
        const struct detector *d = detector_by_id(r->detector->id);
        if (d)
            r->expected = detector_expectation(d, r->c, r->variant);
    }
}

enum err stored_read(struct history *h, const char *id,
                     struct stored_report **out, struct diag *d)
{
    enum err e = history_read(h, id, out, d);
    if (e != ERR_OK)
        return e;
    find_homes(&(*out)->report);
    expect(&(*out)->report);
    if ((*out)->run.state == RUN_OPEN)
        gate_judge(&(*out)->report);
    score_report(&(*out)->report);
    return e;
}

static const char *text_of(const struct corpus *corpus, const char *path)
{
    for (size_t i = 0; i < corpus->cases.n; i++) {
        const struct variants *l = &corpus->cases.v[i].variants;
        for (size_t j = 0; j < l->n; j++)
            if (str_eq(l->v[j].source, path))
                return l->v[j].text;
    }
    return NULL;
}

/* A source may have changed since, or be on another computer. */
static enum err read_as_it_was(void *arg, const char *path, struct buf *out)
{
    const struct stored_report *r = arg;
    const char *text = text_of(&r->corpus, path);
    if (text) {
        buf_adds(out, text);
        return ERR_OK;
    }
    return fs_is_file(path) ? fs_read(path, out) : ERR_NOENT;
}

enum err stored_read_own(struct history *h, const struct run_info *run,
                         struct stored_own *out, struct diag *d)
{
    enum err e = history_read_own(h, run, out, d);
    if (e == ERR_OK) {
        find_homes(&out->report.base);
        own_matrix(&out->report);
    }
    return e;
}

static enum err read_own_as_it_was(void *arg, const char *path, struct buf *out)
{
    const struct stored_own *r = arg;
    for (size_t i = 0; i < r->sources.n; i++)
        if (str_eq(r->sources.v[i].file, path)) {
            buf_adds(out, r->sources.v[i].text);
            return ERR_OK;
        }
    return fs_is_file(path) ? fs_read(path, out) : ERR_NOENT;
}

struct format_options stored_own_style(const struct format_options *o,
                                       struct stored_own *r)
{
    struct format_options style = *o;
    style.read = read_own_as_it_was;
    style.read_arg = r;
    return style;
}

struct format_options stored_style(const struct format_options *o,
                                   struct stored_report *r)
{
    struct format_options style = *o;
    size_t cases = r->corpus.cases.n;
    style.score |= !r->run.gate && cases > 1;
    style.most = cases > MOST_PROGRAMS ? MOST_PROGRAMS : 0;
    style.read = read_as_it_was;
    style.read_arg = r;
    return style;
}
