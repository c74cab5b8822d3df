/* The tables, and how an older database comes to have them.
 * SPDX-License-Identifier: MIT */
#include "history/db.h"

#include <stdlib.h>

/* "Lock", so that file(1) and Lockstep know the database for its own. */
#define APPLICATION 0x4c6f636bLL

/* Step i makes version i + 1 of version i. What has been released is never
 * changed: a change is a step more. */
static const char *const steps[] = {
    /* A run that is trimmed loses its head, its bodies and, in time, its row.
     * The rows of an open run with the outcome `cancelled` are still to come.
     */
    "CREATE TABLE runs ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL,"
    "  version TEXT, host TEXT, words TEXT, request TEXT, maker TEXT,"
    "  state INTEGER NOT NULL, gate INTEGER, passed INTEGER,"
    "  began REAL, ended REAL DEFAULT 0, wall REAL DEFAULT 0,"
    "  bugs INTEGER DEFAULT 0, flagged INTEGER DEFAULT 0,"
    "  fixes INTEGER DEFAULT 0, clean INTEGER DEFAULT 0,"
    "  shard INTEGER, shards INTEGER, planned INTEGER, plan TEXT,"
    "  head BLOB);"
    /* The texts of a case, as they were; by their hash. */
    "CREATE TABLE cases (hash TEXT PRIMARY KEY, body BLOB NOT NULL)"
    "  WITHOUT ROWID;"
    "CREATE TABLE results ("
    "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
    "  number INTEGER NOT NULL, \"case\" TEXT NOT NULL, variant TEXT NOT NULL,"
    "  detector TEXT NOT NULL, texts TEXT, key TEXT, expected TEXT,"
    "  outcome TEXT, grade TEXT, flagged INTEGER, judged INTEGER,"
    "  seconds REAL, cpu REAL, differs INTEGER DEFAULT 0, body BLOB,"
    "  PRIMARY KEY (run, number));"
    "CREATE INDEX results_by_case ON results (\"case\", variant, detector);"
    "CREATE INDEX results_by_texts ON results (texts);"
    /* The repeats of results that are not finished. */
    "CREATE TABLE parts ("
    "  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
    "  number INTEGER NOT NULL, repeat INTEGER NOT NULL, key TEXT,"
    "  body BLOB, PRIMARY KEY (run, number, repeat));",
    /* Findings know what they owe to annotations, detectors their family: of
     * runs before that, the figures are kept. */
    "UPDATE results SET body = NULL, texts = NULL;"
    "UPDATE runs SET head = NULL, state = 2;"
    "DELETE FROM parts; DELETE FROM cases;",
    /* What was checked out; runs of other kinds than the matrix. */
    "ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'matrix';"
    "ALTER TABLE runs ADD COLUMN revision TEXT;"
    "ALTER TABLE runs ADD COLUMN branch TEXT;"
    "ALTER TABLE runs ADD COLUMN origin TEXT;"
    "ALTER TABLE runs ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;",
};

#define VERSION (sizeof steps / sizeof *steps)

static enum err number_of(struct history *h, const char *sql, long long *out)
{
    sqlite3_stmt *s;
    enum err e = db_query(h, &s, sql, "");
    if (e != ERR_OK)
        return e;
    if (db_next(h, s, &e))
        *out = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return e;
}

static enum err exec(struct history *h, const char *sql)
{
    return db_error(h, sqlite3_exec(h->db, sql, NULL, NULL, NULL));
}

struct found {
    long long application, version, tables;
};

/* All at one moment: another process may be about to make the tables. After a
 * failure the connection is closed, and first asked for its last error. */
static enum err look(struct history *h, struct found *out)
{
    enum err e = exec(h, "BEGIN");
    if (e == ERR_OK)
        e = number_of(h, "PRAGMA application_id", &out->application);
    if (e == ERR_OK)
        e = number_of(h, "PRAGMA user_version", &out->version);
    if (e == ERR_OK)
        e = number_of(h, "SELECT count(*) FROM sqlite_master", &out->tables);
    return e == ERR_OK ? exec(h, "COMMIT") : e;
}

enum err schema_check(struct history *h, bool may_be_empty)
{
    struct found f = {0};
    enum err e = look(h, &f);
    if (e != ERR_OK || (may_be_empty && f.tables == 0))
        return e;
    if (f.tables == 0)
        return db_complain(h, ERR_NOENT, "holds no run yet");
    if (f.application != APPLICATION)
        return db_complain(h, ERR_INVALID,
                           "is no history of Lockstep; move it away, or name "
                           "another");
    if (f.version > (long long)VERSION)
        return db_complain(h, ERR_INVALID,
                           "was written by a newer Lockstep (its format is "
                           "%lld, this one knows %zu): use that one, or "
                           "another folder with --out DIR",
                           f.version, VERSION);
    return ERR_OK;
}

bool schema_is_old(struct history *h)
{
    long long version = 0;
    return number_of(h, "PRAGMA user_version", &version) == ERR_OK &&
           version < (long long)VERSION;
}

/* Another process may have done it since schema_check. */
enum err schema_update(struct history *h)
{
    long long version = 0;
    enum err e = number_of(h, "PRAGMA user_version", &version);
    if (e != ERR_OK || version == (long long)VERSION)
        return e;
    e = db_begin(h);
    if (e != ERR_OK)
        return e;
    e = number_of(h, "PRAGMA user_version", &version);
    for (size_t i = (size_t)version; i < VERSION && e == ERR_OK; i++)
        e = exec(h, steps[i]);
    char *mark = str_fmt("PRAGMA application_id = %lld;"
                         "PRAGMA user_version = %zu;",
                         APPLICATION, VERSION);
    if (e == ERR_OK)
        e = exec(h, mark);
    free(mark);
    return db_end(h, e);
}
