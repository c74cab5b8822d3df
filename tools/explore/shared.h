/* The block of memory that a program under exploration and `lockstep` share:
 * what to do goes down, what came of it goes up, and the search lives in it, so
 * that it outlives the worker that a crash took.
 *
 * The program maps it at SHARED_AT, the tool wherever there is room: pointers
 * within it mean something to the program alone, and the tool reads none.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SHARED_H
#define LOCKSTEP_EXPLORE_SHARED_H

#include "explore/event.h"

#include <stdbool.h>
#include <stdint.h>

/* The environment variable that holds the path of the block, as /proc has it.
 */
#define SHARED_VARIABLE "LOCKSTEP_EXPLORE"
/* Changes with the layout, and with what its numbers mean: sizes and counts
 * tell. */
#define SHARED_ONE(...) +1u
#define SHARED_KINDS ((0u BUG_LIST(SHARED_ONE)) << 8 | EVENT_KINDS)
#define SHARED_MAGIC                                                           \
    (0x4c53584cu ^ (uint32_t)sizeof(struct shared) ^                           \
     (uint32_t)sizeof(struct bug) << 16 ^ SHARED_KINDS << 12 ^ DOUBT_COUNT)
#define SHARED_AT 0x100000000000ull

enum {
    SHARED_THREADS = 128,    /* of one execution, at most */
    SHARED_BUGS = 32,        /* different ones that are kept */
    SHARED_STEPS = 100000,   /* of one execution, at most */
    SHARED_EVENTS = 1 << 18, /* the last ones of a told execution */
    SHARED_VISIBLE = 4096,   /* places whose plain accesses are steps */
    SHARED_NAMES = 32,       /* different reasons that are kept */
    SHARED_TEXT = 256,
    SHARED_OUTPUT = 16384, /* bytes printed by one execution that are kept */
};

/* How the next thread is chosen. */
enum explore_mode {
    EXPLORE_RANDOM,
    EXPLORE_PCT,
    EXPLORE_DFS,   /* with a bound on preemptions if there is one */
    EXPLORE_SLEEP, /* DFS with sleep sets */
    EXPLORE_SOURCE,
    EXPLORE_DPOR,
    EXPLORE_AUTO,
    EXPLORE_REPLAY,   /* as the schedule says */
    EXPLORE_MINIMISE, /* that schedule, made simpler while it shows `sought` */
};

/* What an execution was found guilty of. */
#define BUG_LIST(X)                                                            \
    X(NONE, "none")                                                            \
    X(RACE, "data-race")                                                       \
    X(DEADLOCK, "deadlock")                                                    \
    X(LOST_WAKEUP, "lost-wakeup")                                              \
    X(LIVELOCK, "livelock")                                                    \
    X(ASSERTION, "assertion")                                                  \
    X(CRASH, "crash")                                                          \
    X(EXIT, "wrong-exit")                                                      \
    X(LEAK, "thread-leak")                                                     \
    X(LOCK_LEAK, "lock-leak")                                                  \
    X(MISUSE, "misuse")                                                        \
    X(FREED, "use-after-free")                                                 \
    X(DOUBLE_FREE, "double-free")

enum bug_kind {
#define BUG_ENUM(name, id) BUG_##name,
    BUG_LIST(BUG_ENUM)
#undef BUG_ENUM
};

/* Whether such a bug ends the execution where it shows. */
static inline bool bug_is_brief(enum bug_kind k)
{
    return k == BUG_RACE || k == BUG_FREED || k == BUG_DOUBLE_FREE ||
           k == BUG_MISUSE;
}

/* One place of a bug: who was where. */
struct bug_place {
    uint64_t pc;        /* 0: none */
    uint64_t address;   /* what was touched, or is waited for; or 0 */
    uint64_t holder_pc; /* where that thread locked it; or 0 */
    uint32_t thread;
    uint32_t size;
    int32_t holder; /* the thread that holds it, -1: none */
    uint8_t verb;   /* enum event_kind */
    uint8_t pad[3];
};

enum { BUG_PLACES = 16 };

