/* What a detector is: one const struct at the top of one file in this folder,
 * named detector_<file name>. The build finds it by that file name.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_DETECTOR_H
#define LOCKSTEP_DETECTORS_DETECTOR_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "detectors/program.h"
#include "model/corpus.h"
#include "model/finding.h"
#include "model/model.h"
#include "model/suppressed.h"
#include "os/proc.h"

#include <stdbool.h>
#include <sys/types.h>

/* A dynamic detector judges runs of a program; a static one reads its source,
 * and nothing is built or run; an exploring one runs the program itself as
 * often as it likes, each time by another schedule, and is deterministic. */
enum detector_family { DETECTOR_DYNAMIC, DETECTOR_STATIC, DETECTOR_EXPLORING };

const char *detector_family_id(enum detector_family f);

/* Where a detector finds the project's files. Paths absolute. */
struct detector_env {
    const char *configs; /* the folder sanitizer-configs */
    const char *lib;     /* the folder of Lockstep's own shared objects */
    const char *tool;    /* the executable `lockstep` */
};

/* What probe found. Strings owned; status_fini frees them. */
struct detector_status {
    bool usable;
    char *version;   /* one line, part of every cache key; NULL if missing */
    char *problem;   /* what is wrong, when not usable */
    char *mend;      /* the command or package that mends it */
    char *no_openmp; /* why, though usable, it cannot judge OpenMP here, and
                      * what mends that; NULL if it can or never does */
};

/* One program to judge. Borrowed. */
struct target {
    const char *source;      /* absolute path of the C file; NULL: the program
                              * is the user's own, who builds it himself */
    const char *include_dir; /* holds case.h */
    enum model model;
    const char *const *args; /* of the program; NULL-terminated */
    char *const *libraries;  /* to link with, as after -l */
    unsigned libraries_count;
    unsigned threads; /* of OpenMP; 0: as many as the detector likes */
    unsigned work; /* steps of an exploring one, about, at most; 0: the same */
    const char *cwd; /* the folder to run it in; NULL: the caller's */
    const struct strv *suppressions; /* files of the user's; NULL: none */
};

/* How a program is built and run. All owned; launch_fini frees. Of a static
 * detector: `compile` is empty, and `prefix` is the whole command. */
struct launch {
    struct strv compile; /* full command but for "-o OUTPUT"; for a program of
                          * the user's own: the compiler, and flags for it */
    struct strv prefix;  /* put before the program: valgrind ... */
    struct strv env;     /* "K=V" */
    bool no_aslr;
    double slowdown;     /* time-out factor against a plain run; >= 1 */
    const char *by_hand; /* static: shell text that follows the program's line
                          * when it is run by hand, or NULL */
};

/* What a search came to. Strings owned. */
struct search_result {
    enum claimed claim; /* CLAIM_NONE: it found something */
    char *terms;        /* of the claim, or why it is no better */
    char *printed;      /* by an execution that ran to its end, or NULL */
};

/* What a finished run left. Borrowed. An analyser of sources that was killed,
 * or did not end in time, comes to no parser. */
struct run_output {
    const char *report_dir; /* the files the detector wrote itself */
    const char *out, *err;  /* captured text */
    const struct proc_result *proc;
    const struct target *target;
    struct search_result *search; /* to be filled; NULL but for an exploring
                                   * detector */
};

/* A program that shows that a detector is alive: the source, in
 * sanitizer-configs/canaries, and what must be found at its sites. */
struct canary {
    const char *source; /* file name */
    enum model model;
    bool guilty;    /* else: must be clean; under a search verified */
    enum kind kind; /* of the finding, if guilty; each of its places must be
                     * on a line labelled @site, and a race have two unless
                     * the detector is one_sided */
};

/* The expectation that is implied of a bug beyond a static detector's kinds. */
#define DETECTOR_BEYOND(why)                                                   \
    {                                                                          \
        .verdict = VERDICT_MISSED, .reason = (why)                             \
    }

struct detector {
    const char *id;
    const char *title; /* one line for people */
    const char *home;  /* where its makers tell of it, or NULL */
    enum detector_family family;
    bool one_sided; /* reports one true access only: DRD, most static ones */

    /* Runs the tool's --version and looks for what it needs; cheap. */
    void (*probe)(const struct detector_env *env, struct detector_status *s);

    /* NULL when the detector can judge this model, else the reason (static).
     * May be left out by one that judges all. */
    const char *(*unsupported)(enum model m);

    /* NULL when it can judge a program that someone else built, else the
     * reason (static), with what to do. NULL itself: it can judge none. */
    const char *(*unfit)(const struct program *p);

    /* What makes its reports on such a program worse, with what to do (static);
     * NULL where nothing does. May be NULL. */
    const char *(*hint)(const struct program *p);

    /* Fills l. report_dir NULL: for a person, the report goes to stderr. With
     * suppressions of the user's it may be written to. */
    void (*prepare)(const struct detector_env *env, const struct target *t,
                    const char *report_dir, struct launch *l);

    /* Adds what was reported; a death by a fault that the detector tells of,
     * be it its own, as KIND_CRASH. ERR_INVALID with a reason in *problem
     * (owned by the caller) when the detector broke: no verdict may be drawn.
     * A static detector that could not read the source (a syntax error, a
     * missing header) is broken too, whatever it found before. Its rules become
     * kinds by one table; a rule that is not in it is KIND_OTHER, which is told
     * and never counts as the bug. An exploring one says in o->search, which is
     * empty, what it claims; a finding ends what it does: no token is owed. */
    enum err (*parse)(const struct run_output *o, struct findings *findings,
                      char **problem);

    /* Adds what suppressions kept back, each name once. May be NULL. */
    void (*suppressed)(const struct run_output *o, struct suppressed_list *out);

    /* Told of a program that is blocked for ever, while it still is: adds what
     * can be said of it. May be NULL. */
    void (*on_hang)(pid_t leader, struct findings *findings);

    const struct canary *canaries; /* ends with a NULL source */

    /* Of a static detector: the kinds that it looks for as such, the last is
     * KIND_COUNT; and, of bugs of none of them, why it does not: a sentence in
     * DETECTOR_BEYOND. What a manifest records goes before that. */
    const enum kind *kinds;
    struct expectation beyond;
};

/* All detectors, in the order of the matrix; ends with NULL. */
extern const struct detector *const detectors[];

const struct detector *detector_by_id(const char *id);

/* What d->unsupported says, or why no detector judges this model. */
const char *detector_unsupported(const struct detector *d, enum model m);

/* The same of a variant, of which the manifest may have more to say; NULL where
 * d judges it. Borrowed. */
const char *detector_unable(const struct detector *d,
                            const struct scenario_case *c,
                            const struct variant *v);

/* What is implied of v where its manifest records nothing: d->beyond, or NULL.
 * Borrowed. */
const struct expectation *detector_implied(const struct detector *d,
                                           const struct scenario_case *c,
                                           const struct variant *v);

/* What is recorded of d for a variant, or implied, or NULL. Borrowed. */
const struct expectation *detector_expectation(const struct detector *d,
                                               const struct scenario_case *c,
                                               const struct variant *v);

/* What a case gives its program under d: an exploring one may be given less to
 * do. *n is their number; borrowed. */
char *const *detector_arguments(const struct detector *d,
                                const struct manifest *m, unsigned *n);

/* What d->unfit says, or why the detector judges no built program. */
const char *detector_unfit(const struct detector *d, const struct program *p);

void detector_status_fini(struct detector_status *s);
void launch_fini(struct launch *l);

#endif
