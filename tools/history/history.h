/* What was measured, kept in a database: each result as soon as it is there, so
 * that a run that is broken off can be gone on with, and any run be told of
 * again.
 *
 * The database is SQLite's, with a write-ahead log: what was written survives
 * the death of this process, and several processes may use it at a time. All
 * functions may be called by several threads.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_HISTORY_HISTORY_H
#define LOCKSTEP_HISTORY_HISTORY_H

#include "base/diag.h"
#include "base/err.h"
#include "model/own_report.h"
#include "model/report.h"

/* The file, in the folder of programs and raw reports. */
#define HISTORY_FILE "lockstep.db"

struct history;

enum history_access { HISTORY_READ, HISTORY_WRITE };

/* Opens the database `path`; to write, makes it and its folder, and brings an
 * older one up to date. ERR_NOENT: there is none to read; ERR_INVALID: it is
 * damaged, of something else or of a newer Lockstep; ERR_ACCESS, ERR_NOSPACE,
 * ERR_IO. A message is in d. */
enum err history_open(const char *path, enum history_access access,
                      struct history **out, struct diag *d);
void history_close(struct history *h);

/* What the last function that failed with h has to say, "path: what; what to
 * do", or NULL if none has. Borrowed. */
const char *history_problem(const struct history *h);

enum run_state {
    RUN_OPEN,    /* it goes on, or was killed */
    RUN_STOPPED, /* interrupted by the user */
    RUN_DONE,
};

enum run_kind {
    RUN_MATRIX,  /* of the corpus: run, gate, merge */
    RUN_MEASURE, /* the same, to be recorded: measure */
    RUN_OWN,     /* of a program of the user's own: run --, check */
};

/* A run as a line. Strings owned. */
struct run_info {
    long long number; /* in this database */
    enum run_kind kind;
    char *id;      /* the name of its folder of raw reports */
    char *version; /* of Lockstep */
    char *host;    /* its name */
    char *words;   /* the command line, for people */
    char *request; /* a hash of what was asked for: cells, repeats, shard */
    char *maker;   /* the build of Lockstep: one that differs may judge so */
    enum run_state state;
    bool gate; /* asked to judge */
    bool passed;
    bool whole;   /* its report can be read; else only its figures are kept */
    double began; /* seconds since 1970 */
    double ended; /* 0: not yet */
    double wall;  /* seconds it took, without what lies between its parts */
    unsigned bugs, flagged, fixes, clean; /* as in the score */
    unsigned shard, shards;               /* 0, 0: not a part */
    unsigned planned; /* cells of the whole, of which a shard has some */
    char *plan;       /* a hash of the whole, the same on each computer */
    struct checkout checkout; /* asked: always */
    bool going_on; /* a process is at it; who knows the run's folder says so */
};

VEC_TYPE(run_infos, struct run_info);

/* "matrix", "measure", "own". */
const char *run_kind_id(enum run_kind k);

void run_info_fini(struct run_info *r);
void run_infos_fini(struct run_infos *l);

/* All runs, the oldest first. */
enum err history_runs(struct history *h, struct run_infos *out);

/* The run with that id, or whose id begins so if there is but one; NULL: the
 * last. ERR_NOENT if there is none. run_info_fini is owed when ERR_OK. */
enum err history_find(struct history *h, const char *id, struct run_info *out);

/* The latest run of the matrix of that request by that maker, if it was broken
 * off. */
enum err history_unfinished(struct history *h, const char *request,
                            const char *maker, struct run_info *out);

/* Enters a run, with a row for each result as it is now, and its head: host,
 * detectors, checkout. number, began and state of `run` are filled in. The
 * oldest runs of its kind are trimmed. */
enum err history_begin(struct history *h, struct run_info *run,
                       struct report *report);

/* Goes on with a run that was broken off: as history_begin, but the results
 * that it has are kept unless the report has an outcome for them. */
enum err history_go_on(struct history *h, const struct run_info *run,
                       struct report *report);

/* Keeps a finished result, in the place of its parts. key: a hash of what it
 * was made from; wall: what the run took until now. */
enum err history_put(struct history *h, const struct run_info *run,
                     struct result *r, const char *key, double wall);

