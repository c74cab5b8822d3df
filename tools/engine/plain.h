/* Runs programs as their users do: no detector, and one at a time.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_PLAIN_H
#define LOCKSTEP_ENGINE_PLAIN_H

#include "engine/engine.h"

struct plain_spec {
    const struct engine_options *o;
    const struct scenario_case *c;
    const struct variant *variant;
    const struct plain *build; /* for its flags and args; NULL: none */
    unsigned runs;
    const char *dir; /* for what the runs print; made */
};

/* What came of the runs. Strings owned, NULL where nothing is to be told. */
struct plain_tally {
    unsigned held;  /* ended with 0 and the token that says so */
    unsigned shows; /* ended with 1 and the token of a broken invariant, died
                     * from a signal, hung, or did not end in time */
    unsigned other; /* neither: they tell nothing of the bug */
    char *failure;  /* how the first of `shows` ended */
    char *problem;  /* the same of `other`, or why it does not compile */
};

/* Fills l with the command of a plain build, as in detector_prepare. */
void plain_prepare(const struct target *t, const struct plain *build,
                   struct launch *l);

/* Builds, then runs it, telling o->progress. ERR_OK; ERR_INVALID, with a
 * problem, if it does not compile; ERR_CANCELLED; ERR_NOSPACE, ERR_ACCESS...:
 * out cannot be written. plain_tally_fini is owed in each case. */
enum err plain_run(const struct plain_spec *s, struct plain_tally *out);
void plain_tally_fini(struct plain_tally *t);

/* "class/name:variant -O2 8 1000": what is run, for people. Caller frees. */
char *plain_name(const struct scenario_case *c, const struct variant *v,
                 const struct plain *build);

#endif
