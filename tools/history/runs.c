/* Runs as lines: read, found, begun.
 * SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "history/packed.h"
#include "history/rows.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static const char *const kinds[] = {
    [RUN_MATRIX] = "matrix",
    [RUN_MEASURE] = "measure",
    [RUN_OWN] = "own",
};

const char *run_kind_id(enum run_kind k)
{
    return kinds[k];
}

static enum run_kind kind_of(sqlite3_stmt *s, int column)
{
    const char *id = (const char *)sqlite3_column_text(s, column);
    enum run_kind k = RUN_OWN;
    while (k > RUN_MATRIX && !str_eq(kinds[k], id))
        k--;
    return k;
}

void run_info_fini(struct run_info *r)
{
    free(r->id);
    free(r->version);
    free(r->host);
    free(r->words);
    free(r->request);
    free(r->maker);
    free(r->plan);
    checkout_fini(&r->checkout);
    *r = (struct run_info){0};
}

void run_infos_fini(struct run_infos *l)
{
    for (size_t i = 0; i < l->n; i++)
        run_info_fini(&l->v[i]);
    vec_fini(l);
}

static enum run_state state_of(int number)
{
    return number == RUN_OPEN || number == RUN_STOPPED ? (enum run_state)number
                                                       : RUN_DONE;
}

void run_info_read(sqlite3_stmt *s, struct run_info *out)
{
    *out = (struct run_info){
        .number = sqlite3_column_int64(s, 0),
        .id = db_text(s, 1),
        .version = db_text(s, 2),
        .host = db_text(s, 3),
        .words = db_text(s, 4),
        .request = db_text(s, 5),
        .maker = db_text(s, 6),
        .state = state_of(sqlite3_column_int(s, 7)),
        .gate = sqlite3_column_int(s, 8) != 0,
        .passed = sqlite3_column_int(s, 9) != 0,
        .whole = sqlite3_column_int(s, 10) != 0,
        .began = sqlite3_column_double(s, 11),
        .ended = sqlite3_column_double(s, 12),
        .wall = sqlite3_column_double(s, 13),
        .bugs = (unsigned)sqlite3_column_int(s, 14),
        .flagged = (unsigned)sqlite3_column_int(s, 15),
        .fixes = (unsigned)sqlite3_column_int(s, 16),
        .clean = (unsigned)sqlite3_column_int(s, 17),
        .shard = (unsigned)sqlite3_column_int(s, 18),
        .shards = (unsigned)sqlite3_column_int(s, 19),
        .planned = (unsigned)sqlite3_column_int(s, 20),
        .plan = db_text(s, 21),
        .kind = kind_of(s, 22),
        .checkout = {.asked = true,
                     .revision = db_text(s, 23),
                     .branch = db_text(s, 24),
                     .uri = db_text(s, 25),
                     .changed = sqlite3_column_int(s, 26) != 0},
    };
}

enum err history_runs(struct history *h, struct run_infos *out)
{
    sqlite3_stmt *s;
    pthread_mutex_lock(&h->lock);
    enum err e =
        db_query(h, &s, "SELECT " RUN_COLUMNS " FROM runs ORDER BY number", "");
    if (e == ERR_OK) {
        while (db_next(h, s, &e)) {
            vec_push(out, (struct run_info){0});
            run_info_read(s, &out->v[out->n - 1]);
        }
        sqlite3_finalize(s);
    }
    pthread_mutex_unlock(&h->lock);
    return e;
}

/* The one row of a query; ERR_NOENT: it has none, or more than one. */
static enum err one_run(struct history *h, sqlite3_stmt *s,
                        struct run_info *out)
{
    enum err e = ERR_OK;
    struct run_info run = {0};
    size_t rows = 0;
    for (; db_next(h, s, &e); rows++) {
        run_info_fini(&run);
        run_info_read(s, &run);
    }
    sqlite3_finalize(s);
    if (e == ERR_OK && rows != 1)
        e = ERR_NOENT;
    if (e == ERR_OK)
        *out = run;
    else
        run_info_fini(&run);
    return e;
}

