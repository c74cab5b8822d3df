/* Explores a program: searches its schedules, makes each bug small, keeps its
 * trace, and tells its story.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_EXPLORE_H
#define LOCKSTEP_EXPLORE_EXPLORE_H

#include "base/diag.h"
#include "base/err.h"
#include "explore/claim.h"
#include "explore/story.h"

struct explored;

struct explore_options {
    struct shared_config config;
    size_t jobs;     /* searches at a time (team.h); 0: one */
    double seconds;  /* of the search; 0: without end */
    const char *out; /* the folder for traces; made */
    const char *cwd; /* where the program runs; NULL: here */
    bool as_found;   /* leave the bug's schedule as it was found */
    bool outcome;    /* after a race, look for the failure it leads to, */
    uint32_t outcome_steps; /* in executions of at most so many steps */
    size_t story_most;      /* lines of a story */
    void (*progress)(const struct shared_stats *n, bool bug, double seconds,
                     void *arg);
    void *progress_arg;

    /* Called when the search has ended, before the outcome is looked for;
     * may be NULL. */
    void (*searched)(const struct explored *e, void *arg);
    void *searched_arg;
};

/* A place of a bug, in words; strings owned. */
struct explored_place {
    unsigned thread;
    char *text; /* "thread 1 writes `counter`" */
    enum event_kind verb;
    char *object;   /* the variable, "counter" or "table[+8]"; or NULL */
    char *file;     /* or NULL */
    char *function; /* or NULL */
    int line;
    int holder;      /* the thread that is waited for, or -1 */
    char *held_file; /* where that one took the lock, or NULL */
    int held_line;
};

VEC_TYPE(explored_places, struct explored_place);

struct explored_bug {
    enum bug_kind kind;
    int code;
    char *text;           /* what the program itself says of it, or "" */
    char *trace;          /* path of the file; NULL if it could not be kept */
    bool replayed;        /* a replay in another process showed the same bug */
    unsigned preemptions; /* of the schedule that is kept; with `small` */
    bool small;
    bool outcome; /* found by the search for one; `execution` counts in that */
    uint64_t execution;
    size_t steps;
    struct explored_places places;
    struct story_lines story;
};

VEC_TYPE(explored_bugs, struct explored_bug);

/* The search for a failure that a race leads to, or a thread never joined. */
struct explored_outcome {
    bool looked;
    bool complete; /* no schedule leads to one */
    uint64_t executions, traces;
    double seconds;
};

/* Zero-initialise. */
struct explored {
    enum claim verdict;
    struct strv why; /* reasons or terms */
    struct shared_stats stats;
    bool exhausted, complete;
    double seconds;
    char *printed; /* by the first execution that ended well, or NULL */
    struct explored_bugs bugs;
    struct explored_outcome outcome;
};

/* argv is the program, by a path, with its arguments. ERR_INVALID with a
 * message in d for what cannot be explored; ERR_CANCELLED. explored_fini is
 * owed. */
enum err explore_run(const struct explore_options *o, const char *const *argv,
                     struct explored *out, struct diag *d);

/* Replays a trace; out->bugs has the bug that it showed, or none. What the
 * program printed goes to *output, owned by the caller. */
enum err explore_replay(const char *path, size_t story_most,
                        struct explored *out, char **output, struct diag *d);

void explored_fini(struct explored *e);

#endif
