/* Chance: which answers fail, and how late each is.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_SERVER_FAULTS_H
#define LOCKSTEP_BENCH_SERVER_FAULTS_H

#include "base/diag.h"
#include "base/err.h"
#include "bench/server/page.h"
#include "bench/stats.h"

/* Zero-initialise, but for the state of `random`, which is the seed: the same
 * gives the same draws. */
struct faults {
    double rate[TROUBLE_NONE]; /* of all answers, in [0, 1] */
    struct stats_random random;
};

/* Takes "KIND:RATE", as of "reset:0.05". ERR_INVALID with a message in d for
 * another kind, a rate outside of [0, 1], or rates of more than 1 together. */
enum err faults_add(struct faults *f, const char *text, struct diag *d);

/* The trouble of the next answer, mostly TROUBLE_NONE. */
enum trouble faults_draw(struct faults *f);

/* A number in [0, 1). */
double faults_random(struct faults *f);

#endif
