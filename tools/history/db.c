/* SQLite, as far as the history needs it.
 * SPDX-License-Identifier: MIT */
#include "history/db.h"

#include <errno.h>
#include <stdlib.h>

static enum err err_of(struct history *h, int rc)
{
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERR_OK;
    case SQLITE_FULL:
        return ERR_NOSPACE;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ERR_ACCESS;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ERR_INVALID;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
        break;
    default:
        return ERR_IO;
    }
    int number = h->db ? sqlite3_system_errno(h->db) : 0;
    return number ? err_from_errno(number) : ERR_IO;
}

enum err db_complain(struct history *h, enum err e, const char *fmt, ...)
{
    struct buf b = {0};
    va_list ap;
    buf_addf(&b, "%s: ", h->path);
    va_start(ap, fmt);
    buf_addv(&b, fmt, ap);
    va_end(ap);
    free(h->problem);
    h->problem = buf_take(&b);
    return e;
}

enum err db_error(struct history *h, int rc)
{
    enum err e = err_of(h, rc);
    switch (e) {
    case ERR_OK:
        return e;
    case ERR_NOSPACE:
        return db_complain(h, e,
                           "%s; free some space, or name another folder with "
                           "--out DIR",
                           err_text(e));
    case ERR_ACCESS:
        return db_complain(h, e,
                           "cannot be written: %s; name another folder "
                           "with --out DIR",
                           err_text(e));
    case ERR_INVALID:
        return db_complain(h, e,
                           "is damaged, or no history of Lockstep: %s; move it "
                           "away, and the next run begins a new one",
                           sqlite3_errmsg(h->db));
    default:
        break;
    }
    if ((rc & 0xff) == SQLITE_BUSY)
        return db_complain(h, e, "is locked by another process for too long");
    /* On a read-only file system it is the files beside it. */
    if ((rc & 0xff) == SQLITE_CANTOPEN)
        return db_complain(h, e,
                           "cannot be written: %s; name another folder with "
                           "--out DIR",
                           err_text(e));
    return db_complain(h, e, "%s",
                       h->db ? sqlite3_errmsg(h->db) : sqlite3_errstr(rc));
}

static int bind_one(sqlite3_stmt *s, int i, char type, va_list *ap)
{
    switch (type) {
    case 't':
        return sqlite3_bind_text(s, i, va_arg(*ap, const char *), -1,
                                 SQLITE_STATIC);
    case 'i':
        return sqlite3_bind_int64(s, i, va_arg(*ap, long long));
    case 'r':
        return sqlite3_bind_double(s, i, va_arg(*ap, double));
    default: {
        const struct buf *b = va_arg(*ap, const struct buf *);
        return sqlite3_bind_blob64(s, i, buf_str(b), b->len, SQLITE_STATIC);
    }
    }
}

static enum err prepare(struct history *h, sqlite3_stmt **out, const char *sql,
                        const char *types, va_list *ap)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(h->db, sql, -1, &s, NULL);
    for (int i = 0; rc == SQLITE_OK && types[i]; i++)
        rc = bind_one(s, i + 1, types[i], ap);
    enum err e = db_error(h, rc);
    if (e == ERR_OK)
        *out = s;
    else
        sqlite3_finalize(s);
    return e;
}

enum err db_query(struct history *h, sqlite3_stmt **out, const char *sql,
                  const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    enum err e = prepare(h, out, sql, types, &ap);
    va_end(ap);
    return e;
}

enum err db_run(struct history *h, const char *sql, const char *types, ...)
{
    sqlite3_stmt *s;
    va_list ap;
    va_start(ap, types);
    enum err e = prepare(h, &s, sql, types, &ap);
    va_end(ap);
    if (e != ERR_OK)
        return e;
    while (db_next(h, s, &e))
        ;
    sqlite3_finalize(s);
    return e;
}

bool db_next(struct history *h, sqlite3_stmt *s, enum err *e)
{
    int rc = sqlite3_step(s);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        *e = db_error(h, rc);
    return rc == SQLITE_ROW;
}

char *db_text(sqlite3_stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(s, column);
    return str_dup((const char *)text);
}

enum err db_begin(struct history *h)
{
    return db_run(h, "BEGIN IMMEDIATE", "");
}

enum err db_end(struct history *h, enum err e)
{
    if (e == ERR_OK)
        e = db_run(h, "COMMIT", "");
    /* Some errors have rolled back already. */
    if (e != ERR_OK && !sqlite3_get_autocommit(h->db))
        sqlite3_exec(h->db, "ROLLBACK", NULL, NULL, NULL);
    return e;
}
