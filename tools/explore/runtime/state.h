/* All that changes in the runtime while the program runs, at one address that
 * the restoring of the program's variables does not reach.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_STATE_H
#define LOCKSTEP_EXPLORE_RUNTIME_STATE_H

#include "explore/runtime/clock.h"
#include "explore/runtime/fiber.h"
#include "explore/runtime/layout.h"
#include "explore/search/search.h"
#include "explore/shared.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct object;

enum {
    STATE_TOUCHES = 2 * OP_CHOICES + 4,
    STATE_KEYS = 128,
    STATE_HANDLERS = 256, /* of exit */
    STATE_SIGNALS = 65,
    STATE_STREAMS = 64,
    STATE_FILES = 64,   /* copies, at a time, */
    STATE_COPIES = 256, /* and in one execution */
};

/* What a parked thread is about to do. */
struct pending {
    uint64_t object; /* for people: what it is about */
    uint64_t pc;
    enum event_kind kind;
    uint8_t size; /* of the value at object; 0: none */
    bool fickle, yields, vague;
    uint16_t touches_count, choices_count;
    uint64_t aid; /* for the refresh function */
    const void *other;
    /* Builds the choices anew; NULL unless fickle. */
    void (*refresh)(struct pending *p);
    struct touch touches[STATE_TOUCHES];
    struct op_choice choices[OP_CHOICES];
};

enum { SPIN_VISITS = 8 };

/* See spin.h. */
struct spin {
    uint64_t mark;  /* grows when the thread changes anything itself */
    uint64_t locks; /* of that, by locks and unlocks of mutexes */
    uint64_t looks;
    bool closed;    /* parked until what it looks at changes */
    uint64_t since; /* of its places, those looked at from here on */
    uint64_t last;  /* what it found at the one that it is about to look at */
    uint32_t next;
    struct spin_visit {
        uint64_t pc, address, value, hash, mark, look;
        uint32_t size;
    } visits[SPIN_VISITS];
    struct spin_visit anchor; /* of a thread that has been quiet for long */
    uint32_t anchored;        /* how quiet it was there; 0: nowhere */
    uint32_t circle;          /* accesses of a circle still to be revealed */
};

enum { CIRCLE_PLACES = 8 };

/* See circle.h. */
struct circle {
    /* A lock, and how many others came since. To look at the thread's state
     * costs more than all the rest: that is only done where it comes back. */
    uint64_t hint_pc, hint_object, hint_mark, hint_visits;
    bool anchor;     /* a lock in a state to come back to, as follows */
    uint64_t visits; /* of other locks since */
    uint64_t pc, object, hash, mark, anchored;
    uint64_t balance; /* of locks */
    int32_t held, least;
    bool blurred; /* not all that was read since the anchor is known */
    bool closed;  /* parked, or about to be */
    uint32_t places_count;
    struct circle_place {
        uint64_t address, value;
        uint32_t size;
    } places[CIRCLE_PLACES];
};

struct thread {
    uint32_t id;
    bool used, ended, detached, joined, starting;
    bool exiting;       /* pthread_exit, or cancelled: cleaning up */
    int32_t ended_gate; /* 1 once it has ended */
    uint32_t children;  /* created so far */
    uint32_t parent;
    uint32_t hooks; /* accesses and operations begun */
    uint32_t quiet; /* accesses since the last operation */
    uint32_t stop;  /* in a replay: the hook to park before */
    unsigned choice;
    int held; /* mutexes and the like */
    struct fiber fiber;
    struct fiber *creator; /* to go back to from the first operation */
    void *(*run)(void *);
    int (*run_c11)(void *);
    void *argument, *result;
    uint64_t created_pc;
    size_t stack; /* its size, as an attribute says; 0: as usual */
    struct clock clock, fence_released, fence_acquired;
    bool fenced;
    /* Cancellation. */
    bool cancel_disabled, cancel_async;
    int32_t cancel_gate; /* how often it was cancelled */
    void *cleanup;       /* the innermost pthread_cleanup_push */
    uint64_t blocked;    /* signals, as in signal_action */
    int handling;        /* signal handlers that it is in the midst of */
    bool has_specific;   /* pthread_setspecific was called */
    /* What a waiter on a condition knows. */
    struct object *waits_for;
    struct spin spin;
    struct circle circle;
    struct pending pending;
    void *specific[STATE_KEYS];     /* all NULL unless has_specific */
    int32_t signals[STATE_SIGNALS]; /* gates: 1 if pending for this thread */
};

