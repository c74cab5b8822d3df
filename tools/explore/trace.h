/* A schedule in a file: which thread goes on until where. It holds for the one
 * program that it was made with, in any process, wherever that lies in memory.
 *
 *     lockstep-trace 1
 *     program /path/of/the/program
 *     argument 8
 *     digest 0123456789abcdef      of the program's file
 *     timeouts 0 / spurious 0 / learned 5
 *     bug data-race
 *     code 0
 *     at 401234                    in the program, as linked; may be missing
 *     thread 2 parent 0 child 1
 *     run 2 17 0                   thread, hook, choice
 *     end
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_TRACE_H
#define LOCKSTEP_EXPLORE_TRACE_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "explore/shared.h"

VEC_TYPE(shared_steps, struct shared_step);
VEC_TYPE(shared_slots, struct shared_slot);

/* Zero-initialise. */
struct trace {
    char *program; /* absolute */
    char *cwd;     /* where it ran */
    struct strv arguments;
    uint64_t digest;
    uint32_t timeouts, learned;
    bool spurious;
    char *bug; /* the id of its kind */
    int code;
    uint64_t at[2]; /* 0: not known */
    struct shared_slots slots;
    struct shared_steps steps;
    uint32_t parked[SHARED_THREADS]; /* as `replay_parked` */
};

/* That of a bug. argv is the program with its arguments. */
enum err trace_of(const struct shared *m, const struct bug *b,
                  const char *const *argv, const char *cwd, struct trace *out);

enum err trace_write(const struct trace *t, const char *path);

/* ERR_INVALID with a message in d that names file and line; trace_fini is owed
 * either way. */
enum err trace_read(const char *path, struct trace *out, struct diag *d);

/* Whether the program is still the one that the trace was made with. */
bool trace_fits(const struct trace *t);

/* Reads one to run it: ERR_INVALID, with a message, also where it does not fit.
 * trace_fini is owed either way. */
enum err trace_open(const char *path, struct trace *out, struct diag *d);

/* Makes m replay it; false when it is too long. */
bool trace_load(const struct trace *t, struct shared *m);

void trace_fini(struct trace *t);

#endif
