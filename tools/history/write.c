/* A run in progress: its rows, written as they come.
 * SPDX-License-Identifier: MIT */
#include "base/hash.h"
#include "history/db.h"
#include "history/packed.h"
#include "history/rows.h"

#include <stdlib.h>
#include <time.h>

static const char *expected_id(const struct result *r)
{
    if (r->expected)
        return verdict_id(r->expected->verdict);
    return r->variant->buggy ? NULL : "clean";
}

/* The body and the columns of a result. */
static enum err put_row(struct history *h, long long run, struct result *r,
                        const char *key)
{
    struct pack body = {0};
    packed_result(&body, r);
    enum err e = db_run(
        h,
        "UPDATE results SET key = ?, expected = ?, outcome = ?, grade = ?,"
        " flagged = ?, judged = ?, seconds = ?, cpu = ?, differs = ?, body = ?"
        " WHERE run = ? AND number = ?",
        "ttttiirribii", key, expected_id(r), outcome_id(r->outcome),
        grade_id(r->grade), (long long)r->flagged, (long long)r->runs,
        r->seconds, r->cpu, (long long)r->differs, &body.out, run,
        (long long)r->number);
    pack_fini(&body);
    return e;
}

static enum err put_wall(struct history *h, long long run, double wall)
{
    return db_run(h, "UPDATE runs SET wall = ? WHERE number = ?", "ri", wall,
                  run);
}

static enum err drop_parts(struct history *h, long long run,
                           const struct result *r)
{
    return db_run(h, "DELETE FROM parts WHERE run = ? AND number = ?", "ii",
                  run, (long long)r->number);
}

enum err history_put(struct history *h, const struct run_info *run,
                     struct result *r, const char *key, double wall)
{
    pthread_mutex_lock(&h->lock);
    enum err e = db_begin(h);
    if (e == ERR_OK) {
        e = put_row(h, run->number, r, key);
        if (e == ERR_OK)
            e = drop_parts(h, run->number, r);
        if (e == ERR_OK)
            e = put_wall(h, run->number, wall);
        e = db_end(h, e);
    }
    pthread_mutex_unlock(&h->lock);
    return e;
}

enum err history_put_part(struct history *h, const struct run_info *run,
                          const struct result *r, const char *key,
                          unsigned repeat, const struct buf *bytes, double wall)
{
    pthread_mutex_lock(&h->lock);
    enum err e = db_begin(h);
    if (e == ERR_OK) {
        e = db_run(h, "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)",
                   "iiitb", run->number, (long long)r->number,
                   (long long)repeat, key, bytes);
        if (e == ERR_OK)
            e = put_wall(h, run->number, wall);
        e = db_end(h, e);
    }
    pthread_mutex_unlock(&h->lock);
    return e;
}

/* Keeps the texts of the case; *hash is owned by the caller. */
static enum err put_case(struct history *h, const struct scenario_case *c,
                         char **hash)
{
    struct pack body = {0};
    struct case_texts texts;
    case_texts_of(c, &texts);
    packed_case(&body, &texts);
    *hash = hash_of(&body.out);
    enum err e = db_run(h, "INSERT OR IGNORE INTO cases VALUES (?, ?)", "tb",
                        *hash, &body.out);
    pack_fini(&body);
    case_texts_fini(&texts);
    return e;
}

static enum err enter_row(struct history *h, long long run, struct result *r,
                          const char *texts)
{
    return db_run(h,
                  "INSERT INTO results (run, number, \"case\", variant,"
                  " detector, texts, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)"
                  " ON CONFLICT DO UPDATE SET texts = excluded.texts",
                  "iittttt", run, (long long)r->number, r->c->id,
                  r->variant->name, r->detector->id, texts,
                  outcome_id(OUTCOME_CANCELLED));
}

