/* What to do instead of the first event of a race.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_SEQUENCE_H
#define LOCKSTEP_EXPLORE_SEARCH_SEQUENCE_H

#include "explore/search/inside.h"

/* An event of a sequence; wanted: not only because it happened as well. */
struct place {
    const struct event *event;
    bool wanted;
};

/* Events of the execution without d and what is after it, then the rival, whose
 * clock was made for the place where it would be. */
struct sequence {
    struct place *v;
    uint32_t n;
    struct event rival;
    uint32_t clock[OP_THREADS]; /* of the rival */
    bool any;                   /* choice of the rival is meant */
};

/* Only what the rival is after; false without memory (on the arena's stack).
 * All of it is wanted. */
bool sequence_least(struct sequence *q, struct search *s, const struct event *d,
                    const struct rival *r);

/* All that can be, after sequence_least on the same sequence. */
bool sequence_most(struct sequence *q, struct search *s, const struct event *d,
                   const struct rival *r);

/* The first step of a twig or a sleeper. */
struct head {
    const struct noted *noted;
    uint16_t touches;
    uint8_t thread, choice;
    bool any;
};

enum { HEAD_APART = -1, HEAD_NO = -2 };

/* Whether the sequence can be done after the head as well: because the head is
 * its step at the returned place, which can be first; or depends on none of it
 * (HEAD_APART). HEAD_NO when neither: the head is no weak initial. */
long sequence_head(const struct sequence *q, const struct head *head);

/* The head is none: what shows it becomes wanted, and what that is after. */
void sequence_want(struct sequence *q, const struct head *head);

void sequence_take_out(struct sequence *q, long i);
void sequence_drop_unwanted(struct sequence *q);

#endif
