/* What the parts of the search share; not for others.
 *
 * A tree search keeps a frame for each step of the execution: the state before
 * it, which steps were tried there and which are to be. Frames, sleepers and
 * the history lie on the arena's stack in the order of the execution.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_INSIDE_H
#define LOCKSTEP_EXPLORE_SEARCH_INSIDE_H

#include "explore/search/history.h"
#include "explore/search/minimise.h"
#include "explore/search/prints.h"
#include "explore/search/random.h"
#include "explore/search/search.h"

#define WORDS (OP_THREADS / 64)

/* A step that was explored from here or from before, and has met nothing since
 * that it depends on: doing it now leads to what is known. */
struct sleeper {
    struct sleeper *next;
    const struct noted *noted;
    uint16_t touches;
    uint8_t thread, choice;
};

/* A node of a wakeup tree: a step to do, then one of its children. */
struct twig {
    struct twig *child, *sibling;
    uint16_t touches;
    uint8_t thread, choice;
    bool fickle; /* it may touch other things by then than when it was found */
    bool rival;  /* it ends its sequence: a leaf */
    bool any; /* likewise, and stands for every choice that is open by then */
    struct noted noted[];
};

/* A choice that was shut when another one of its operation was taken. */
struct other {
    struct other *next;
    const struct noted *noted;
    uint16_t touches;
    uint8_t choice;
    bool closed, vague, fickle;
};

/* A race to look at after each execution that has it. */
struct open_race {
    struct open_race *next; /* none that ends later */
    const struct event *d, *e;
    const struct other *other; /* NULL: the choice that was taken */
};

struct frame {
    uint64_t enabled[WORDS]; /* threads that can go on */
    uint64_t known[WORDS];   /* threads that were met */
    uint64_t wanted[WORDS];  /* of source: threads to explore */
    struct sleeper *sleep;
    struct other *others; /* of the step that is taken */
    struct twig *todo;    /* of dpor: first one first */
    struct op_step *ways; /* all that can be done, the running thread first */
    char *mark;           /* the arena's stack without the step from here */
    struct search_switches switches; /* until here */
    uint32_t done;                   /* steps explored from here */
    uint16_t n_ways;
    uint16_t next; /* of dfs and sleep: the first way that was not taken */
    bool quiet;    /* only a last resort is left */
};

struct child {
    uint32_t nth;
    uint8_t parent;
};

/* The end of auto, when it cannot finish. */
struct few {
    bool on;
    bool hurry;      /* it is to begin */
    unsigned limits; /* hit before, or under a smaller bound */
    uint64_t until;  /* steps of all executions */
    uint32_t covered;
};

struct search {
    struct arena arena;
    struct op_view *view;
    struct search_options options;
    struct search_stats stats;
    enum search_mode mode; /* now: of auto, the phase */
    struct op_step *step;  /* of the execution */
    uint32_t cap;          /* room for so many steps */
    uint32_t at;           /* steps done */
    uint64_t toil;         /* of it, beside them */
    uint32_t planned;      /* that are the same as last time */
    bool running, ended;
    bool bounded; /* by so many preemptions */
    uint32_t preemptions;
    struct few few;
    bool lost; /* no memory for the rest of this execution */
    struct search_switches switches;
    struct random random;
    struct history history;
    struct frame **frame;
    uint32_t frames;
    uint32_t stalls; /* executions in a row that tried nothing */
    struct open_race *open;
    struct twig *heir; /* the wakeup tree of the next frame */
    /* What look() saw. */
    uint64_t enabled[WORDS];
    bool quiet;
    /* pct */
    int64_t priority[OP_THREADS];
    int64_t lowest;
    uint32_t change[64];
    struct minimise minimise;
    struct prints prints;
    struct order order;
    struct search_print print; /* of random and pct, while it runs: the sum */
    uint32_t nth[OP_THREADS];  /* of these: steps of each thread */
    char *bottom;              /* of the arena's stack, between phases */
    uint64_t before;           /* executions of the phases before this one */
    uint64_t tree_traces;      /* full executions of a reduction */
    uint32_t threads;
    struct child child[OP_THREADS]; /* [i] is thread i + 1 */
};

static inline bool bit(const uint64_t *set, unsigned i)
{
    return set[i / 64] >> i % 64 & 1;
}

