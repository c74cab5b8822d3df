/* Shards joined into one run.
 * SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "history/packed.h"
#include "history/rows.h"

#include <stdlib.h>

/* One part, and its head. */
struct part {
    struct history *h;
    struct run_info run;
    struct report head;
    struct strv texts;
};

struct merging {
    struct history *into;
    struct part *parts;
    size_t n;
    struct diag *d;
};

static enum err refuse(struct merging *m, const struct part *p, const char *fmt,
                       ...) __attribute__((format(printf, 3, 4)));

static enum err refuse(struct merging *m, const struct part *p, const char *fmt,
                       ...)
{
    struct buf b = {0};
    va_list ap;
    va_start(ap, fmt);
    buf_addv(&b, fmt, ap);
    va_end(ap);
    diag_add(m->d, "%s: %s", p->h->path, buf_str(&b));
    buf_fini(&b);
    return ERR_INVALID;
}

static enum err load(struct merging *m, struct part *p)
{
    sqlite3_stmt *s;
    enum err e = history_find(p->h, NULL, &p->run);
    if (e == ERR_OK)
        e = db_query(p->h, &s, "SELECT head FROM runs WHERE number = ?", "i",
                     p->run.number);
    if (e != ERR_OK) {
        diag_add(m->d, "%s", history_problem(p->h));
        return e;
    }
    struct pack bytes = {.bad = true};
    if (db_next(p->h, s, &e))
        bytes = pack_of(sqlite3_column_blob(s, 0),
                        (size_t)sqlite3_column_bytes(s, 0));
    packed_head(&bytes, &p->head, &p->texts);
    bool good = e == ERR_OK && pack_done(&bytes);
    sqlite3_finalize(s);
    return good ? ERR_OK : refuse(m, p, "its last run cannot be read");
}

static enum err check_part(struct merging *m, const struct part *p)
{
    const struct run_info *r = &p->run;
    if (r->shards == 0)
        return refuse(m, p, "its last run, %s, is no shard", r->id);
    if (r->state != RUN_DONE)
        return refuse(m, p,
                      "shard %u/%u, run %s, was broken off; `--resume` goes on "
                      "with it",
                      r->shard, r->shards, r->id);
    return ERR_OK;
}

static bool same_tool(const struct detector_report *a,
                      const struct detector_report *b)
{
    return str_eq(a->id, b->id) && str_eq(a->version, b->version) &&
           a->wanted == b->wanted && a->usable == b->usable &&
           a->alive == b->alive && str_eq(a->no_openmp, b->no_openmp);
}

static enum err check_tools(struct merging *m, const struct part *p)
{
    const struct detector_reports *a = &m->parts->head.detectors;
    const struct detector_reports *b = &p->head.detectors;
    for (size_t i = 0; a->n == b->n && i < a->n; i++)
        if (!same_tool(&a->v[i], &b->v[i]))
            return refuse(m, p,
                          "%s is another one than that of %s, or is "
                          "alive on one of the computers only",
                          a->v[i].id, m->parts->h->path);
    return a->n == b->n ? ERR_OK : refuse(m, p, "other detectors are known");
}

static enum err check_whole(struct merging *m, const struct part *p)
{
    const struct run_info *a = &m->parts->run, *b = &p->run;
    if (!str_eq(a->version, b->version))
        return refuse(m, p, "is of Lockstep %s, not %s", b->version,
                      a->version);
    if (!str_eq(a->plan, b->plan) || a->planned != b->planned ||
        a->shards != b->shards || a->gate != b->gate)
        return refuse(m, p, "is no shard of the same whole as %s",
                      m->parts->h->path);
    for (const struct part *q = m->parts; q < p; q++)
        if (q->run.shard == b->shard)
            return refuse(m, p, "is shard %u/%u, and so is %s", b->shard,
                          b->shards, q->h->path);
    return check_tools(m, p);
}

static enum err check_all(struct merging *m)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < m->n && e == ERR_OK; i++) {
        e = check_part(m, &m->parts[i]);
        if (e == ERR_OK)
            e = check_whole(m, &m->parts[i]);
    }
    for (unsigned s = 1; e == ERR_OK && s <= m->parts->run.shards; s++) {
        bool there = false;
        for (size_t i = 0; i < m->n; i++)
            there |= m->parts[i].run.shard == s;
        if (!there)
            e = refuse(m, m->parts, "shard %u/%u is not among the others", s,
                       m->parts->run.shards);
    }
    return e;
}

