/* A machine that runs small concurrent programs behind the view of the search,
 * so that every strategy can be held against brute force.
 *
 * A program is one line of text: declarations, then a body for each thread,
 * separated by '|', statements by ';'.
 *
 *     var x y=1 a[4]; mutex m; cond c; sem s=1; rwlock w; barrier b=2
 *     | lock m; ld r0 x; st x r0+1; unlock m
 *     | again: cas r1 x 0 5; jeq r1 0 again
 *
 *     ld R L         st L V         read, write (plain or atomic: no matter)
 *     fadd R L V     xchg R L V     cas R L OLD NEW (R: whether it was done)
 *     sum R A        fill A V       read, write a whole array at once
 *     spin L V       reads until it is V: after the first look it is closed
 *                    until somebody writes there
 *     set R V        jeq V V LABEL  jne jlt     jmp LABEL     LABEL:
 *     lock M         unlock M       trylock R M
 *     wait C M       twait R C M (R: timed out)   signal C     bcast C
 *     down S         up S           trydown R S
 *     rd W  wr W     rdun W  wrun W
 *     barrier B      yield          exit (of the process)
 *     create T       join T         T: number of a body, from 0
 *
 * R is r0 to r5; V is a number, a register, or register plus or minus number; L
 * is a variable, or an array with [V]. `timeouts N` and `spurious N` among the
 * declarations allow so many in an execution. With `fused` a thread ends with
 * its last access to memory, else with an operation of its own if it is joined.
 * A body that is created waits for that; all others live from the start.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_EXPLORE_SIM_H
#define LOCKSTEP_TESTS_EXPLORE_SIM_H

#include "explore/search/op.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIM_THREADS 20
#define SIM_SLOTS 192
#define SIM_OBJECTS 24
#define SIM_CODE 640
#define SIM_REGS 6
#define SIM_ROUNDS 8
#define SIM_NAME 12

enum sim_kind {
    SIM_VAR,
    SIM_MUTEX,
    SIM_COND,
    SIM_SEM,
    SIM_RWLOCK,
    SIM_BARRIER,
    SIM_BUDGET,
};

struct sim_object {
    char name[SIM_NAME];
    enum sim_kind kind;
    int slot, n; /* its first slot, and how many */
    int start;
};

enum sim_code {
    SIM_LD,
    SIM_ST,
    SIM_FADD,
    SIM_XCHG,
    SIM_CAS,
    SIM_SUM,
    SIM_FILL,
    SIM_SPIN,
    SIM_LOCK,
    SIM_UNLOCK,
    SIM_TRYLOCK,
    SIM_WAIT,
    SIM_TWAIT,
    SIM_SIGNAL,
    SIM_BCAST,
    SIM_DOWN,
    SIM_UP,
    SIM_TRYDOWN,
    SIM_RD,
    SIM_WR,
    SIM_RDUN,
    SIM_WRUN,
    SIM_ARRIVE,
    SIM_YIELD,
    SIM_EXIT,
    SIM_CREATE,
    SIM_JOIN,
    SIM_END, /* of a thread that is joined */
    SIM_SET, /* from here on nothing that others could see */
    SIM_JEQ,
    SIM_JNE,
    SIM_JLT,
    SIM_JMP,
    SIM_LABEL,
    SIM_CODES,
};

struct sim_value {
    int reg; /* -1: none */
    int plus;
};

struct sim_instr {
    enum sim_code code;
    int reg;
    int object, other; /* other: the mutex of a wait */
    struct sim_value index, a, b;
    int target; /* of a jump, a create, a join */
    char label[SIM_NAME];
};

struct sim_program {
    struct sim_object object[SIM_OBJECTS];
    int objects, slots;
    int owner[SIM_SLOTS]; /* the object that has a slot */
    struct sim_instr code[SIM_CODE];
    int length;
    int body[SIM_THREADS + 1]; /* where each starts; the last: the end */
    int bodies;
    bool created[SIM_THREADS], joined[SIM_THREADS];
    int timeouts, spurious; /* slots of the budgets */
    bool fused;
};

/* False, and why (up to 120 characters), when the text is wrong. */
bool sim_parse(struct sim_program *p, const char *text, char *why);

struct sim_thread {
    bool live, ended;
    int pc, half; /* half: 1 in the second part of a wait, a barrier, a spin */
    int round;    /* of the barrier that it waits at; writes when it looked */
    int reg[SIM_REGS];
};

/* All that changes; may be copied, then sim_look(s) points it to itself. */
struct sim_state {
    int32_t slot[SIM_SLOTS];                /* values, gates */
    int32_t round[SIM_OBJECTS][SIM_ROUNDS]; /* gates of a barrier's rounds */
    int32_t arrived[SIM_SLOTS];
    int32_t writes[SIM_SLOTS];
    int32_t place[SIM_OBJECTS][SIM_THREADS]; /* of who waits, not signalled */
    int32_t over[SIM_THREADS];
    struct sim_thread thread[SIM_THREADS];
    bool exited;
};

#define SIM_CHOICES (SIM_THREADS + 4)

struct sim {
    struct op_view view; /* first, for refresh */
    const struct sim_program *program;
    struct sim_state now;
    struct touch touch[SIM_THREADS][SIM_CHOICES + SIM_THREADS][4];
    struct touch wide[SIM_THREADS][2 * SIM_THREADS + 1]; /* of a broadcast */
    struct op_choice choice[SIM_THREADS][SIM_CHOICES];
};

void sim_start(struct sim *s, const struct sim_program *p);

/* Does a step that is open. */
void sim_step(struct sim *s, struct op_step step);

/* Makes the view what s->now says. */
void sim_look(struct sim *s);

/* Whether no thread lives. */
bool sim_over(const struct sim *s);

/* The ways to go on: all that are open, or the last resorts when none is. */
size_t sim_ways(struct sim *s, struct op_step *ways, size_t room);

/* Of the values of the variables and registers at the end. */
uint64_t sim_hash(const struct sim *s);

/* The first slot of an object. */
int sim_slot(const struct sim_program *p, const char *name);

#endif
