/* A finding: what one detector reported about one run of a program.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_FINDING_H
#define LOCKSTEP_MODEL_FINDING_H

#include "base/vec.h"
#include "model/kind.h"
#include "model/verdict.h"

#include <stdbool.h>

/* One stack frame. Strings owned, NULL where the report has none. */
struct frame {
    char *function;
    char *file; /* as the report gives it, absolute if it can be */
    int line;   /* 0: unknown */
    int col;    /* 0: unknown */
    char *module;
};

VEC_TYPE(frames, struct frame);

enum role {
    ROLE_READ,
    ROLE_WRITE,
    ROLE_ATOMIC_READ,
    ROLE_ATOMIC_WRITE,
    ROLE_WAITS,   /* blocked here */
    ROLE_HOLDS,   /* took the lock here */
    ROLE_LOCKS,   /* lock operation that is part of the report */
    ROLE_CREATED, /* thread or object made here: never matched, only told */
    ROLE_ACCESS,  /* an access of unknown direction, or another place */
};

/* One place of a finding. */
struct access {
    enum role role;
    bool previous;       /* the earlier of the two, as the report says */
    char *thread;        /* as the report names it, or NULL */
    struct frames stack; /* innermost first; may be empty (stack lost) */
};

VEC_TYPE(accesses, struct access);

struct finding {
    char *detector; /* id of the detector that said so */
    enum kind kind;
    char *native;  /* the detector's own name of the kind */
    char *message; /* one line for people */
    char *object;  /* variable, lock...; NULL if the report names none */
    struct accesses accesses;
    bool by_rule; /* of a source: the message tells which rule it breaks */
    enum aid thanks_to; /* without it, the detector would not say this */
    enum grade grade; /* how well it tells of the program's bug, by the engine;
                       * GRADE_NONE where there is none, or not asked */
};

VEC_TYPE(findings, struct finding);

const char *role_id(enum role r);

void frame_fini(struct frame *f);
void access_fini(struct access *a);
void finding_fini(struct finding *f);
void findings_fini(struct findings *l);

/* Adds an empty element and returns it; valid until the next addition. */
struct frame *frames_add(struct frames *l);
void frames_add_copy(struct frames *l, const struct frame *f);
struct access *accesses_add(struct accesses *l, enum role role);
struct finding *findings_add(struct findings *l, const char *detector,
                             enum kind kind, const char *native);

/* The innermost frame that is the user's own: it has a file and line, and the
 * file is no part of the C library, the compiler's runtime, the detector, the
 * layer of C11 threads or cases/case.h. NULL if there is none. Borrowed from a.
 */
const struct frame *access_place(const struct access *a);

/* Same kind and the same places, in whatever order: the same bug told twice.
 * Where no place is known, the detector's word and the object must agree. */
bool finding_same(const struct finding *a, const struct finding *b);

/* One has a single place, the other, of the same kind, has it too: a detector
 * that knows one access only may mean any race that has it. */
bool finding_part_of(const struct finding *one, const struct finding *whole);

/* How many accesses tell of the mistake itself: all but ROLE_CREATED. */
size_t finding_told(const struct finding *f);

#endif
