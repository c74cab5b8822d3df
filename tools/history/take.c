/* What a run that was broken off has already.
 * SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "history/packed.h"

#include <stdlib.h>

static struct pack pack_in(sqlite3_stmt *s, int column)
{
    const void *bytes = sqlite3_column_blob(s, column);
    return pack_of(bytes, (size_t)sqlite3_column_bytes(s, column));
}

/* A body that cannot be read is as good as none: it is measured again. */
static enum err fill_in(struct result *r, sqlite3_stmt *s)
{
    struct pack p = pack_in(s, 0);
    struct result kept = {.c = r->c,
                          .variant = r->variant,
                          .detector = r->detector,
                          .expected = r->expected,
                          .number = r->number};
    packed_result(&p, &kept);
    if (!pack_done(&p) || kept.outcome == OUTCOME_CANCELLED) {
        result_fini(&kept);
        return ERR_NOENT;
    }
    result_fini(r);
    *r = kept;
    return ERR_OK;
}

enum err history_take(struct history *h, const struct run_info *run,
                      struct result *r, const char *key)
{
    sqlite3_stmt *s;
    pthread_mutex_lock(&h->lock);
    enum err e = db_query(h, &s,
                          "SELECT body FROM results WHERE run = ? AND number ="
                          " ? AND key = ? AND body IS NOT NULL",
                          "iit", run->number, (long long)r->number, key);
    if (e == ERR_OK) {
        bool found = db_next(h, s, &e);
        if (e == ERR_OK)
            e = found ? fill_in(r, s) : ERR_NOENT;
        sqlite3_finalize(s);
    }
    pthread_mutex_unlock(&h->lock);
    return e;
}

enum err history_take_parts(struct history *h, const struct run_info *run,
                            const struct result *r, const char *key,
                            void (*f)(void *arg, unsigned repeat,
                                      const void *bytes, size_t n),
                            void *arg)
{
    sqlite3_stmt *s;
    pthread_mutex_lock(&h->lock);
    enum err e = db_query(h, &s,
                          "SELECT repeat, body FROM parts WHERE run = ? AND"
                          " number = ? AND key = ? ORDER BY repeat",
                          "iit", run->number, (long long)r->number, key);
    if (e == ERR_OK) {
        while (db_next(h, s, &e))
            f(arg, (unsigned)sqlite3_column_int64(s, 0),
              sqlite3_column_blob(s, 1), (size_t)sqlite3_column_bytes(s, 1));
        sqlite3_finalize(s);
    }
    pthread_mutex_unlock(&h->lock);
    return e;
}