/* Copies rows as they are, below another number of the run. */
static enum err copy_rows(struct merging *m, struct part *p, const char *from,
                          const char *to, long long run)
{
    sqlite3_stmt *rows = NULL, *row = NULL;
    enum err e = db_query(p->h, &rows, from, "i", p->run.number);
    if (e != ERR_OK)
        diag_add(m->d, "%s", history_problem(p->h));
    if (e == ERR_OK)
        e = db_query(m->into, &row, to, "i", run);
    while (e == ERR_OK && db_next(p->h, rows, &e)) {
        int rc = SQLITE_OK;
        for (int i = 0; i < sqlite3_column_count(rows) && rc == SQLITE_OK; i++)
            rc = sqlite3_bind_value(row, i + 2, sqlite3_column_value(rows, i));
        e = db_error(m->into, rc);
        if (e == ERR_OK)
            db_next(m->into, row, &e);
        sqlite3_reset(row);
    }
    sqlite3_finalize(row);
    sqlite3_finalize(rows);
    return e;
}

#define COLUMNS                                                                \
    "number, \"case\", variant, detector, texts, key, expected, outcome, "     \
    "grade, flagged, judged, seconds, cpu, body"

static enum err copy_part(struct merging *m, struct part *p, long long run)
{
    enum err e = copy_rows(m, p,
                           "SELECT hash, body FROM cases WHERE hash IN"
                           " (SELECT texts FROM results WHERE run = ?)",
                           "INSERT OR IGNORE INTO cases"
                           " SELECT ?2, ?3 WHERE ?1 > 0",
                           run);
    if (e == ERR_OK)
        e = copy_rows(m, p, "SELECT " COLUMNS " FROM results WHERE run = ?",
                      "INSERT INTO results (run, " COLUMNS
                      ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      run);
    return e;
}

/* The first part's head, with the costs of all. */
static void add_costs(struct merging *m)
{
    struct timing_report *sum = &m->parts->head.timing;
    for (size_t i = 1; i < m->n; i++) {
        const struct timing_report *t = &m->parts[i].head.timing;
        sum->wall = sum->wall > t->wall ? sum->wall : t->wall;
        sum->children += t->children;
        sum->cpu += t->cpu;
        sum->jobs += t->jobs;
        sum->built += t->built;
        sum->reused += t->reused;
    }
}

/* A whole is of one commit, or of none that can be told. */
static void join_checkouts(struct merging *m)
{
    struct checkout *c = &m->parts->head.checkout;
    checkout_copy(c, &m->parts->run.checkout);
    for (size_t i = 1; i < m->n; i++) {
        const struct checkout *other = &m->parts[i].run.checkout;
        c->changed |= other->changed;
        if (!str_eq(c->revision, other->revision)) {
            checkout_fini(c);
            return;
        }
    }
}

static enum err write_whole(struct merging *m, const char *id)
{
    const struct run_info *first = &m->parts->run;
    struct report *head = &m->parts->head;
    struct run_info run = {.id = str_dup(id),
                           .words = str_fmt("merge of %zu: %s", m->n,
                                            first->words ? first->words : ""),
                           .gate = first->gate,
                           .planned = first->planned,
                           .plan = str_dup(first->plan)};
    add_costs(m);
    join_checkouts(m);
    /* To be judged anew, as one. */
    strv_fini(&head->gate.failures);
    strv_fini(&head->gate.incomplete);
    enum err e = rows_enter_run(m->into, &run, head);
    for (size_t i = 0; i < m->n && e == ERR_OK; i++)
        e = copy_part(m, &m->parts[i], run.number);
    if (e == ERR_OK)
        e = db_run(m->into,
                   "UPDATE runs SET wall = ?, began = ?"
                   " WHERE number = ?",
                   "rri", head->timing.wall, first->began, run.number);
    if (e == ERR_OK)
        e = rows_trim(m->into, &history_usual, run.number);
    run_info_fini(&run);
    return e;
}

static enum err join(struct merging *m, const char *id)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < m->n && e == ERR_OK; i++)
        e = load(m, &m->parts[i]);
    if (e == ERR_OK)
        e = check_all(m);
    if (e != ERR_OK)
        return e;
    pthread_mutex_lock(&m->into->lock);
    e = db_begin(m->into);
    if (e == ERR_OK)
        e = db_end(m->into, write_whole(m, id));
    if (e != ERR_OK && m->into->problem)
        diag_add(m->d, "%s", m->into->problem);
    pthread_mutex_unlock(&m->into->lock);
    return e;
}

enum err history_merge(struct history *into, struct history *const *from,
                       size_t n, const char *id, struct diag *d)
{
    struct merging m = {into, mem_new(n + 1, sizeof *m.parts), n, d};
    for (size_t i = 0; i < n; i++)
        m.parts[i].h = from[i];
    enum err e = n ? join(&m, id) : ERR_INVALID;
    for (size_t i = 0; i < n; i++) {
        run_info_fini(&m.parts[i].run);
        report_fini(&m.parts[i].head);
        strv_fini(&m.parts[i].texts);
    }
    free(m.parts);
    return e;
}