static inline void set_bit(uint64_t *set, unsigned i)
{
    set[i / 64] |= (uint64_t)1 << i % 64;
}

static inline bool no_bits(const uint64_t *set)
{
    for (unsigned i = 0; i < WORDS; i++)
        if (set[i])
            return false;
    return true;
}

/* The smallest member from i on; OP_THREADS when there is none. */
static inline unsigned next_bit(const uint64_t *set, unsigned i)
{
    for (; i < OP_THREADS; i = (i / 64 + 1) * 64) {
        uint64_t rest = set[i / 64] >> i % 64;
        if (rest)
            return i + (unsigned)__builtin_ctzll(rest);
    }
    return OP_THREADS;
}

#define EACH_BIT(i, set)                                                       \
    for (unsigned i = next_bit(set, 0); (i) < OP_THREADS;                      \
         (i) = next_bit(set, (i) + 1))

/* look.c: which threads can go on now, into s->enabled and s->quiet. */
void look(struct search *s);
bool way_open(const struct search *s, unsigned thread, unsigned choice);
/* Counts a switch, then appends the step. */
void took(struct search *s, struct op_step step);
/* Those of the first enabled thread, from the one that runs on. */
bool any_way(struct search *s, struct op_step *step);

/* An operation that races with events before it: one of them, or one that
 * was pending at the end. */
struct rival {
    const struct noted *noted;
    const uint32_t *past;      /* the clock of what it is after in any case */
    const struct event *event; /* NULL: pending, or another choice */
    const struct event *at;    /* whose place it has; NULL: pending */
    uint32_t nth;
    unsigned touches, width;
    uint8_t thread, choice;
    const struct other *other;
    bool fickle;
    bool closed, vague; /* the choice; one of its operation */
    uint32_t end;       /* it comes after the events below */
};

/* race.c: has what reverses the races of the events from the first on, or of
 * what is pending (all of it, or what cannot go on), put into the frames to
 * explore. */
void races_of_events(struct search *s, uint32_t first);
void races_still_open(struct search *s); /* of dpor: those from before */
void forget_open(struct search *s, uint32_t first); /* of events from first */
void races_of_pending(struct search *s, bool open);
/* Remembers the shut choices of the step that is taken from f. */
void note_others(struct search *s, struct frame *f, struct op_step taken);

/* source.c, wakeup.c: d and the rival race, and the rival could come first. */
void source_reverse(struct search *s, const struct event *d,
                    const struct rival *r);
/* False when the answer may be another one after another execution. */
bool wakeup_reverse(struct search *s, const struct event *d,
                    const struct rival *r);
/* Adds a step alone, after the first twig of a frame; false without memory. */
bool wakeup_add(struct search *s, struct frame *f, struct op_step step);
/* Takes the first twig off, and gives its children to s->heir. */
void wakeup_enter(struct search *s, struct frame *f);
void wakeup_drop(struct search *s, struct frame *f); /* and its children */
void twigs_free(struct search *s, struct twig *t);   /* a list, and all below */
bool asleep(const struct frame *f, unsigned thread, unsigned choice);

/* search.c: begins another phase of auto; false without memory. */
bool search_phase(struct search *s, enum search_mode mode);

/* few.c: begins; whether there is more. */
bool few_begin(struct search *s);
bool few_goes_on(struct search *s, enum search_outcome how);

/* tree.c: dfs, sleep, source, dpor. */
bool tree_init(struct search *s);
enum search_answer tree_pick(struct search *s, struct op_step *step);
bool tree_next(struct search *s, enum search_outcome how);
void tree_leave(struct search *s);        /* gives back what lies in no stack */
double tree_part(const struct search *s); /* that is done, 0 to 1 */

/* choose.c: the next step from a frame that is reached; whether there may be
 * another one; how many are known of, without the one that runs. */
bool choose(struct search *s, struct frame *f, struct op_step *step);
bool choose_more(struct search *s, struct frame *f);
uint32_t choose_left(const struct search *s, const struct frame *f);

/* wander.c: random, pct. */
void wander_begin(struct search *s);
enum search_answer wander_pick(struct search *s, struct op_step *step);

/* given.c: replay, guided, minimise. */
bool minimise_init(struct search *s);
bool minimise_goes_on(struct search *s, enum search_outcome how);
enum search_answer given_pick(struct search *s, struct op_step *step);

#endif
