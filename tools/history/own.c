/* Runs of programs of the user's own, kept whole and read back.
 * SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "history/packed_own.h"
#include "history/rows.h"

#include <stdlib.h>
#include <time.h>

/* For what the history tells over time; the run has the rest. */
static enum err put_results(struct history *h, const struct run_info *run,
                            const struct own_report *report)
{
    char *name = str_fmt("own/%s", str_basename(report->program));
    enum err e = ERR_OK;
    for (size_t i = 0; i < report->results.n && e == ERR_OK; i++) {
        const struct own_result *r = &report->results.v[i];
        e = db_run(h,
                   "INSERT INTO results (run, number, \"case\", variant,"
                   " detector, key, outcome, flagged, judged, seconds, cpu)"
                   " VALUES (?, ?, ?, 'program', ?, ?, ?, ?, ?, ?, ?)",
                   "iittttiirr", run->number, (long long)i, name,
                   r->detector->id, r->key, outcome_id(r->outcome),
                   (long long)r->flagged, (long long)r->runs, r->seconds,
                   r->cpu);
    }
    free(name);
    return e;
}

static enum err put_end(struct history *h, struct run_info *run,
                        const struct own_report *report)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    run->state = report->base.cancelled ? RUN_STOPPED : RUN_DONE;
    return db_run(h,
                  "UPDATE runs SET state = ?, passed = ?, ended = ?, wall = ?"
                  " WHERE number = ?",
                  "iirri", (long long)run->state,
                  (long long)report->base.gate.passed,
                  (double)t.tv_sec + (double)t.tv_nsec / 1e9,
                  report->base.timing.wall, run->number);
}

enum err history_put_own(struct history *h, struct run_info *run,
                         struct own_report *report,
                         struct source_texts *sources)
{
    struct baseline none = {0};
    struct pack p = {0};
    packed_own(&p, report, report->baseline ? report->baseline : &none, sources,
               NULL);
    pthread_mutex_lock(&h->lock);
    enum err e = db_begin(h);
    if (e == ERR_OK) {
        e = rows_enter(h, run, &report->base.checkout, &p.out);
        if (e == ERR_OK)
            e = put_results(h, run, report);
        if (e == ERR_OK)
            e = put_end(h, run, report);
        if (e == ERR_OK)
            e = rows_trim(h, &history_usual, run->number);
        e = db_end(h, e);
    }
    pthread_mutex_unlock(&h->lock);
    pack_fini(&p);
    return e;
}

void stored_own_fini(struct stored_own *r)
{
    own_report_fini(&r->report);
    run_info_fini(&r->run);
    baseline_fini(&r->baseline);
    for (size_t i = 0; i < r->sources.n; i++) {
        free(r->sources.v[i].file);
        free(r->sources.v[i].text);
    }
    vec_fini(&r->sources);
    strv_fini(&r->texts);
    *r = (struct stored_own){0};
}

static enum err unpack(struct history *h, sqlite3_stmt *s,
                       struct stored_own *out)
{
    struct pack p =
        pack_of(sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0));
    packed_own(&p, &out->report, &out->baseline, &out->sources, &out->texts);
    if (!pack_done(&p))
        return db_complain(h, ERR_INVALID, "is damaged: run %s cannot be read",
                           out->run.id);
    out->report.baseline = out->report.baseline_path ? &out->baseline : NULL;
    out->report.base.run = str_dup(out->run.id);
    checkout_copy(&out->report.base.checkout, &out->run.checkout);
    return ERR_OK;
}

enum err history_read_own(struct history *h, const struct run_info *run,
                          struct stored_own *out, struct diag *d)
{
    sqlite3_stmt *s;
    enum err e = history_find(h, run->id, &out->run);
    pthread_mutex_lock(&h->lock);
    if (e == ERR_OK && !out->run.whole)
        e = db_complain(h, ERR_NOENT, HISTORY_ONLY_FIGURES, out->run.id);
    if (e == ERR_OK)
        e = db_query(h, &s, "SELECT head FROM runs WHERE number = ?", "i",
                     out->run.number);
    if (e == ERR_OK) {
        if (db_next(h, s, &e))
            e = unpack(h, s, out);
        sqlite3_finalize(s);
    }
    pthread_mutex_unlock(&h->lock);
    if (e != ERR_OK)
        diag_add(d, "%s", history_problem(h));
    return e;
}