/* A row for each result; those that have an outcome at once. */
static enum err enter_rows(struct history *h, long long run,
                           struct report *report)
{
    char *texts = NULL;
    enum err e = ERR_OK;
    for (size_t i = 0; i < report->results.n && e == ERR_OK; i++) {
        struct result *r = &report->results.v[i];
        if (i == 0 || r->c != r[-1].c) {
            free(texts);
            e = put_case(h, r->c, &texts);
        }
        if (e == ERR_OK)
            e = enter_row(h, run, r, texts);
        if (e == ERR_OK && r->outcome != OUTCOME_CANCELLED)
            e = put_row(h, run, r, NULL);
    }
    free(texts);
    return e;
}

enum err history_begin(struct history *h, struct run_info *run,
                       struct report *report)
{
    pthread_mutex_lock(&h->lock);
    enum err e = db_begin(h);
    if (e == ERR_OK) {
        e = rows_enter_run(h, run, report);
        if (e == ERR_OK)
            e = enter_rows(h, run->number, report);
        if (e == ERR_OK)
            e = rows_trim(h, &history_usual, run->number);
        e = db_end(h, e);
    }
    pthread_mutex_unlock(&h->lock);
    return e;
}

enum err history_go_on(struct history *h, const struct run_info *run,
                       struct report *report)
{
    struct pack head = {0};
    packed_head(&head, report, NULL);
    pthread_mutex_lock(&h->lock);
    enum err e = db_begin(h);
    if (e == ERR_OK) {
        e = db_run(h,
                   "UPDATE runs SET state = ?, gate = ?, head = ?, ended = 0"
                   " WHERE number = ?",
                   "iibi", (long long)RUN_OPEN, (long long)report->gate.asked,
                   &head.out, run->number);
        if (e == ERR_OK)
            e = rows_put_checkout(h, run->number, &report->checkout);
        if (e == ERR_OK)
            e = enter_rows(h, run->number, report);
        e = db_end(h, e);
    }
    pthread_mutex_unlock(&h->lock);
    pack_fini(&head);
    return e;
}

static enum err close_run(struct history *h, long long run,
                          struct report *report)
{
    struct pack head = {0};
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    packed_head(&head, report, NULL);
    enum err e = db_run(
        h,
        "UPDATE runs SET state = ?, passed = ?, ended = ?, wall = ?, bugs = ?,"
        " flagged = ?, fixes = ?, clean = ?, head = ? WHERE number = ?",
        "iirriiiibi", (long long)(report->cancelled ? RUN_STOPPED : RUN_DONE),
        (long long)report->gate.passed,
        (double)t.tv_sec + (double)t.tv_nsec / 1e9, report->timing.wall,
        (long long)report->score.bugs, (long long)report->score.flagged,
        (long long)report->score.fixes, (long long)report->score.clean,
        &head.out, run);
    /* A repeat may have been put after the result that it is part of. */
    if (e == ERR_OK && !report->cancelled)
        e = db_run(h, "DELETE FROM parts WHERE run = ?", "i", run);
    pack_fini(&head);
    return e;
}

/* What was put has all but the gate's word. */
static enum err close_rows(struct history *h, long long run,
                           struct report *report)
{
    enum err e =
        db_run(h, "UPDATE results SET differs = 0 WHERE run = ?", "i", run);
    for (size_t i = 0; i < report->results.n && e == ERR_OK; i++) {
        struct result *r = &report->results.v[i];
        if (r->outcome == OUTCOME_CANCELLED)
            e = put_row(h, run, r, NULL);
        else if (r->differs)
            e = db_run(h,
                       "UPDATE results SET differs = 1"
                       " WHERE run = ? AND number = ?",
                       "ii", run, (long long)r->number);
    }
    return e;
}

enum err history_end(struct history *h, struct report *report)
{
    struct run_info run = {0};
    if (!report->run)
        return ERR_OK;
    enum err e = history_find(h, report->run, &run);
    if (e != ERR_OK)
        return e;
    pthread_mutex_lock(&h->lock);
    e = db_begin(h);
    if (e == ERR_OK) {
        e = close_rows(h, run.number, report);
        if (e == ERR_OK)
            e = close_run(h, run.number, report);
        e = db_end(h, e);
    }
    pthread_mutex_unlock(&h->lock);
    run_info_fini(&run);
    return e;
}