static enum err find_last(struct history *h, struct run_info *out)
{
    sqlite3_stmt *s;
    enum err e = db_query(
        h, &s, "SELECT " RUN_COLUMNS " FROM runs ORDER BY number DESC LIMIT 1",
        "");
    if (e == ERR_OK)
        e = one_run(h, s, out);
    if (e == ERR_NOENT)
        db_complain(h, e, "holds no run yet");
    return e;
}

/* An id, or the beginning of just one. */
static enum err find_named(struct history *h, const char *id,
                           struct run_info *out)
{
    sqlite3_stmt *s;
    enum err e = db_query(h, &s,
                          "SELECT " RUN_COLUMNS
                          " FROM runs WHERE id = ?1 OR (substr(id, 1, "
                          "length(?1)) = ?1 AND NOT EXISTS (SELECT 1 FROM runs "
                          "WHERE id = ?1))",
                          "t", id);
    if (e == ERR_OK)
        e = one_run(h, s, out);
    if (e == ERR_NOENT)
        db_complain(h, e,
                    "has no run '%s', or several whose ids begin so; `lockstep "
                    "history` lists them",
                    id);
    return e;
}

enum err history_find(struct history *h, const char *id, struct run_info *out)
{
    pthread_mutex_lock(&h->lock);
    enum err e = id ? find_named(h, id, out) : find_last(h, out);
    pthread_mutex_unlock(&h->lock);
    return e;
}

enum err history_unfinished(struct history *h, const char *request,
                            const char *maker, struct run_info *out)
{
    sqlite3_stmt *s;
    pthread_mutex_lock(&h->lock);
    enum err e = db_query(h, &s,
                          "SELECT " RUN_COLUMNS
                          " FROM runs WHERE request = ? AND maker = ?"
                          " AND kind = 'matrix'"
                          " ORDER BY number DESC LIMIT 1",
                          "tt", request, maker);
    if (e == ERR_OK)
        e = one_run(h, s, out);
    if (e == ERR_OK && (out->state == RUN_DONE || !out->whole)) {
        run_info_fini(out);
        e = ERR_NOENT;
    }
    pthread_mutex_unlock(&h->lock);
    return e;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void name_host(struct run_info *run)
{
    char name[256] = "";
    gethostname(name, sizeof name - 1);
    run->host = str_dup(name);
}

enum err rows_put_checkout(struct history *h, long long run,
                           const struct checkout *c)
{
    return db_run(h,
                  "UPDATE runs SET revision = ?, branch = ?, origin = ?,"
                  " changed = ? WHERE number = ?",
                  "tttii", c->revision, c->branch, c->uri,
                  (long long)c->changed, run);
}

enum err rows_enter(struct history *h, struct run_info *run,
                    const struct checkout *checkout, const struct buf *head)
{
    run->state = RUN_OPEN;
    run->began = run->began > 0 ? run->began : now();
    run->ended = 0;
    run->version = run->version ? run->version : str_dup(LOCKSTEP_VERSION);
    if (!run->host)
        name_host(run);
    enum err e = db_run(
        h,
        "INSERT INTO runs (id, version, host, words, request, maker, state,"
        " gate, began, shard, shards, planned, plan, kind, head)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "ttttttiiriiittb", run->id, run->version, run->host, run->words,
        run->request, run->maker, (long long)run->state, (long long)run->gate,
        run->began, (long long)run->shard, (long long)run->shards,
        (long long)run->planned, run->plan, run_kind_id(run->kind), head);
    run->number = sqlite3_last_insert_rowid(h->db);
    return e == ERR_OK ? rows_put_checkout(h, run->number, checkout) : e;
}

enum err rows_enter_run(struct history *h, struct run_info *run,
                        struct report *report)
{
    struct pack head = {0};
    packed_head(&head, report, NULL);
    enum err e = rows_enter(h, run, &report->checkout, &head.out);
    pack_fini(&head);
    return e;
}