/* Keeps some bytes on one repeat of a result that is not finished. */
enum err history_put_part(struct history *h, const struct run_info *run,
                          const struct result *r, const char *key,
                          unsigned repeat, const struct buf *bytes,
                          double wall);

/* Fills in the result if it is kept, of this key, and has an outcome other than
 * `cancelled`; else ERR_NOENT, and it is as before. */
enum err history_take(struct history *h, const struct run_info *run,
                      struct result *r, const char *key);

/* Calls f with each part that is kept of the result and this key. */
enum err history_take_parts(struct history *h, const struct run_info *run,
                            const struct result *r, const char *key,
                            void (*f)(void *arg, unsigned repeat,
                                      const void *bytes, size_t n),
                            void *arg);

/* Closes the run report->run: what the gate and the score say, and every result
 * that was not put. Nothing, if report->run is NULL. */
enum err history_end(struct history *h, struct report *report);

/* Keeps a whole run of a program of the user's own, report->base.run being its
 * id, with the texts of the sources that it tells of, which have their whole
 * paths. `run` as for history_begin. */
enum err history_put_own(struct history *h, struct run_info *run,
                         struct own_report *report,
                         struct source_texts *sources);

/* A report as it was, but for its score, which follows from the rest. */
struct stored_report {
    struct report report;
    struct run_info run;
    struct corpus corpus; /* of the run's cases, as their texts were then */
    struct strv texts;    /* that the report borrows */
};

/* Reads a run back: history_find's. Of one that was broken off, what is missing
 * is `cancelled`. ERR_NOENT: there is none, or only its figures are left;
 * ERR_INVALID: damaged. A message is in d. stored_report_free when ERR_OK. */
enum err history_read(struct history *h, const char *id,
                      struct stored_report **out, struct diag *d);
void stored_report_free(struct stored_report *r);

/* Such a run as it was, but for what formats are told of it (own_matrix), which
 * follows from the rest. Zero-initialise. */
struct stored_own {
    struct own_report report;
    struct run_info run;
    struct baseline baseline; /* that the report borrows */
    struct source_texts sources;
    struct strv texts; /* that the report borrows */
};

/* Reads one back that run, of history_find, is; the rest as history_read.
 * stored_own_fini is owed whatever is returned. */
enum err history_read_own(struct history *h, const struct run_info *run,
                          struct stored_own *out, struct diag *d);
void stored_own_fini(struct stored_own *r);

/* Joins the last run of each database, the shards of one whole, into a new run
 * called id, that is still open: gate and score are the caller's to ask, then
 * history_end. ERR_INVALID: they are no shards of one whole, or not all, or of
 * different tools; a message is in d, and nothing has changed. */
enum err history_merge(struct history *into, struct history *const *from,
                       size_t n, const char *id, struct diag *d);

/* Keeps the reports of so many runs, and the figures of so many, the newest of
 * each kind. A run that is `except`, or open and younger than a week, is left
 * alone. */
struct history_limits {
    unsigned whole;
    unsigned figures;
};
enum err history_trim(struct history *h, const struct history_limits *limits,
                      long long except);

/* What is kept when a run begins. */
extern const struct history_limits history_usual;

/* How one run did on a cell. Strings owned. */
struct rate_point {
    char *run;
    char *key;
    char *outcome;
    unsigned flagged, judged;
};

VEC_TYPE(rate_points, struct rate_point);

/* A cell over time: the oldest point first. Strings owned. */
struct rate {
    char *c, *variant, *detector;
    char *expected; /* verdict recorded when it ran last, or NULL */
    struct rate_points points;
};

VEC_TYPE(rates, struct rate);

/* All cells of a case, by its id or its name, or of every one if it is NULL,
 * that ever came to a verdict: by case, variant and detector. */
enum err history_rates(struct history *h, const char *c, struct rates *out);
void rates_fini(struct rates *l);

/* The sums over the points that were made from what the last one was. */
struct rate_sum {
    unsigned runs, flagged, judged;
};
struct rate_sum rate_sum(const struct rate *r);

/* The same content, yet both flagged and not. */
bool rate_is_flaky(const struct rate *r);

#endif
