/* How cells did over time.
 * SPDX-License-Identifier: MIT */
#include "history/db.h"

#include <stdlib.h>

static void rate_fini(struct rate *r)
{
    for (size_t i = 0; i < r->points.n; i++) {
        free(r->points.v[i].run);
        free(r->points.v[i].key);
        free(r->points.v[i].outcome);
    }
    vec_fini(&r->points);
    free(r->c);
    free(r->variant);
    free(r->detector);
    free(r->expected);
}

void rates_fini(struct rates *l)
{
    for (size_t i = 0; i < l->n; i++)
        rate_fini(&l->v[i]);
    vec_fini(l);
}

/* Columns: case, variant, detector, expected, id, key, outcome, flagged,
 * judged; each cell's rows follow one another. */
static void add_row(struct rates *l, sqlite3_stmt *s)
{
    char *c = db_text(s, 0), *variant = db_text(s, 1),
         *detector = db_text(s, 2);
    struct rate *r = l->n ? &l->v[l->n - 1] : NULL;
    if (!r || !str_eq(r->c, c) || !str_eq(r->variant, variant) ||
        !str_eq(r->detector, detector)) {
        vec_push(l, ((struct rate){
                        .c = c, .variant = variant, .detector = detector}));
        r = &l->v[l->n - 1];
    } else {
        free(c);
        free(variant);
        free(detector);
    }
    free(r->expected);
    r->expected = db_text(s, 3);
    struct rate_point p = {.run = db_text(s, 4),
                           .key = db_text(s, 5),
                           .outcome = db_text(s, 6),
                           .flagged = (unsigned)sqlite3_column_int64(s, 7),
                           .judged = (unsigned)sqlite3_column_int64(s, 8)};
    vec_push(&r->points, p);
}

enum err history_rates(struct history *h, const char *c, struct rates *out)
{
    sqlite3_stmt *s;
    pthread_mutex_lock(&h->lock);
    enum err e = db_query(
        h, &s,
        "SELECT \"case\", variant, detector, expected, id, key, outcome,"
        " results.flagged, judged FROM results JOIN runs"
        " ON runs.number = results.run WHERE judged > 0"
        " AND (?1 IS NULL OR \"case\" = ?1"
        " OR substr(\"case\", 1 + instr(\"case\", '/')) = ?1)"
        " ORDER BY \"case\", variant, detector, run",
        "t", c);
    if (e == ERR_OK) {
        while (db_next(h, s, &e))
            add_row(out, s);
        sqlite3_finalize(s);
    }
    pthread_mutex_unlock(&h->lock);
    return e;
}

struct rate_sum rate_sum(const struct rate *r)
{
    struct rate_sum sum = {0};
    for (size_t i = 0; i < r->points.n; i++) {
        const struct rate_point *p = &r->points.v[i];
        if (!str_eq(p->key, r->points.v[r->points.n - 1].key))
            continue;
        sum.runs++;
        sum.flagged += p->flagged;
        sum.judged += p->judged;
    }
    return sum;
}

bool rate_is_flaky(const struct rate *r)
{
    struct rate_sum sum = rate_sum(r);
    return sum.flagged > 0 && sum.flagged < sum.judged;
}
