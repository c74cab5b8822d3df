/* Old runs lose their reports, then their figures.
 * SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "history/rows.h"

const struct history_limits history_usual = {.whole = 20, .figures = 1000};

/* The runs that are not among the newest so many of their kind. One that is
 * open may be going on, but not for a week. */
#define OLD_RUNS                                                               \
    "SELECT number FROM runs AS old WHERE number != ?1 AND (state != 0 OR"     \
    " began < unixepoch() - 604800) AND number NOT IN (SELECT number FROM"     \
    " runs WHERE kind = old.kind ORDER BY number DESC LIMIT ?2)"

static enum err drop_reports(struct history *h, unsigned kept, long long except)
{
    enum err e = db_run(h,
                        "UPDATE results SET body = NULL, texts = NULL WHERE"
                        " body IS NOT NULL AND run IN (" OLD_RUNS ")",
                        "ii", except, (long long)kept);
    if (e == ERR_OK)
        e = db_run(h,
                   "UPDATE runs SET head = NULL WHERE head IS NOT NULL AND"
                   " number IN (" OLD_RUNS ")",
                   "ii", except, (long long)kept);
    return e;
}

enum err rows_trim(struct history *h, const struct history_limits *limits,
                   long long except)
{
    enum err e = drop_reports(h, limits->whole, except);
    if (e == ERR_OK)
        e = db_run(h, "DELETE FROM runs WHERE number IN (" OLD_RUNS ")", "ii",
                   except, (long long)limits->figures);
    if (e == ERR_OK)
        e = db_run(h,
                   "DELETE FROM cases WHERE NOT EXISTS (SELECT 1 FROM results"
                   " WHERE texts = hash)",
                   "");
    return e;
}

enum err history_trim(struct history *h, const struct history_limits *limits,
                      long long except)
{
    pthread_mutex_lock(&h->lock);
    enum err e = db_begin(h);
    if (e == ERR_OK)
        e = db_end(h, rows_trim(h, limits, except));
    if (e == ERR_OK)
        e = db_run(h, "PRAGMA incremental_vacuum", "");
    pthread_mutex_unlock(&h->lock);
    return e;
}
