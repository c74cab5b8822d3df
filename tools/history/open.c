/* Opening the history.
 * SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "os/fs.h"

#include <libgen.h>
#include <stdlib.h>
#include <unistd.h>

/* Others write for milliseconds at a time. */
#define BUSY_MS 30000

static void destroy(struct history *h)
{
    sqlite3_close(h->db);
    pthread_mutex_destroy(&h->lock);
    free(h->path);
    free(h->problem);
    free(h);
}

void history_close(struct history *h)
{
    if (h)
        destroy(h);
}

const char *history_problem(const struct history *h)
{
    return h->problem;
}

static enum err make_folder(struct history *h)
{
    char *copy = str_dup(h->path);
    enum err e = fs_mkdirs(dirname(copy));
    free(copy);
    if (e == ERR_OK)
        return e;
    return db_complain(h, e,
                       "cannot be written: %s; name another folder with --out "
                       "DIR",
                       err_text(e));
}

static enum err connect_to(struct history *h, const char *name, int flags)
{
    sqlite3_close(h->db);
    h->db = NULL;
    flags |= SQLITE_OPEN_FULLMUTEX;
    enum err e = db_error(h, sqlite3_open_v2(name, &h->db, flags, NULL));
    if (e == ERR_OK)
        sqlite3_busy_timeout(h->db, BUSY_MS);
    return e;
}

/* The change of the journal does not wait for others by itself. */
static enum err use_log(struct history *h)
{
    enum err e = ERR_OK;
    for (int tries = 0; tries < 600; tries++) {
        int rc =
            sqlite3_exec(h->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        e = db_error(h, rc);
        if ((rc & 0xff) != SQLITE_BUSY)
            break;
        usleep(50000);
    }
    return e;
}

static enum err open_to_write(struct history *h)
{
    enum err e = make_folder(h);
    if (e == ERR_OK)
        e = connect_to(h, h->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (e == ERR_OK)
        e = schema_check(h, true);
    if (e == ERR_OK)
        e = db_run(h, "PRAGMA auto_vacuum = INCREMENTAL", "");
    if (e == ERR_OK)
        e = use_log(h);
    if (e == ERR_OK)
        e = db_run(h, "PRAGMA synchronous = NORMAL", "");
    if (e == ERR_OK)
        e = db_run(h, "PRAGMA foreign_keys = ON", "");
    if (e == ERR_OK)
        e = schema_update(h);
    return e;
}

/* "file:" and the path, with what means something in a URI escaped. */
static char *uri_of(const char *path, const char *query)
{
    struct buf b = {0};
    buf_adds(&b, "file:");
    for (const char *c = path; *c; c++)
        if (*c == '?' || *c == '#' || *c == '%')
            buf_addf(&b, "%%%02x", (unsigned char)*c);
        else
            buf_add(&b, c, 1);
    buf_adds(&b, query);
    return buf_take(&b);
}

/* In a folder that cannot be written to, SQLite cannot make the files by which
 * readers and writers keep apart; then there is no writer either. */
static enum err open_unchanging(struct history *h)
{
    char *log = str_fmt("%s-wal", h->path);
    char *uri = uri_of(h->path, "?immutable=1");
    enum err e = ERR_ACCESS;
    if (!fs_is_file(log))
        e = connect_to(h, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    if (e == ERR_OK)
        e = schema_check(h, false);
    free(uri);
    free(log);
    return e;
}

static enum err open_to_read(struct history *h)
{
    if (!fs_is_file(h->path))
        return db_complain(h, ERR_NOENT,
                           "there is none: no run was stored in this folder");
    enum err e = connect_to(h, h->path, SQLITE_OPEN_READONLY);
    if (e == ERR_OK)
        e = schema_check(h, false);
    if (e == ERR_ACCESS || e == ERR_IO || e == ERR_NOENT)
        if (sqlite3_errcode(h->db) == SQLITE_CANTOPEN ||
            sqlite3_errcode(h->db) == SQLITE_READONLY)
            e = open_unchanging(h);
    return e;
}

enum err history_open(const char *path, enum history_access access,
                      struct history **out, struct diag *d)
{
    struct history *h = mem_new(1, sizeof *h);
    h->path = str_dup(path);
    pthread_mutex_init(&h->lock, NULL);
    enum err e = access == HISTORY_WRITE ? open_to_write(h) : open_to_read(h);
    if (e == ERR_OK) {
        *out = h;
        return ERR_OK;
    }
    diag_add(d, "%s", history_problem(h));
    destroy(h);
    return e;
}
