/* An execution as people read it: who did what, where, and where one thread
 * gave way to another. SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_STORY_H
#define LOCKSTEP_EXPLORE_STORY_H

#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"
#include "explore/places.h"
#include "explore/shared.h"

/* What stands in one line of it. Strings owned. */
struct story_line {
    unsigned thread;
    unsigned verb; /* enum event_kind */
    char *object;  /* "mutex `lock`", "`counter`", or NULL */
    char *value;   /* "0", "0 -> 1", or NULL */
    char *file;    /* or NULL */
    char *function;
    int line;
    bool switches;                  /* another thread ran before */
    bool breaks;                    /* and that one could have gone on */
    bool early;                     /* a sleep: others would be first by time */
    size_t left_out, left_switches; /* before this one: steps, and switches */
};

VEC_TYPE(story_lines, struct story_line);

/* The events of s that matter to its bug b: operations on synchronisation
 * objects; of a race, the accesses of its place; else, but for a deadlock,
 * accesses of what several threads accessed and one of them wrote since there
 * are several. Of
 * long stretches of one thread the ends are told, of many of them those around
 * interruptions, and the last; in all at most `most`. */
void story_of(const struct shared *s, const struct bug *b, struct places *p,
              size_t most, struct story_lines *out);
void story_fini(struct story_lines *l);

#endif
