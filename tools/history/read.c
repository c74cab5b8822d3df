/* A run read back.
 * SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "history/packed.h"

#include <stdlib.h>

/* Where a row is that the rows before it have in common. */
struct reading {
    struct history *h;
    struct stored_report *out;
    struct strv hashes; /* of the corpus's cases, in their order */
    struct diag *d;
};

void stored_report_free(struct stored_report *r)
{
    if (!r)
        return;
    report_fini(&r->report);
    run_info_fini(&r->run);
    corpus_fini(&r->corpus);
    strv_fini(&r->texts);
    free(r);
}

static enum err damaged(struct reading *g, const char *what)
{
    return db_complain(g->h, ERR_INVALID,
                       "is damaged: the %s of run %s cannot be read", what,
                       g->out->run.id);
}

static struct pack pack_in(sqlite3_stmt *s, int column)
{
    const void *bytes = sqlite3_column_blob(s, column);
    return pack_of(bytes, (size_t)sqlite3_column_bytes(s, column));
}

static enum err read_head(struct reading *g)
{
    sqlite3_stmt *s;
    enum err e = db_query(g->h, &s, "SELECT head FROM runs WHERE number = ?",
                          "i", g->out->run.number);
    if (e != ERR_OK)
        return e;
    if (db_next(g->h, s, &e)) {
        struct pack p = pack_in(s, 0);
        packed_head(&p, &g->out->report, &g->out->texts);
        if (!pack_done(&p))
            e = damaged(g, "head");
    } else if (e == ERR_OK) {
        e = damaged(g, "row");
    }
    sqlite3_finalize(s);
    return e;
}

static enum err add_case(struct reading *g, const char *hash, struct pack *p)
{
    struct case_texts texts = {0};
    enum err e = ERR_INVALID;
    packed_case(p, &texts);
    if (pack_done(p))
        e = corpus_add(&g->out->corpus, &texts, g->d);
    case_texts_fini(&texts);
    if (e != ERR_OK)
        return damaged(g, "text of a case");
    strv_add(&g->hashes, hash);
    return ERR_OK;
}

/* All cases come before the results, which point to them. */
static enum err read_cases(struct reading *g)
{
    sqlite3_stmt *s;
    enum err e = db_query(g->h, &s,
                          "SELECT hash, body FROM cases JOIN (SELECT texts,"
                          " min(number) AS first FROM results WHERE run = ?"
                          " GROUP BY texts) ON hash = texts ORDER BY first",
                          "i", g->out->run.number);
    if (e != ERR_OK)
        return e;
    while (e == ERR_OK && db_next(g->h, s, &e)) {
        struct pack p = pack_in(s, 1);
        e = add_case(g, (const char *)sqlite3_column_text(s, 0), &p);
    }
    sqlite3_finalize(s);
    return e;
}

static const struct scenario_case *case_at(const struct reading *g,
                                           const char *hash)
{
    for (size_t i = g->hashes.n; i-- > 0;)
        if (str_eq(g->hashes.v[i], hash))
            return &g->out->corpus.cases.v[i];
    return NULL;
}

/* Columns: number, texts, variant, detector, differs, body. */
static enum err add_result(struct reading *g, sqlite3_stmt *s)
{
    struct report *report = &g->out->report;
    char *hash = db_text(s, 1), *variant = db_text(s, 2), *id = db_text(s, 3);
    struct result r = {.number = (unsigned)sqlite3_column_int64(s, 0),
                       .c = case_at(g, hash),
                       .detector = report_detector(report, id),
                       .outcome = OUTCOME_CANCELLED,
                       .differs = sqlite3_column_int(s, 4) != 0};
    struct pack p = pack_in(s, 5);
    r.variant = r.c ? case_variant(r.c, variant) : NULL;
    if (r.variant && r.detector)
        r.expected = case_expectation(r.c, r.variant, id);
    if (sqlite3_column_type(s, 5) != SQLITE_NULL)
        packed_result(&p, &r);
    bool good = r.variant && r.detector && pack_done(&p);
    vec_push(&report->results, r);
    free(hash);
    free(variant);
    free(id);
    return good ? ERR_OK : damaged(g, "result");
}

static enum err read_results(struct reading *g)
{
    sqlite3_stmt *s;
    enum err e = db_query(g->h, &s,
                          "SELECT number, texts, variant, detector, differs,"
                          " body FROM results WHERE run = ? ORDER BY number",
                          "i", g->out->run.number);
    if (e != ERR_OK)
        return e;
    while (e == ERR_OK && db_next(g->h, s, &e))
        e = add_result(g, s);
    sqlite3_finalize(s);
    return e;
}

static enum err read_all(struct reading *g)
{
    struct report *report = &g->out->report;
    report->corpus = &g->out->corpus;
    report->run = str_dup(g->out->run.id);
    enum err e = read_head(g);
    if (e == ERR_OK)
        e = read_cases(g);
    if (e == ERR_OK)
        e = read_results(g);
    /* Of a run that was killed, only what came until then is known. */
    if (g->out->run.state == RUN_OPEN) {
        report->cancelled = true;
        report->timing.wall = g->out->run.wall;
    }
    report->gate.asked = g->out->run.gate;
    checkout_copy(&report->checkout, &g->out->run.checkout);
    return e;
}

enum err history_read(struct history *h, const char *id,
                      struct stored_report **out, struct diag *d)
{
    struct stored_report *r = mem_new(1, sizeof *r);
    struct reading g = {.h = h, .out = r, .d = d};
    enum err e = history_find(h, id, &r->run);
    pthread_mutex_lock(&h->lock);
    if (e == ERR_OK && !r->run.whole)
        e = db_complain(h, ERR_NOENT, HISTORY_ONLY_FIGURES, r->run.id);
    /* One state of the database, whoever writes meanwhile. */
    if (e == ERR_OK)
        e = db_run(h, "BEGIN", "");
    if (e == ERR_OK)
        e = db_end(h, read_all(&g));
    pthread_mutex_unlock(&h->lock);
    strv_fini(&g.hashes);
    if (e == ERR_OK) {
        *out = r;
        return ERR_OK;
    }
    diag_add(d, "%s", history_problem(h));
    stored_report_free(r);
    return e;
}