struct bug {
    enum bug_kind kind;
    int32_t code; /* exit code or signal */
    uint32_t places_count;
    struct bug_place places[BUG_PLACES];
    char text[SHARED_TEXT];
    uint64_t execution;   /* the how many-th, from 1 */
    uint32_t visible;     /* places that were visible then, */
    uint32_t learned;     /* and what was known: under that it was found */
    uint32_t preemptions; /* of a minimised schedule */
    bool kept;            /* there was room for the schedule: it may be empty */
    uint32_t steps_count; /* of the schedule, below */
    uint32_t steps_first; /* where in `kept` it starts */
    uint32_t parked[SHARED_THREADS]; /* as `replay_parked` */
};

/* One stretch of a schedule: `thread` goes on until it stands before its
 * hook number `until` (hooks count from 1; UINT32_MAX: as far as it can). If
 * `choice` is not 0, that is how the operation in which it was parked turns
 * out. */
struct shared_step {
    uint32_t until;
    uint16_t choice;
    uint16_t thread;
};

/* Why nothing may be called verified. */
#define DOUBT_LIST(X)                                                          \
    X(STEPS, "an execution was longer than the bound on steps")                \
    X(THREADS, "an execution had more threads than can be handled")            \
    X(SEARCH, "the search ran out of memory")                                  \
    X(FOREIGN, "a thread runs that was not created through the explorer")      \
    X(UNMODELLED, "a function was called that is not modelled")                \
    X(BLOCKED, "a call blocked outside the explorer's control")                \
    X(DIVERGED, "the same schedule did not lead to the same execution")        \
    X(PLACES, "more places are raced for than can be followed")                \
    X(OPTIMISED, "a source asks for optimisation by itself")                   \
    X(ASSEMBLY, "a source has inline assembly")                                \
    X(FILES, "state outside of the program is used")                           \
    X(SIGNALS, "signals are used")                                             \
    X(EXIT, "exit handlers ran while other threads were alive")                \
    X(MEMORY, "the explored program ran out of memory")                        \
    X(CRASHED, "an execution crashed and was not followed further")            \
    X(UNINSTRUMENTED, "a part of the program is not instrumented")

enum doubt {
#define DOUBT_ENUM(name, text) DOUBT_##name,
    DOUBT_LIST(DOUBT_ENUM)
#undef DOUBT_ENUM
        DOUBT_COUNT
};

enum learned {
    LEARNED_CLOCK = 1,       /* it asks for the time */
    LEARNED_CANCEL = 2,      /* it cancels threads */
    LEARNED_BARRIER = 4,     /* it waits at barriers: only for the verdict */
    LEARNED_CROWD = 16,      /* more threads come to a barrier than it is for */
    LEARNED_ASYNC = 512,     /* it may be cancelled anywhere: for the verdict */
    LEARNED_HANDLERS = 1024, /* a thread beside main calls atexit */
    LEARNED_CIRCLE = 64,     /* a thread was parked in a circle of locks */
    LEARNED_TRIED = 128,     /* it looks whether a mutex is held */
    LEARNED_SIGNALS = 256,   /* it handles signals: only for the verdict */
    LEARNED_PIPE = 32,       /* it has pipes: only for the verdict */
    LEARNED_FEEBLE = 2048,   /* a weak exchange never fails: for the verdict */
    LEARNED_WEAK = 8, /* it has atomics weaker than SC: only for the verdict */
};

/* What the tool asks for; constant while the program runs. */
struct shared_config {
    enum explore_mode mode;
    uint64_t seed;
    uint64_t executions;  /* at most; 0: any number */
    uint64_t work;        /* steps of all of them, at most; 0: any number */
    uint64_t max_steps;   /* of one execution */
    uint32_t depth;       /* of PCT */
    int32_t preemptions;  /* of DFS; -1: any number */
    uint32_t timeouts;    /* of timed waits, in one execution, by choice */
    bool spurious;        /* wake-ups */
    bool keep_going;      /* after a bug */
    bool outcome;         /* races and leaks are no end, failures are */
    bool sought;          /* nothing but the bug `sought` is an end */
    bool tell;            /* events, in a replay */
    bool print;           /* what the program prints goes out */
    bool trap;            /* a replay stops at the bug, for a debugger */
    bool all_visible;     /* every plain access is a step from the start */
    bool count_traces;    /* exactly, where the search does not anyway */
    uint32_t random, pct; /* executions of each that start an `auto` */
    bool few; /* ends an `auto` that was cut short: as many steps as `work`, or
               * from `hurry` on */
};

