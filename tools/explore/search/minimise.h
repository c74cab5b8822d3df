/* Makes a failing schedule easy to read: fewest preemptions, then fewest
 * switches, then fewest steps, as far as trying out gets. Brief: fewest
 * switches, then fewest steps, for bugs that end the execution where they show.
 *
 * A schedule is a row of blocks, each the steps that one thread does without a
 * switch. Variants are tried until none is better: many blocks left out at
 * once, then fewer, down to each by itself (Zeller & Hildebrandt, Simplifying
 * and isolating failure-inducing input, IEEE TSE 2002); a block later, together
 * with the thread's next one; the next one earlier (Jalbert & Sen, A trace
 * simplification technique for effective debugging of concurrent programs, FSE
 * 2010); brief ones, in the end, by steps instead of blocks. What is left out
 * is done when nothing else is left, if the execution comes so far.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_MINIMISE_H
#define LOCKSTEP_EXPLORE_SEARCH_MINIMISE_H

#include "explore/search/search.h"

enum minimise_variant {
    MINIMISE_WITHOUT,
    MINIMISE_LATER,
    MINIMISE_EARLIER,
    MINIMISE_SHORTER,
    MINIMISE_VARIANTS,
};

/* Zero but for brief, best and tried, which have room for all steps of an
 * execution; tried (n_tried steps) is the schedule to begin with. */
struct minimise {
    struct op_step *best; /* n of them */
    struct op_step *tried;
    uint32_t n, n_tried;
    struct search_switches cost;
    enum minimise_variant variant; /* the one tried next */
    uint32_t size;                 /* blocks, or steps, left out at once */
    uint32_t at;                   /* of which block; those before it are due */
    uint32_t most; /* steps: a thread that polls longer is no simpler */
    bool brief;
    bool failed;   /* best was seen to fail */
    bool improved; /* since this round of variants began */
    bool news;     /* by the last execution */
};

/* Writes the next variant into m->tried; false when there is none left. */
bool minimise_next(struct minimise *m);

/* What was executed failed in the way looked for. */
void minimise_failed(struct minimise *m, const struct op_step *steps,
                     uint32_t n, struct search_switches cost);

#endif
