/* case.yaml: what a case says of itself. CONTRIBUTING.md describes the keys for
 * people; the schema in manifest.c is the one truth of them.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_MANIFEST_H
#define LOCKSTEP_MODEL_MANIFEST_H

#include "base/diag.h"
#include "base/err.h"
#include "model/kind.h"
#include "model/model.h"
#include "model/pattern.h"
#include "model/verdict.h"

#include <stdbool.h>

/* How a user meets the bug. */
enum failure {
    FAILURE_NONE,
    FAILURE_WRONG_VALUE,
    FAILURE_HANG,
    FAILURE_CRASH,
    FAILURE_STALL, /* threads that could go on do not, for a while */
};

/* One object, and the labels of the lines that wrongly touch it. */
struct truth {
    char *variant; /* NULL: "buggy" */
    enum kind *kinds;
    unsigned kinds_count;
    char *object;
    char **sites;
    unsigned sites_count;
};

/* How often the failure showed in plain runs of one build. */
struct plain {
    char *variant;  /* NULL: "buggy" */
    char *compiler; /* NULL: gcc */
    char **flags;   /* more words of the compiler's command */
    unsigned flags_count;
    char **args; /* of the program; none: its own defaults */
    unsigned args_count;
    unsigned shows;
    unsigned runs;
};

/* What some detectors say of one variant, as measured. */
struct expectation {
    char **detectors;
    unsigned detectors_count;
    char *variant; /* NULL: "buggy" */
    enum verdict verdict;
    enum grade grade;   /* GRADE_NONE: not given, which means exact */
    enum aid thanks_to; /* of what is flagged */
    enum claimed claim; /* of what is not: by a search of schedules */
    double rate;        /* of `sometimes` */
    unsigned runs;      /* that the rate was measured from */
    char **reports;     /* the detectors' own names of what they report */
    unsigned reports_count;
    char *reason; /* of everything but flagged and clean; of a claim on a fix
                   * but `verified` what the search says of it */
};

/* How many runs a rate is measured from, at least. */
#define RATE_RUNS 10

/* What stands for a reason that is still to be given. */
#define REASON_UNKNOWN "WHY"

/* What differs from the case's defaults in one variant. */
struct variant_entry {
    char *name;
    enum model model;
    bool *threads; /* NULL or true: it uses as many as it is told */
};

/* How its schedules are explored: with less to do, so that they can be tried to
 * the last. */
struct explore_entry {
    char **args; /* in the place of the case's */
    unsigned args_count;
    unsigned work;     /* about so many steps at most; 0: as many as is usual */
    char *unsupported; /* why it cannot be judged so, or NULL */
};

/* What a kernel spends its time on. */
#define BENCH_GROUP_LIST(X)                                                    \
    X(CPU, "cpu")                                                              \
    X(IO, "io")                                                                \
    X(OVERHEAD, "overhead")

enum bench_group {
#define BENCH_GROUP_ENUM(name, id) BENCH_GROUP_##name,
    BENCH_GROUP_LIST(BENCH_GROUP_ENUM)
#undef BENCH_GROUP_ENUM
        BENCH_GROUP_COUNT
};

/* One thing that all variants compute. The programs get the arguments and
 * then the number of threads. */
struct workload_entry {
    char *name;
    char **args;
    unsigned args_count;
    char *value;  /* what they must print; NULL: all the same */
    char *size;   /* elements, as of size_read; or NULL */
    char **paths; /* to be fetched from the server, in turn */
    unsigned paths_count;
    unsigned requests; /* so many; 0: each path once */
};

/* The argument that the size takes the place of. */
#define SWEEP_SIZE "{size}"

/* The same over many sizes. */
struct sweep_entry {
    char **args;
    unsigned args_count;
    char **sizes; /* ascending, as of size_read */
    unsigned sizes_count;
};

/* The web server that a kernel fetches from. Zeros: not limited. */
struct server_entry {
    unsigned latency_ms, jitter_ms;
    unsigned bandwidth; /* bytes per second */
    char **fail;        /* "kind:rate" */
    unsigned fail_count;
    unsigned seed;
};

/* That may be asked for. */
#define BENCH_MAX_THREADS 1024

/* How a kernel is measured. */
struct bench_entry {
    enum bench_group group;
    char *base;        /* NULL: the variant of MODEL_SERIAL */
    unsigned *threads; /* NULL: the computer's cores decide */
    unsigned threads_count;
    struct workload_entry *workloads;
    unsigned workloads_count;
    struct sweep_entry *sweep;   /* or NULL */
    struct server_entry *server; /* or NULL */
};

struct manifest {
    char *title;
    enum model model;
    unsigned *cwe;
    unsigned cwe_count;
    char **cert;
    unsigned cert_count;
    enum pattern *patterns;
    unsigned patterns_count;
    char *origin;
    enum failure failure;
    char **args;
    unsigned args_count;
    char **libraries; /* to link with, as after -l */
    unsigned libraries_count;
    char *scenario;
    char *diagnosis; /* NULL for a kernel */
    struct truth *truth;
    unsigned truth_count;
    struct plain *plain;
    unsigned plain_count;
    struct expectation *expect;
    unsigned expect_count;
    struct variant_entry *variants;
    unsigned variants_count;
    struct explore_entry *explore; /* or NULL */
    struct bench_entry *bench;     /* NULL: a pair, no kernel */
};

/* Reads text, the content of file, into *out (manifest_free). ERR_INVALID, with
 * messages in d that name file, line and column, for what is no manifest. */
enum err manifest_read(const char *file, const char *text, size_t n,
                       struct manifest **out, struct diag *d);
void manifest_free(struct manifest *m);

/* The line in which a scalar equal to word stands for the nth time (from 0),
 * or 0. For messages about what the schema cannot know. */
int manifest_line(const char *text, size_t n, const char *word, unsigned nth);

const char *failure_id(enum failure f);
const char *bench_group_id(enum bench_group g);

/* The group with that id, or BENCH_GROUP_COUNT. */
enum bench_group bench_group_by_id(const char *id);

#endif