struct heap_arena {
    uint64_t next, dirty, kept_next;
    struct heap_block *newest, *kept_newest;
};

struct key {
    bool used;
    void (*destroy)(void *);
};

/* What is done with a signal. */
struct signal_action {
    void (*run)(int); /* SIG_DFL is NULL */
    uint64_t blocks;  /* a bit for each signal, from 1 on */
    bool once, info;
};

/* A file by its name: a copy, or gone, or the disk's that was opened to read.
 */
struct state_file {
    char name[512];
    int real; /* the copy, or -1 */
    bool read;
};

struct state {
    struct shared *shared; /* never NULL once main runs */
    struct search *search;
    bool running;   /* an execution: hooks count */
    bool replaying; /* shared->replay decides */
    bool telling;
    uint32_t watched_count; /* if not 0, of plain accesses only those to */
    uint64_t watched[BUG_PLACES]; /* are told */
    bool stop;                    /* no more executions */
    bool cut;                     /* in the midst of one */
    enum search_outcome outcome;
    struct thread *current;
    struct fiber root;     /* the one who starts executions */
    uint32_t threads_used; /* highest number + 1 */
    uint32_t live;
    uint64_t blocks; /* of the heap */
    uint32_t replay_next;
    bool crowd;  /* near the bound of steps, not only one could go on */
    bool breaks; /* the step to be done interrupts a thread */
    int32_t timeouts_left, spurious_left;
    bool exiting, exit_called;
    int exit_code;
    uint64_t steps_before; /* of the searches that were started over */
    uint32_t exit_handlers_count, kept_handlers; /* kept: from before main */
    struct {
        void (*run)(void);
        void (*run_argument)(int, void *);
        void *argument;
    } exit_handlers[STATE_HANDLERS];
    struct key keys[STATE_KEYS], kept_keys[STATE_KEYS]; /* from before main */
    uint64_t random;                                    /* of rand() */
    void *streams[STATE_STREAMS]; /* the C library's, that are open */
    uint32_t streams_count;
    bool stdin_used;
    struct state_file files[STATE_FILES];
    uint32_t files_count;
    struct {
        uint64_t device, inode;
    } copies[STATE_COPIES]; /* in the order in which they were made */
    uint32_t copies_count;
    struct signal_action actions[STATE_SIGNALS];
    int32_t signals[STATE_SIGNALS]; /* gates: 1 if pending for any thread */
    struct clock signals_clock;
    bool has_signals; /* something of this is not as at the start */
    bool changed_umask, changed_folder, changed_zone;
    unsigned kept_umask;
    int kept_folder;
    char **kept_environment;
    struct heap_arena arenas[SHARED_THREADS];
    struct op_view view;
    struct thread threads[SHARED_THREADS];
};

_Static_assert(sizeof(struct state) <= LAYOUT_STATE_SIZE, "grow the state");

/* Whose operation it is. */
static inline struct thread *pending_thread(struct pending *p)
{
    return (struct thread *)((char *)p - offsetof(struct thread, pending));
}

static inline struct state *state(void)
{
    return (struct state *)LAYOUT_STATE;
}

/* True from the moment that the memory of layout.h is there. A variable of the
 * program's, set before its first snapshot and never changed after. */
extern int runtime_mapped;

/* Whether an execution is under way, so that what the program does counts. */
static inline bool active(void)
{
    return runtime_mapped && state()->running;
}

/* Maps the runtime's memory unless that was done: static constructors get here
 * before main. */
void runtime_map(void);

#endif