struct shared_stats {
    uint64_t executions; /* finished */
    uint64_t blocked;    /* of them, cut short by the search as redundant */
    uint64_t steps;
    uint64_t traces; /* different ones */
    bool traces_exact;
    double estimate;  /* of the executions of the whole tree; 0: unknown */
    unsigned limits;  /* enum search_limit */
    uint32_t covered; /* see struct search_stats */
    uint64_t max_steps, max_threads;
    uint64_t workers;  /* started */
    uint64_t restarts; /* of the search, when more became visible */
};

struct shared {
    uint32_t magic;
    uint64_t size; /* of all of it, with the arena */
    struct shared_config config;

    /* From here on written by the program. */
    struct shared_stats stats;
    bool restart;      /* the search is to start over: more is known */
    uint64_t search;   /* where it is, as the program sees it */
    char compiler[64]; /* that it was built by */
    bool exhausted;    /* the search has nothing left to try */
    bool complete;     /* and nothing was left out */
    bool fork_each;    /* every execution needs a process of its own */
    bool finished;     /* the program's part is over, orderly */
    bool stop;         /* set by the tool: end after this execution */
    bool hurry;        /* likewise: the end is near */
    uint32_t bugs_count;
    struct bug bugs[SHARED_BUGS];
    struct bug sought; /* by the tool; without places any of its kind */
    bool hit;          /* the execution that runs shows it */
    bool over;         /* a bug was found that ends the search */
    bool told_death;   /* the worker said what it dies of */
    uint32_t doubts;   /* a bit for each enum doubt */
    uint32_t names_count;
    char names[SHARED_NAMES][SHARED_TEXT]; /* what raised them */

    /* Places, in units of 8 bytes, whose plain accesses are steps. */
    uint32_t visible_count, visible_now; /* now: in the execution that runs */
    uint64_t visible[SHARED_VISIBLE];

    /* What the program was seen to do, for which every execution has to be
     * prepared from its start. */
    uint32_t learned; /* enum learned, bits */

    /* The parent of each thread and the how many-th child it is: so a thread
     * has the same number in every execution. */
    uint32_t slots_count;
    struct shared_slot {
        uint32_t parent, child;
    } slots[SHARED_THREADS];

    /* The schedule to replay, and the one of the execution that runs. */
    uint32_t replay_count;
    struct shared_step replay[SHARED_STEPS];
    /* Before which hook a thread stays, once all its stretches are done: it has
     * not come further when the bug shows; 0: nobody knows. */
    uint32_t replay_parked[SHARED_THREADS];
    uint32_t steps_count;
    struct shared_step steps[SHARED_STEPS];
    /* Those of the bugs, one after the other. */
    uint32_t kept_count;
    struct shared_step kept[2 * SHARED_STEPS];

    /* How the execution that runs ends, for the one who finds a dead worker. */
    bool in_execution;
    /* Of an execution that was cut at the bound of steps: who took the most
     * of the last ones, and where it was; 0: none was. */
    uint64_t loop_pc;
    uint32_t loop_thread;
    bool loop_alone;    /* it took all, and no other thread could go on */
    uint32_t current;   /* thread */
    uint64_t heartbeat; /* grows with each step */

    uint64_t events_count; /* of all; kept is the last SHARED_EVENTS */
    struct event events[SHARED_EVENTS];
    uint64_t output_count;
    char output[SHARED_OUTPUT];
    /* What the first execution printed that ran to its end without a bug. */
    uint64_t printed_count;
    char printed[SHARED_OUTPUT];

    /* The search's own, to the end of the block. */
    uint64_t arena_used;
    _Alignas(64) unsigned char arena[];
};

#endif
