/* The report of a run: what formats print. Filled by the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_REPORT_H
#define LOCKSTEP_MODEL_REPORT_H

#include "base/vec.h"
#include "model/corpus.h"
#include "model/finding.h"
#include "model/score.h"
#include "model/verdict.h"

/* The state of one detector. Strings owned but id, title, home, family. */
struct detector_report {
    const char *id;
    const char *title;
    const char *home;   /* where its makers tell of it, or NULL */
    const char *family; /* "dynamic", "static" or "exploring" */
    bool wanted;        /* chosen by --detector, or all */
    bool required;      /* named by --require */
    bool usable;        /* installed */
    bool alive;         /* its canaries came out right, or none were run */
    bool tried;         /* the canaries were run, now or by an earlier run */
    char *version;
    char *problem; /* what is wrong if not usable or not alive */
    char *mend;
    char *no_openmp; /* why OpenMP cannot be judged though it is usable */
};

VEC_TYPE(detector_reports, struct detector_report);

/* What one run took, in seconds. */
struct run_cost {
    double wall, cpu;
};

VEC_TYPE(run_costs, struct run_cost);

/* What its program took to build. */
struct build_cost {
    struct run_cost took;
    bool made;  /* compiled */
    bool found; /* in the cache */
};

/* One cell of the matrix: a variant under a detector, all repeats together. */
struct result {
    const struct scenario_case *c;
    const struct variant *variant;
    const struct detector_report *detector;
    const struct expectation *expected; /* NULL: nothing is recorded */
    unsigned number; /* in the whole plan, of which a shard has a part */
    enum outcome outcome;
    enum grade grade;   /* the best of a bug's findings */
    enum grade weakest; /* of the runs in which it was flagged, each by its
                         * best finding; GRADE_NONE: in none */
    unsigned runs;      /* that came to a verdict */
    unsigned crashed;   /* runs that came to none: it died under the detector */
    unsigned flagged;   /* runs with the bug flagged, or with a false alarm */
    unsigned annotated; /* flagged runs that needed an annotation to be so */
    unsigned hung;      /* runs that were blocked for ever */
    unsigned broken;    /* runs in which the program saw its own failure */
    unsigned unended;   /* runs that did not end as the manifest says */
    struct findings findings; /* of all runs, each told once */
    struct strv natives;      /* the detector's own names of all that it
                               * reported, whatever became of it; each once */
    double seconds;           /* of wall time, all repeats */
    double cpu;               /* of CPU time, all repeats */
    struct run_costs costs;   /* of each run that came to a verdict */
    struct build_cost build;
    enum claimed claim; /* of a search that found nothing */
    char *claim_terms;  /* under which it is made, or why it is no better;
                         * owned, NULL where there is no claim */
    bool differs;       /* from the record: the gate has failed on it */
    char *command;      /* shell line of one run; owned */
    char *note;         /* why there is no verdict, or NULL; owned */
    char *report_dir;   /* raw reports, or NULL; owned */
};

VEC_TYPE(results, struct result);

struct host_report {
    char *system; /* "Linux 6.1.0 x86_64" */
    char *cpu;
    unsigned cores;
    const char *ladder; /* how trees of processes are killed */
};

struct gate_report {
    bool asked; /* the user wants the verdict, not only the matrix */
    bool passed;
    struct strv failures;   /* a message each */
    struct strv incomplete; /* detectors broken, or missing though required */
};

struct timing_report {
    double wall;     /* of the whole run, without canaries */
    double children; /* sum of the wall times of all children, with builds */
    double cpu;      /* sum of their CPU times */
    unsigned jobs;
    unsigned built;  /* programs compiled */
    unsigned reused; /* programs found in the cache */
};

/* What was checked out where the sources are, as git knew it. Strings owned,
 * NULL where there is none. */
struct checkout {
    bool asked;     /* when the run began */
    char *revision; /* the commit */
    char *branch;
    char *uri;    /* of the remote "origin", without user and password */
    bool changed; /* since that commit, in files that git knows */
};

struct report {
    char *run; /* its id in the history, or NULL; owned */
    struct checkout checkout;
    const struct corpus *corpus;
    struct host_report host;
    struct detector_reports detectors;
    struct results results; /* by case, then variant, then detector */
    struct gate_report gate;
    struct timing_report timing;
    struct score score;
    bool cancelled;
    bool merged; /* a finding that several results have is one: it was seen by
                  * several detectors */
};

void checkout_copy(struct checkout *to, const struct checkout *from);
void checkout_fini(struct checkout *c);

/* Whether d could not be used on some of what was selected. */
bool report_skips(const struct report *r, const struct detector_report *d);

/* Whether it died under the detector, and that is recorded. */
bool result_died_as_recorded(const struct result *r);

void result_fini(struct result *r);
void report_fini(struct report *r);

/* How many results from i on are of one program, under its detectors. */
size_t report_program(const struct report *r, size_t i);

/* The detector's column, or NULL. */
const struct detector_report *report_detector(const struct report *r,
                                              const char *id);

#endif
