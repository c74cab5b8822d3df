/* Which schedule comes next: every search strategy behind one interface.
 *
 *     s = search_new(arena, bytes, &options, view);
 *     do {
 *         (start the program; every thread runs to its first operation)
 *         search_begin(s);
 *         while (threads live, nothing wrong, and
 *                search_pick(s, &step) == SEARCH_GO)
 *             (do that step; its thread runs on to its next operation;
 *              view tells of new and ended threads and of gates)
 *     } while (search_end(s, how));
 *
 * The search allocates nothing but from the arena, has no globals and calls no
 * libc but memcpy and the like, since it lives inside the program under test.
 * All of its state is in the arena, plain pointers included: in memory shared
 * between processes at one address it outlives a worker that dies; the next one
 * calls search_attach, then search_end for the execution that died, even if
 * that was before search_begin. When the arena is full the search goes on as
 * well as it can and says so (SEARCH_LIMIT_MEMORY): it is never silently
 * incomplete.
 *
 * Strategies, and where they are from:
 *     random   a uniform choice at each point
 *     pct      Burckhardt, Kothari, Musuvathi, Nagarakatte, A randomized
 *              scheduler with probabilistic guarantees of finding bugs, 2010
 *     dfs      all interleavings; with a bound on preemptions: Musuvathi,
 *              Qadeer, Iterative context bounding, PLDI 2007
 *     sleep    dfs with sleep sets: Godefroid, Partial-order methods, 1996
 *     source   source sets with sleep sets: Abdulla, Aronis, Jonsson, Sagonas,
 *              Source sets: a foundation for optimal dynamic partial order
 *              reduction, J. ACM 64 (4), 2017
 *     dpor     optimal DPOR with wakeup trees, the same paper
 *     auto     some random, some pct, then dpor; and where that takes too long,
 *              dfs with 0, 1, 2, ... preemptions (few.c)
 *     replay   one given schedule, exactly
 *     guided   one execution that follows a schedule where it can: a step whose
 *              thread cannot go on is left out, and after the end the thread
 *              that runs goes on
 *     minimise variants of a failing schedule, each guided, for the one that
 *              is easiest to read (minimise.h): there SEARCH_ENDED_BUG says
 *              that it failed in the way looked for, a deadlock included, and
 *              any other outcome that it did not; search_best has the result
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_SEARCH_H
#define LOCKSTEP_EXPLORE_SEARCH_SEARCH_H

#include "explore/search/op.h"

#include <stddef.h>

enum search_mode {
    SEARCH_RANDOM,
    SEARCH_PCT,
    SEARCH_DFS,
    SEARCH_SLEEP,
    SEARCH_SOURCE,
    SEARCH_DPOR,
    SEARCH_AUTO,
    SEARCH_REPLAY,
    SEARCH_GUIDED,
    SEARCH_MINIMISE,
};

struct search_options {
    enum search_mode mode;
    uint64_t seed;
    uint64_t executions; /* at most; 0: no bound (random and pct never end) */
    uint64_t work;       /* steps of all executions, at most; 0: no bound */
    uint32_t steps;      /* of one execution, at most; 0: 100,000 */
    uint32_t depth; /* of pct: the bug needs that many ordered steps; 0: 3 */
    bool bounded;   /* dfs alone: with at most so many preemptions */
    uint32_t preemptions;
    uint32_t random, pct; /* executions of each at the start of auto */
    uint64_t
        few; /* of auto, when `work` is done or search_hurry was called: so
              * many steps more, for schedules of few preemptions; 0: none */
    bool count_traces; /* keep the print of each trace: what makes the number
                        * of distinct ones known in random, pct and dfs. The
                        * reductions know it anyway, and are faster without */
    const struct op_step *schedule; /* of replay, guided, minimise; borrowed */
    uint32_t scheduled;             /* its steps */
    bool brief; /* of minimise: few steps count more than few preemptions */
};

/* What search_pick answers. After anything but SEARCH_GO the execution is over
 * and the runtime calls search_end with the outcome named here. */
enum search_answer {
    SEARCH_GO,
    SEARCH_STUCK,    /* threads live and none can go on: a deadlock;
                      * SEARCH_ENDED_STUCK */
    SEARCH_ENOUGH,   /* covered by another execution, or beyond the bound of
                      * preemptions, or of steps; SEARCH_ENDED_EARLY */
    SEARCH_DIVERGED, /* the program did not repeat itself, or the schedule is
                      * not of this program; SEARCH_ENDED_DIVERGED */
};

enum search_outcome {
    SEARCH_ENDED,       /* no thread lives, or the process left by exit() */
    SEARCH_ENDED_STUCK, /* a deadlock, or threads that spin for ever */
    SEARCH_ENDED_EARLY,
    SEARCH_ENDED_DIVERGED,
    SEARCH_ENDED_BUG, /* the runtime stopped it: race, assertion, crash, ... */
    SEARCH_ENDED_CAP, /* the runtime stopped it for a bound of its own (time,
                       * memory, watchdog): nothing is complete any more */
};

