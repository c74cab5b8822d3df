/* A suite that is not ours: which programs there are in its folder, how it
 * tells what is true of them, how they are built and run. Expressions are POSIX
 * extended ones.
 *
 *   title: ...
 *   model: openmp
 *   sources: ["src/t-*.c"]               # globs, seen from the suite's folder
 *   except: ["-gpu-"]                    # paths left out
 *   label:
 *     racy: "-yes\\.c$"                  # paths
 *     clean: "-no\\.c$"
 *     pair: "pair: (.*)@([0-9]+):"       # lines that tell where a race is
 *     groups: [object, line]             # what its parentheses hold
 *     line: "// *RACE"                   # racy lines themselves
 *   flags: ["-I{root}/utilities"]
 *   libraries: [m]
 *   args: []
 *   threads: 8                           # OMP_NUM_THREADS
 *   timeout: 20                          # seconds of a plain run
 *   repeat: 3
 *   when:
 *     - {path: "-var-", args: ["32"]}    # args and timeout in place of those
 *                                        # above, flags beside them
 *
 * A program is racy or clean by its path, or else racy if it has a racy line
 * and clean if not. SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_SUITE_H
#define LOCKSTEP_MODEL_SUITE_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/model.h"

#include <stdbool.h>

enum suite_group {
    SUITE_GROUP_LINE, /* number of a racy line */
    SUITE_GROUP_OBJECT,
    SUITE_GROUP_COLUMN,
    SUITE_GROUP_ROLE,
    SUITE_GROUP_IGNORE,
};

struct suite_label {
    char *racy, *clean; /* of the path; NULL where not told so */
    char *pair;
    enum suite_group *groups;
    unsigned groups_count;
    char *line;
};

/* What differs for some paths. */
struct suite_when {
    char *path;
    char **args;
    unsigned args_count;
    char **flags; /* added */
    unsigned flags_count;
    double timeout; /* 0: as all */
};

struct suite {
    char *title;
    enum model model;
    char **sources;
    unsigned sources_count;
    char **except;
    unsigned except_count;
    struct suite_label *label;
    char **flags;
    unsigned flags_count;
    char **libraries;
    unsigned libraries_count;
    char **args;
    unsigned args_count;
    unsigned threads;
    unsigned repeat;
    double timeout;
    struct suite_when *when;
    unsigned when_count;
};

/* Reads text, the content of file, into *out (suite_free). ERR_INVALID, with
 * messages in d that name file and line and what to do. */
enum err suite_read(const char *file, const char *text, size_t n,
                    struct suite **out, struct diag *d);
void suite_free(struct suite *s);

enum suite_truth { SUITE_RACY, SUITE_CLEAN, SUITE_UNTOLD };

VEC_TYPE(suite_lines, int);

/* One source of the suite, a program by itself. Strings owned. */
struct suite_program {
    char *path; /* absolute */
    char *name; /* seen from the suite's folder */
    enum suite_truth truth;
    struct suite_lines lines; /* racy ones, ascending; none: not told */
    char *const *args;        /* of the suite; borrowed */
    unsigned args_count;
    struct strv flags; /* with the folder filled in */
    double timeout;    /* 0: not told */
};

VEC_TYPE(suite_programs, struct suite_program);

/* The programs of the suite in the folder root, by name. ERR_NOENT, with a
 * message in d, if no file is one; ERR_INVALID if one is both racy and clean.
 * suite_programs_fini is owed either way. file is for messages. */
enum err suite_find(const struct suite *s, const char *file, const char *root,
                    struct suite_programs *out, struct diag *d);
void suite_programs_fini(struct suite_programs *l);

/* Adds the racy lines that text tells, each once. */
void suite_lines_of(const struct suite_label *l, const char *text,
                    struct suite_lines *out);

#endif
