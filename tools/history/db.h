/* SQLite, as far as the history needs it. Internal to the history.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_HISTORY_DB_H
#define LOCKSTEP_HISTORY_DB_H

#include "history/history.h"

#include <pthread.h>
#include <sqlite3.h>

struct history {
    sqlite3 *db;
    char *path;
    pthread_mutex_t lock; /* held by each public function that touches db */
    char *problem;
};

/* The error of an SQLite result code; h->problem tells of it. ERR_OK for
 * SQLITE_OK, _ROW and _DONE. */
enum err db_error(struct history *h, int rc);

/* h->problem becomes this text. Returns e. */
enum err db_complain(struct history *h, enum err e, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Runs one statement without rows. types has a letter for each parameter: t
 * (const char *, may be NULL), i (long long), r (double), b (const struct buf
 * *). What is bound must last until the end. */
enum err db_run(struct history *h, const char *sql, const char *types, ...);

/* Begins a query. With ERR_OK, sqlite3_finalize is owed to *out. */
enum err db_query(struct history *h, sqlite3_stmt **out, const char *sql,
                  const char *types, ...);

/* Steps to the next row: true. False at the end, or with an error in *e, which
 * is only written then. */
bool db_next(struct history *h, sqlite3_stmt *s, enum err *e);

/* A column as an owned string, NULL for NULL. */
char *db_text(sqlite3_stmt *s, int column);

/* A transaction that writes, from its begin on; commits if e is ERR_OK, else
 * rolls back and returns e. */
enum err db_begin(struct history *h);
enum err db_end(struct history *h, enum err e);

/* Makes the tables, or brings them up to date. */
enum err schema_update(struct history *h);

/* ERR_INVALID unless the file is a history that this Lockstep knows, or, to be
 * written, empty. */
enum err schema_check(struct history *h, bool may_be_empty);

/* Whether schema_update has something to do. */
bool schema_is_old(struct history *h);

/* Complaint of a run that was trimmed, with its id. */
#define HISTORY_ONLY_FIGURES                                                   \
    "has only the figures of run %s left, which `lockstep history` tells, not" \
    " its report"

/* Reads one row of the columns RUN_COLUMNS. */
#define RUN_COLUMNS                                                            \
    "number, id, version, host, words, request, maker, state, gate, passed, "  \
    "head IS NOT NULL, began, ended, wall, bugs, flagged, fixes, clean, "      \
    "shard, shards, planned, plan, kind, revision, branch, origin, changed"
void run_info_read(sqlite3_stmt *s, struct run_info *out);

#endif