/* Why an exhausted tree is not all there is: bits of search_stats.limits. */
enum search_limit {
    SEARCH_LIMIT_STEPS = 1,
    SEARCH_LIMIT_EXECUTIONS = 2,
    SEARCH_LIMIT_PREEMPTIONS = 4,
    SEARCH_LIMIT_MEMORY = 8,   /* the arena was too small */
    SEARCH_LIMIT_RUNTIME = 16, /* SEARCH_ENDED_CAP or SEARCH_ENDED_BUG */
    SEARCH_LIMIT_DIVERGED = 32,
    SEARCH_LIMIT_THREADS = 64, /* more than OP_THREADS */
    SEARCH_LIMIT_WORK = 128,
};

struct search_stats {
    uint64_t executions; /* begun and ended, all kinds together */
    uint64_t full;       /* that ended by themselves: ended, stuck, bug */
    uint64_t stuck;
    uint64_t blocked;  /* given up because sleep sets covered them */
    uint64_t bounded;  /* given up for a bound of steps or preemptions */
    uint64_t traces;   /* distinct ones among the full */
    bool traces_exact; /* else traces is a lower bound, or was not counted */
    uint64_t steps;    /* picked or toiled, all executions together */
    uint32_t longest;  /* execution, in steps */
    uint32_t threads;  /* most ever seen live at once */
    double estimate;   /* of the executions of the whole tree, 0: unknown */
    bool exhausted;    /* the strategy is at its end */
    bool complete;     /* and no limit was hit: every trace was covered */
    unsigned limits;   /* enum search_limit */
    uint32_t covered; /* of auto: every schedule with less preemptions than that
                       * was tried, but for SEARCH_LIMIT_STEPS */
    enum search_mode phase; /* of auto: which one it is in; else the mode */
};

struct search;

/* The smallest arena that search_new takes; give 64 MiB or more. */
size_t search_smallest(void);

/* A search in arena[0..bytes), aligned for any type, which it uses alone until
 * it is not wanted any more (there is nothing to free). NULL when too small or
 * when the options contradict each other. Options are copied, view borrowed. */
struct search *search_new(void *arena, size_t bytes,
                          const struct search_options *options,
                          struct op_view *view);

/* The same search in another process, or with another view. */
void search_attach(struct search *s, struct op_view *view);

/* The number of the nth child of a thread (n from 0), the same in every
 * execution however threads that create threads interleave. Thread 0 is the
 * first one. -1 when all OP_THREADS numbers are taken (remembered as a limit).
 * Numbers may have gaps in an execution. */
int search_thread(struct search *s, unsigned parent, uint32_t nth);

/* Between an execution's start and its first pick. */
void search_begin(struct search *s);

/* Who goes on, and by which choice. Only while a thread is live. */
enum search_answer search_pick(struct search *s, struct op_step *step);

/* Ends the execution; true when there is another to run. The view must still
 * show the last state: the operations that are pending in it, blocked ones
 * too, are part of the search (not after a crash: they need not be right when
 * `how` is SEARCH_ENDED_BUG or SEARCH_ENDED_CAP). */
bool search_end(struct search *s, enum search_outcome how);

/* What the program did since its last step took as long as so many of them: it
 * is part of the work. False where one execution has done far too much of it:
 * it is at the bound of steps, and to be ended by SEARCH_ENDED_CAP. */
bool search_toil(struct search *s, uint32_t steps);

/* Time is running out: auto leaves what it does for what it can still cover. */
void search_hurry(struct search *s);

/* The steps of the execution that runs, or ran last: valid until search_begin.
 * A worker that died leaves them too. */
const struct op_step *search_steps(const struct search *s, uint32_t *n);

/* Of the execution that ended last, with count_traces: a hash of its
 * happens-before order, equal for equivalent executions (128 bits, so in
 * practice for these only). Steps are known by thread, count in the thread, and
 * choice, not by addresses. */
struct search_print {
    uint64_t low, high;
};

struct search_print search_print(const struct search *s);

/* Preemptions and switches of the execution that ran last. A preemption is a
 * switch away from a thread that could go on, otherwise than by a last resort,
 * and did not yield. */
struct search_switches {
    uint32_t preemptions, switches;
};

struct search_switches search_switches(const struct search *s);

/* The best schedule that minimise has seen fail, until search_begin; *n is 0
 * when none did. */
const struct op_step *search_best(const struct search *s, uint32_t *n,
                                  struct search_switches *switches);

/* Whether the execution that ended last is that schedule. */
bool search_improved(const struct search *s);

void search_stats(const struct search *s, struct search_stats *stats);

#endif
