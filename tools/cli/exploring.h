/* What the verbs of the explorer share: their options, their programs, and how
 * their results are told.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_EXPLORING_H
#define LOCKSTEP_CLI_EXPLORING_H

#include "cli/options.h"
#include "explore/explore.h"

#include <jansson.h>

/* The command line of explore and verify. Zero-initialise. */
struct exploring {
    struct options shared; /* words: the program or case, its arguments */
    struct explore_options explore;
    char *traces; /* the folder */
};

/* Ends the program with 2 on a bad option and with 0 on --help. seconds is what
 * --time is if it is not given. exploring_fini is owed. */
void exploring_parse(struct exploring *x, int argc, char **argv,
                     const char *doc, double seconds);
void exploring_fini(struct exploring *x);

/* Explores what the words name, the program or each variant of the case, and
 * prints the results; told is called for each. Exit code: 0, 2, or 128 + n. */
int exploring_run(struct exploring *x, const char *verb,
                  void (*told)(const struct explored *e, void *arg), void *arg);

/* One result for people, with the commands that show its bugs again. */
void exploring_print(const char *name, const struct explored *e, bool color);

/* What came of the search for an outcome: the bugs from one on. */
void exploring_print_outcome(const struct explored *e, size_t from, bool color);

/* The bug, its places and its story, as text and as JSON. */
void exploring_print_bug(const struct explored_bug *b, bool color);
json_t *exploring_bug_json(const struct explored_bug *b);

#endif
